"""The words for counts, outlets, reasons and rules, alike in every message."""

from collections.abc import Sequence

from bot.message import Inline, Line, Strong, TimeStyle, When
from bot.model import Held, HeldBy, Reason

_MAX_TERMS = 5


def counted(number: int, noun: str, plural: str = "") -> str:
    """“1 outlet”, “7 outlets”."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def reported_by(outlets: Sequence[str]) -> str:
    """“NPR”, “NPR and Reuters”, “NPR, and 4 more”."""
    named = [outlet or "an unnamed outlet" for outlet in outlets]
    if len(named) <= 1:
        return "".join(named)
    if len(named) == 2:
        return f"{named[0]} and {named[1]}"
    return f"{named[0]}, and {len(named) - 1} more"


def because(reasons: Sequence[Reason]) -> Line:
    """The terms that counted most, each once, as they were written."""
    terms = list(dict.fromkeys(reason.term for reason in reasons if reason.weight > 0))
    parts: list[Inline] = []
    for term in terms[:_MAX_TERMS]:
        parts += [" · ", Strong(term)] if parts else [Strong(term)]
    return tuple(parts)


def held_words(held: Held) -> Line:
    """One rule with its numbers, as `why` says it."""
    if held.until is not None:
        until = When(held.until, TimeStyle.DATE_TIME)
        return {
            HeldBy.MUTED: ("this channel is muted until ", until),
            HeldBy.QUIET_HOURS: ("quiet hours: held until ", until),
        }.get(held.by, ("it waits for the digest of ", until))
    subject = held.subject.removeprefix("paused ")
    return (_RULES[held.by].format(have=_n(held.have), need=_n(held.need), subject=subject),)


_RULES = {
    HeldBy.TARGET: "nothing in it matches “{subject}”",
    HeldBy.DEPTH: "“{subject}” is only named in passing (not in the title or the first two "
    "sentences, nor three times)",
    HeldBy.RELEVANCE: "relevance {have}, needed {need}",
    HeldBy.KIND: "no report of it is of the kind asked for ({subject})",
    HeldBy.ORIGINS: "independent origins {have}, needed {need}",
    HeldBy.BACKLOG: "it came with a new feed's backlog: history, not news",
    HeldBy.BY_HAND: "it was merged or split by hand, which alerts nobody",
    HeldBy.MERGED: "it is part of another story now",
    HeldBy.PRIVATE: "it came only through another workspace's feed",
    HeldBy.PAUSED: "paused: {subject}",
    HeldBy.MUTED: "this channel is muted",
    HeldBy.STORY_MUTED: "this story is muted here",
    HeldBy.OLDER_STORY: "first reported {have} hours ago, before this was ordered (limit {need})",
    HeldBy.AGE: "{have} hours old when it came (limit {need}): told in the “while away” line",
    HeldBy.QUIET_HOURS: "quiet hours",
    HeldBy.FLOOD: "{have} posts within the hour here (limit {need}): told in one list",
    HeldBy.DIGEST: "it waits for the next digest",
    HeldBy.TOLD: "this channel was told of the story already",
}


def _n(number: float | None) -> str:
    return "?" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")
