"""A feed's document as read: its entries and what it says of itself, whatever its format was."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.feeds.canonical import canonical, host_of
from bot.model import Entry

MOST_ENTRIES = 1_000
"""Entries kept of one document: the newest, in the document's order."""
UNTITLED = "(untitled)"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one poll brought; `problem` says in plain words what could not be read of it.

    `skip_hours` are GMT, `skip_days` weekdays in GMT with Monday 0. `ended` is set where the
    publisher says that nothing more will come.
    """

    title: str = ""
    site: str = ""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl: timedelta | None = None
    update_every: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    ended: bool = False
    problem: str | None = None


def settle(entries: Iterable[Entry], *, feed_url: str, site: str) -> tuple[Entry, ...]:
    """The entries with only those guids and links left that identify one of them.

    An item listed twice counts once. A guid or link of several items, and a link to the feed's own
    site, identify nothing; such a link is kept to be shown.
    """
    hosts = (host_of(feed_url), host_of(site))
    once = list({_as_listed(entry): entry for entry in entries}.values())
    places = [canonical(entry.url, hosts=hosts) if entry.url else None for entry in once]
    guids = Counter(entry.guid for entry in once)
    links = Counter(places)
    home = canonical(site)
    settled = []
    for entry, place in zip(once, places, strict=True):
        unnamed = entry
        if entry.guid is not None and guids[entry.guid] > 1:
            unnamed = replace(unnamed, guid=None)
        if place is None or links[place] > 1 or place == home:
            unnamed = replace(unnamed, url=None, shared_url=entry.url if place else None)
        settled.append(unnamed)
    return tuple(settled)


def _as_listed(entry: Entry) -> tuple[object, ...]:
    """What two items of a document have in common when they are one item listed twice."""
    named = (entry.guid, entry.url, entry.title)
    return named if entry.guid or entry.url else (*named, entry.published, entry.text)


def newest(dates: Sequence[datetime | None]) -> list[int]:
    """Which of so many items to keep, by their dates: at most `MOST_ENTRIES`, in their order.

    Undated items count by their place, since documents list the newest first.
    """
    if len(dates) <= MOST_ENTRIES:
        return list(range(len(dates)))
    latest = max((date for date in dates if date), default=_LONG_AGO)
    by_age = sorted(range(len(dates)), key=lambda at: dates[at] or latest, reverse=True)
    return sorted(by_age[:MOST_ENTRIES])
