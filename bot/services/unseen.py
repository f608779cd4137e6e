"""An address without an article: at which stage before the article it stopped, as far as is known.

What held it back is named in the order of the way: the entry broke a stage; a feed listed it once;
its outlet's feeds fail, are paused or are not read at all; or they do well and did not list it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.feeds.canonical import outlet_of
from bot.feeds.health import health_of
from bot.feeds.variants import leads_on
from bot.message import Line, TimeStyle, When
from bot.model import Feed, FeedHealth, FeedId, PollState
from bot.services.ports import Failed, Trace

_MOST_FEEDS = 5
_WELL = frozenset({FeedHealth.HEALTHY, FeedHealth.QUIET})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """How a feed of an outlet does; `since` is when it began to fail or fell silent."""

    title: str
    health: FeedHealth
    cause: str
    since: datetime | None
    read_at: datetime | None
    next_at: datetime | None = None
    """When it is read again; None while it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """An address without an article: what is known instead, and the feeds that might bring it."""

    asked: str
    headline: Line
    outlet: str
    feeds: tuple[FeedLine, ...] = ()
    leads_on: bool = False
    """The address is a shortener's: its outlet is not the article's."""


def unseen(
    asked: str,
    url: str,
    *,
    failed: Sequence[Failed],
    traces: Sequence[Trace],
    states: Mapping[FeedId, PollState],
    now: datetime,
) -> Unseen:
    """What is known of the address; `states` are the feeds that act for the one who asks."""
    outlet, short = outlet_of(url), leads_on(url)
    lines = () if short else _feeds_of(outlet, list(states.values()), now)
    return Unseen(
        asked=asked,
        headline=_stage(outlet, failed, traces, states, lines, short=short),
        outlet=outlet,
        feeds=lines,
        leads_on=short,
    )


def _stage(
    outlet: str,
    failed: Sequence[Failed],
    traces: Sequence[Trace],
    states: Mapping[FeedId, PollState],
    lines: Sequence[FeedLine],
    *,
    short: bool,
) -> Line:
    if failed:
        last = failed[0]
        return (
            f"{title_of(states, last.feed)} listed it, but it could not be taken in: ",
            f"the stage “{last.stage}” failed on ",
            When(last.seen_at, TimeStyle.DATE_TIME),
            f" ({last.error}). It is kept, and tried again at each poll.",
        )
    if traces:
        first = traces[0]
        return (
            f"{title_of(states, first.feed)} listed it first on ",
            When(first.first_seen_at, TimeStyle.DATE_TIME),
            f" as “{first.title}”; the article is no longer kept.",
        )
    if short:
        return (
            f"Addresses of {outlet} only lead on to an article. Open it, and give the address at "
            "which it ends; or give words of the headline.",
        )
    if not lines:
        return (f"No feed of {outlet} is read here, and no other feed has listed this address.",)
    if all(line.health not in _WELL for line in lines):
        return _unread(outlet, lines)
    return (
        "No feed that is read here has listed this address. A feed lists only some of its outlet's "
        "articles, and each for a while only.",
    )


def _unread(outlet: str, lines: Sequence[FeedLine]) -> Line:
    """That none of the outlet's feeds can be read now."""
    since = min((line.since for line in lines if line.since is not None), default=None)
    if len(lines) == 1:
        health = lines[0].health
        words = "has not been read yet" if health is FeedHealth.NEW else f"is {health.value}"
        start: Line = (f"Its outlet's feed, {lines[0].title}, {words}",)
    else:
        start = (f"None of the {len(lines)} feeds of {outlet} can be read",)
    if since is not None:
        start = (*start, " since ", When(since, TimeStyle.DATE_TIME))
    return (*start, ": nothing that it lists reaches this channel.")


def title_of(states: Mapping[FeedId, PollState], feed: FeedId) -> str:
    """What people call the feed."""
    return _name(states[feed].feed)


def _name(feed: Feed) -> str:
    return feed.title or feed.outlet or feed.url


def _feeds_of(outlet: str, states: Sequence[PollState], now: datetime) -> tuple[FeedLine, ...]:
    """The feeds of this registrable domain."""
    mine = [s for s in states if outlet in {outlet_of(s.feed.url), outlet_of(s.feed.site)}]
    return tuple(_feed_line(state, now) for state in mine[:_MOST_FEEDS])


def _feed_line(state: PollState, now: datetime) -> FeedLine:
    """How this feed does."""
    how = health_of(state, now)
    return FeedLine(
        title=_name(state.feed),
        health=how.state,
        cause=how.cause,
        since=how.since,
        read_at=state.good_at,
        next_at=None if how.state in {FeedHealth.PAUSED, FeedHealth.GONE} else state.next_poll_at,
    )
