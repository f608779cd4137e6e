"""Which watch a person means, where its alerts go, and whether they may change it."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process

from bot.errors import NotAllowed, NotFound
from bot.model import Destination, Watch, WatchId
from bot.services.asking import Actor, Place, Who

_NONE = "See those there are with /watch list."


def label(watch: WatchId) -> str:
    """The watch's name for commands: `w12`."""
    return f"w{watch}"


def own_place(place: Place, actor: Actor) -> Place:
    """The person's direct messages in the workspace that they ask from."""
    return replace(
        place, channel=f"@{actor.id}", channel_name=actor.name, kind="direct", owner=actor.id
    )


def check_right(actor: Actor, *, own: bool) -> None:
    """Refuse a watch for a channel to who does not manage it; raises NotAllowed."""
    if not own and actor.may < Who.CHANNEL_MANAGER:
        raise NotAllowed(
            f"To watch for a channel you need {Who.CHANNEL_MANAGER.words}. "
            "Add deliver:me to have the watch for yourself, as direct messages."
        )


def chosen(which: str, known: Sequence[Watch], here: Destination | None, actor: Actor) -> Watch:
    """The watch of the workspace that was named by `w12` or its name, if the person may change it.

    Raises NotFound, for another person's own watch too, or NotAllowed.
    """
    open_ = [watch for watch in known if watch.owner in {None, actor.id}]
    mine = shown(open_, here, actor)
    watch = _named_so(which, mine) or _by_label(which, open_)
    if watch is None:
        raise NotFound("watch", which, _suggested(which, mine), instead=_NONE)
    if watch.owner is None:
        check_right(actor, own=False)
        elsewhere = here is None or watch.destination != here.id
        if elsewhere and actor.may < Who.WORKSPACE_MANAGER:
            raise NotAllowed(
                f"{label(watch.id)} belongs to another channel. Change it there, "
                f"or ask somebody with {Who.WORKSPACE_MANAGER.words}."
            )
    return watch


def shown(known: Sequence[Watch], here: Destination | None, actor: Actor) -> list[Watch]:
    """The channel's watches, then the person's own."""
    channel = [w for w in known if w.owner is None and here and w.destination == here.id]
    return [*channel, *(w for w in known if w.owner == actor.id)]


def _by_label(typed: str, known: Sequence[Watch]) -> Watch | None:
    number = typed.strip().lower().removeprefix("w")
    if not number.isdecimal():
        return None
    return next((watch for watch in known if str(watch.id) == number), None)


def _named_so(typed: str, known: Sequence[Watch]) -> Watch | None:
    wanted = typed.strip().casefold()
    return next((watch for watch in known if watch.name.casefold() == wanted), None)


def _suggested(typed: str, known: Sequence[Watch]) -> tuple[str, ...]:
    names = {label(watch.id): watch.name for watch in known}
    near = process.extract(typed, names, limit=3, score_cutoff=50)
    return tuple(f"{key} {name}" for name, _, key in near) or tuple(list(names)[:3])
