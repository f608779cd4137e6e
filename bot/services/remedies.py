"""What a person can type so that what one rule held back comes the next time."""

from collections.abc import Sequence

from bot.message import Code, Line
from bot.model import Held, HeldBy, Mode, Subscription, Watch

_LEAST = 0.2
"""Below this relevance a threshold low enough would let nearly everything in."""


def remedy(held: Sequence[Held], order: Subscription | Watch | None) -> Line:
    """The command that lifts what holds the order back; empty where no single one would."""
    rules = {one.by: one for one in held}
    if len(rules) != 1:
        return ()
    ((by, one),) = rules.items()
    if isinstance(order, Watch):
        lifted = by is HeldBy.PAUSED
        return (Code(f"/watch pause w{order.id}"), " lets it go on.") if lifted else ()
    if by in _OF_A_CHANNEL:
        command, words = _OF_A_CHANNEL[by]
        return (Code(command), words)
    if order is None:
        return ()
    change = _change(one)
    typed = order.target.id or "all" if by is HeldBy.DIGEST else _typed(order)
    return (Code(f"/subscribe {typed} {change}"), _EFFECTS[by]) if change else ()


_OF_A_CHANNEL = {
    HeldBy.QUIET_HOURS: (
        "/quiet off",
        " ends the quiet hours; breaking:yes lets breaking news in.",
    ),
    HeldBy.FLOOD: ("/settings flood-limit", " says how many posts an hour come one by one."),
}
_EFFECTS = {
    HeldBy.RELEVANCE: " would take such stories.",
    HeldBy.ORIGINS: " tells at the first report.",
    HeldBy.KIND: " takes opinion, live pages and round-ups too.",
    HeldBy.DEPTH: " takes every mention.",
    HeldBy.DIGEST: " tells at once.",
}


def _change(one: Held) -> str:
    """The options of `subscribe` that lift this rule; empty where none does."""
    match one.by:
        case HeldBy.RELEVANCE if one.have is not None and one.have >= _LEAST:
            return f"threshold:{int(one.have * 20) / 20:g}"
        case HeldBy.ORIGINS:
            return "min-sources:1"
        case HeldBy.KIND:
            return "kinds:all"
        case HeldBy.DEPTH:
            return "depth:any"
        case HeldBy.DIGEST:
            return f"mode:{Mode.INSTANT.value}"
    return ""


def _typed(order: Subscription) -> str:
    """The subscription as it is named in a command: the same target and mode is changed."""
    target = order.target.id or "all"
    return target if order.mode is Mode.INSTANT else f"{target} mode:{order.mode.value}"
