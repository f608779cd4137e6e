"""Answering an interaction in time: at once, or deferred and then in place of “thinking …”."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import discord
import structlog

from bot.chat.discord.components import Turn, view
from bot.chat.discord.failures import Unanswered
from bot.chat.discord.payload import files
from bot.chat.discord.render import Page, render
from bot.chat.problems import problem
from bot.errors import PolicywireError
from bot.message import Message, Tone, note

PATIENCE = 1.5
"""Seconds until a reply is deferred; Discord waits for 3."""
_KEPT = 500
_OURS = note(
    "That went wrong inside policywire; the log says how. Nothing else is affected.",
    tone=Tone.WARNING,
    private=True,
)
CLOSED = note(
    "These pages were put away, as happens after a restart. Ask again with the command.",
    tone=Tone.WARNING,
    private=True,
)
OUTDATED = note(
    "This button is from an older version; ask with a command instead.",
    tone=Tone.WARNING,
    private=True,
)
STRANGER = note(
    "These pages belong to whoever asked for them. Type the command to have your own.",
    private=True,
)
_log = structlog.get_logger(__name__)
Interaction = discord.Interaction[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    pages: tuple[Page, ...]
    person: int


class Replies:
    """Sends replies, and keeps the pages of the latest few hundred for whoever asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def answer(
        self,
        interaction: Interaction,
        work: Awaitable[Message],
        *,
        private: bool = False,
        page: int = 0,
    ) -> None:
        """Say what the work comes to, or what was wrong; never later than Discord waits.

        `private`: already that one waits is nobody else's business. The reply begins at `page`.
        """
        task = asyncio.ensure_future(work)
        try:
            with _given_up():
                await asyncio.wait({task}, timeout=PATIENCE)
                if not task.done():
                    await interaction.response.defer(thinking=True, ephemeral=private)
                message = await _outcome(task)
                await self._say(interaction, message, deferred_private=private, page=page)
        finally:
            task.cancel()

    async def say(self, interaction: Interaction, message: Message) -> None:
        """Send a message as the reply, at once."""
        with _given_up():
            await self._say(interaction, message)

    async def open(self, interaction: Interaction, modal: discord.ui.Modal) -> None:
        """Reply with a form to fill in."""
        with _given_up():
            await interaction.response.send_modal(modal)

    async def _say(
        self,
        interaction: Interaction,
        message: Message,
        *,
        deferred_private: bool = False,
        page: int = 0,
    ) -> None:
        pages = render(message)
        at = Turn(reply=self._keep(interaction, pages), page=min(page, len(pages) - 1))
        shown = pages[at.page]
        buttons = view(shown.buttons, pages=len(pages), turning=at)
        if not interaction.response.is_done():
            await interaction.response.send_message(
                embed=shown.embed, view=buttons, files=files(shown), ephemeral=message.private
            )
        elif message.private and not deferred_private:
            # The deferred reply is everybody's, and what first follows would take its place.
            await interaction.edit_original_response(content="…")
            await interaction.followup.send(
                embed=shown.embed, view=buttons, files=files(shown), ephemeral=True
            )
            await interaction.delete_original_response()
        else:
            await interaction.edit_original_response(
                embed=shown.embed, view=buttons, attachments=files(shown)
            )

    async def turn(self, interaction: Interaction, to: Turn) -> None:
        """Show another page of a kept reply, to whoever asked for it."""
        kept = self._kept.get(to.reply)
        if kept is None:
            await self.say(interaction, CLOSED)
        elif kept.person != interaction.user.id:
            await self.say(interaction, STRANGER)
        else:
            page = kept.pages[min(to.page, len(kept.pages) - 1)]
            buttons = view(page.buttons, pages=len(kept.pages), turning=to)
            with _given_up():
                # A page's picture belongs to that page; files go with the first.
                await interaction.response.edit_message(
                    embed=page.embed, view=buttons, attachments=files(page)
                )

    def _keep(self, interaction: Interaction, pages: tuple[Page, ...]) -> str:
        if len(pages) < 2:
            return ""
        token = secrets.token_urlsafe(8)
        self._kept[token] = _Kept(pages=pages, person=interaction.user.id)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return token


@contextmanager
def _given_up() -> Iterator[None]:
    """The person has gone on, or the interaction is over; what was done stays done."""
    try:
        yield
    except (discord.HTTPException, Unanswered) as error:
        _log.warning("reply_lost", error=str(error))


async def _outcome(task: asyncio.Future[Message]) -> Message:
    try:
        return await task
    except PolicywireError as error:
        return problem(error)
    except Exception:  # noqa: BLE001 (logged; one reply must not end the gateway)
        _log.exception("command_failed")
        return _OURS
