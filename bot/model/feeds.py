"""A feed, its health, and one entry in it as published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.model.ids import FeedId


class Tier(IntEnum):
    """Of an outlet: how close it stands to the fact."""

    PRIMARY = 1
    WIRE = 2
    OTHER = 3


class FeedHealth(StrEnum):
    """How a feed does, in the word shown to people."""

    NEW = "new"
    HEALTHY = "healthy"
    QUIET = "unusually quiet"
    FAILING = "failing"
    GONE = "gone"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed at its address; `every` is set only where a person chose the interval.

    `shared` feeds come from the config and act for everyone; others only for the workspaces
    that added them.
    """

    id: FeedId
    url: str
    title: str
    outlet: str
    tier: Tier = Tier.OTHER
    folder: str = ""
    site: str = ""
    language: str | None = None
    every: timedelta | None = None
    shared: bool = True
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed's document as published: absolute links, plain title, HTML bodies.

    `published` and `updated` are aware UTC or None, exactly as the document states them (they may
    lie); `guid` is None where the item has none or several items of the document share it, `url`
    likewise.
    """

    guid: str | None
    url: str | None
    title: str
    shared_url: str | None = None
    """A link that several items of the document share: it can be shown, and identifies nothing."""
    html: str = ""
    text: str = ""
    """Plain text of the richest body that the item carries, block elements apart."""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    """The outlet that an RSS `<source>` or Atom `atom:source` credits."""
    categories: tuple[str, ...] = ()
    language: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
