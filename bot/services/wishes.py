"""What a person wishes of a subscription, as typed, and the settings that it comes to."""

import re
from dataclasses import dataclass
from datetime import time

from bot.errors import UsageError
from bot.model import ArticleKind, Mode, Subscription
from bot.services.moments import clock
from bot.text.calendar import WEEKDAYS

_MENTION = re.compile(r"<@[&!]?(\w+)>|<!subteam\^(\w+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#(\w+)(?:\|[^>]*)?>")
_EVERYBODY = frozenset({"everyone", "here", "channel"})
_NOBODY = frozenset({"none", "nobody", "off", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options of `subscribe`; None where nothing was said, so that what stands stays."""

    to: str = ""
    channel: str | None = None
    mode: Mode = Mode.INSTANT
    min_sources: int | None = None
    mention: str | None = None
    threshold: float | None = None
    depth: str | None = None
    kinds: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All settings of a subscription besides its target and mode."""

    min_sources: int = 1
    threshold: float = 0.5
    any_depth: bool = False
    kinds: frozenset[ArticleKind] = frozenset({ArticleKind.NEWS})
    mention: str | None = None
    at: time = time(8, 0)
    weekday: int = 0


def terms_of(subscription: Subscription) -> Terms:
    """The settings of a subscription."""
    return Terms(
        min_sources=subscription.min_sources,
        threshold=subscription.threshold,
        any_depth=subscription.any_depth,
        kinds=subscription.kinds,
        mention=subscription.mention,
        at=subscription.at,
        weekday=subscription.weekday,
    )


def settled(wish: Wish, before: Terms) -> Terms:
    """The settings that were wished, the rest as before; raises UsageError with what can be."""
    weekday, at = _when(wish, before)
    return Terms(
        min_sources=before.min_sources if wish.min_sources is None else wish.min_sources,
        threshold=before.threshold if wish.threshold is None else wish.threshold,
        any_depth=before.any_depth if wish.depth is None else wish.depth == "any",
        kinds=before.kinds if wish.kinds is None else _kinds(wish.kinds),
        mention=before.mention if wish.mention is None else role(wish.mention),
        at=at,
        weekday=weekday,
    )


def differences(before: Terms, after: Terms) -> tuple[str, ...]:
    """What changed from one to the other, in words."""
    said = []
    if before.min_sources != after.min_sources:
        said.append(f"independent origins needed: {after.min_sources}")
    if before.threshold != after.threshold:
        said.append(f"relevance needed: {after.threshold:g}")
    if before.any_depth != after.any_depth:
        said.append("a mention in passing is enough" if after.any_depth else "it must be about it")
    if before.kinds != after.kinds:
        said.append("kinds: " + ", ".join(sorted(after.kinds)))
    if before.mention != after.mention:
        said.append(f"pings {after.mention}" if after.mention else "pings nobody")
    if (before.weekday, before.at) != (after.weekday, after.at):
        said.append(f"digest at {after.at:%H:%M}, weekly on {WEEKDAYS[after.weekday].title()}")
    return tuple(said)


def schedule(mode: Mode, terms: Terms) -> str:
    """When it speaks: `daily at 08:00`, `weekly on Monday at 08:00`, `hourly`, `instant`."""
    if mode is Mode.DAILY:
        return f"daily at {terms.at:%H:%M}"
    if mode is Mode.WEEKLY:
        return f"weekly on {WEEKDAYS[terms.weekday].title()} at {terms.at:%H:%M}"
    return mode.value


def role(typed: str) -> str | None:
    """The one role that may be pinged, in the platform's id; None for nobody."""
    text = typed.strip()
    match = _MENTION.fullmatch(text)
    name = next(filter(None, match.groups())) if match else text.removeprefix("@").strip()
    if name.lower() in _EVERYBODY:
        raise UsageError("Alerts ping one role at most, never everyone. Name a role, or none.")
    if not name or name.lower() in _NOBODY:
        return None
    return name


def channel(typed: str) -> str:
    """The channel that was typed or picked, in the platform's id."""
    match = _CHANNEL.fullmatch(typed.strip())
    return match[1] if match else typed.strip().removeprefix("#")


def _kinds(typed: str) -> frozenset[ArticleKind]:
    words = [word for word in re.split(r"[\s,]+|\band\b", typed.lower()) if word]
    if words in (["all"], ["any"]):
        return frozenset(ArticleKind)
    known = {kind.value: kind for kind in ArticleKind}
    for word in words:
        if word not in known:
            raise UsageError(
                f"“{word}” is no kind of article. The kinds are {', '.join(known)}, or all."
            )
    return frozenset(known[word] for word in words) or frozenset({ArticleKind.NEWS})


def _when(wish: Wish, before: Terms) -> tuple[int, time]:
    if wish.at is None:
        return before.weekday, before.at
    if wish.mode in {Mode.INSTANT, Mode.HOURLY}:
        raise UsageError("“at” is for daily and weekly digests: say mode=daily or mode=weekly too.")
    first, _, rest = wish.at.strip().lower().partition(" ")
    days = [at for at, name in enumerate(WEEKDAYS) if len(first) >= 3 and name.startswith(first)]
    weekday = days[0] if days else before.weekday
    typed = (rest if days else wish.at).strip().lower().removeprefix("at ")
    at = clock(typed) if typed else before.at
    if at is None or (days and wish.mode is Mode.DAILY):
        raise UsageError(
            f"“{wish.at}” is no time of a {wish.mode.value} digest. Type one such as "
            + ("08:00." if wish.mode is Mode.DAILY else "monday 08:00.")
        )
    return weekday, at
