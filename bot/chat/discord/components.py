"""Buttons as Discord keeps them: what each does stands in its own id, so a restart forgets none."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.chat.cutting import cut
from bot.chat.discord.markdown import plain
from bot.message import Button

ID_LENGTH, LABEL_LENGTH, MOST = 100, 80, 20
"""Discord's limits on a button, and buttons of a message beside a row for turning pages."""
_PRESS, _MORE, _TURN = "pw", "pw-more", "pw-turn"
_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What ids of a post's buttons carry besides: the delivery's nonce, by which it is found again,
    and in direct messages the workspace, which a press there does not name.
    """

    nonce: str = ""
    workspace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A registered action's button was pressed."""

    action: str
    argument: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The further pages of a post are asked for."""

    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A page of a kept reply is asked for, from 0."""

    reply: str
    page: int


def view(
    buttons: Sequence[Button],
    *,
    mark: Mark = Mark(),
    pages: int = 1,
    turning: Turn | None = None,
) -> discord.ui.View:
    """The buttons in rows; below them one for more `pages` of a post, or those that turn a reply.

    The view is stopped: the client keeps none, as ids say all.
    """
    made = discord.ui.View(timeout=None)
    ids: set[str] = set()
    for button in buttons[:MOST]:
        id_ = _marked(f"{_PRESS}:{button.action}:{button.argument}", mark)
        label = cut(plain(button.label).strip(), LABEL_LENGTH)
        if len(id_) <= ID_LENGTH and id_ not in ids and label:
            ids.add(id_)
            style = _STYLES.get(button.style, discord.ButtonStyle.secondary)
            made.add_item(discord.ui.Button(style=style, label=label, custom_id=id_))
    row = (len(ids) + 4) // 5
    if turning is not None and pages > 1:
        for item in _turners(turning, pages, row):
            made.add_item(item)
    elif pages > 1:
        id_ = _marked(f"{_MORE}:", mark)
        made.add_item(discord.ui.Button(label=f"Page 2 of {pages} ›", custom_id=id_, row=row))
    made.stop()
    return made


def read(custom_id: str) -> Press | More | Turn | None:
    """What an id of ours means; None for another's."""
    said, _, tail = custom_id.partition("|")
    nonce, _, workspace = tail.partition("|")
    mark = Mark(nonce=nonce, workspace=workspace)
    kind, _, rest = said.partition(":")
    first, _, second = rest.partition(":")
    if kind == _PRESS and first:
        return Press(action=first, argument=second, mark=mark)
    if kind == _MORE:
        return More(mark=mark)
    if kind == _TURN and second.isascii() and second.isdecimal():
        return Turn(reply=first, page=int(second[:4]))
    return None


def _marked(id_: str, mark: Mark) -> str:
    tail = f"|{mark.nonce}|{mark.workspace}".rstrip("|")
    return id_ + tail if tail else id_


def _turners(at: Turn, pages: int, row: int) -> list[discord.ui.Button[discord.ui.View]]:
    def turner(label: str, page: int, *, works: bool) -> discord.ui.Button[discord.ui.View]:
        # An id may stand once in a message; the middle one is never pressed.
        id_ = f"{_TURN}:{at.reply}:{page}" if works else f"{_TURN}:{at.reply}:{label}"
        return discord.ui.Button(label=label, custom_id=id_, disabled=not works, row=row)

    return [
        turner("‹", at.page - 1, works=at.page > 0),
        turner(f"{at.page + 1} of {pages}", at.page, works=False),
        turner("›", at.page + 1, works=at.page + 1 < pages),
    ]
