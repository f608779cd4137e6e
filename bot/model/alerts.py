"""Who is told what: workspaces, destinations, standing orders, alerts and their messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from bot.model.articles import ArticleKind, Reason
from bot.model.ids import (
    AlertId,
    DeliveryId,
    DestinationId,
    StoryId,
    SubscriptionId,
    WatchId,
    WorkspaceId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A tenant: a server, a team, or the console; `zone` is an IANA name."""

    id: WorkspaceId
    platform: str
    external_id: str
    name: str = ""
    zone: str = "UTC"
    flood_limit: int = 12
    breaking: float = 0.9
    paused_reason: str | None = None


class DestinationKind(StrEnum):
    """What sort of place messages go to."""

    CHANNEL = "channel"
    THREAD = "thread"
    FORUM = "forum"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Local hours in which alerts are held; `start` may be after `end` (over midnight)."""

    start: time
    end: time
    let_breaking_through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place on a platform that messages go to; `owner` is set for a person's direct messages."""

    id: DestinationId
    workspace: WorkspaceId
    platform: str
    channel: str
    kind: DestinationKind = DestinationKind.CHANNEL
    name: str = ""
    owner: str | None = None
    zone: str = "UTC"
    quiet: QuietHours | None = None
    muted_until: datetime | None = None
    paused_reason: str | None = None
    workspace_external: str = ""
    """The workspace's id in the platform's own terms, for the sender."""
    breaking: float = 0.9
    """The workspace's threshold: from this relevance on a story is breaking."""


class TargetKind(StrEnum):
    """What a subscription is to."""

    ALL = "all"
    ENTITY = "entity"
    TOPIC = "topic"
    SEED = "seed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """All AI policy, or one entity, topic or seed by id (`id` empty only for ALL)."""

    kind: TargetKind = TargetKind.ALL
    id: str = ""


class Mode(StrEnum):
    """When a subscription speaks."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A destination's standing order; `at` is the digest's local hour, `weekday` 0 for Monday."""

    id: SubscriptionId
    destination: DestinationId
    workspace: WorkspaceId
    target: Target = Target()
    mode: Mode = Mode.INSTANT
    min_sources: int = 1
    threshold: float = 0.5
    any_depth: bool = False
    kinds: frozenset[ArticleKind] = frozenset({ArticleKind.NEWS})
    mention: str | None = None
    at: time = time(8, 0)
    weekday: int = 0
    created_at: datetime
    last_alert_at: datetime | None = None
    digested_at: datetime | None = None
    """End of the last digest window that was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved query; `query` is its canonical form, `typed` what the person wrote."""

    id: WatchId
    destination: DestinationId
    workspace: WorkspaceId
    name: str
    query: str
    typed: str = ""
    owner: str | None = None
    mention: str | None = None
    created_at: datetime
    paused_reason: str | None = None
    last_alert_at: datetime | None = None


class AlertState(StrEnum):
    """Where an alert stands."""

    WAITING = "waiting"
    """A condition may yet come true (two origins needed)."""
    HELD = "held"
    """Quiet hours or the flood limit: it will be told in a list."""
    QUEUED = "queued"
    """A delivery carries it."""
    TOLD = "told"
    SUPPRESSED = "suppressed"


class HeldBy(StrEnum):
    """The rule that keeps a destination from learning of a story, or of it now."""

    TARGET = "target"
    DEPTH = "depth"
    RELEVANCE = "relevance"
    KIND = "kind"
    ORIGINS = "origins"
    BACKLOG = "backlog"
    BY_HAND = "by hand"
    MERGED = "merged"
    PRIVATE = "private"
    PAUSED = "paused"
    MUTED = "muted"
    STORY_MUTED = "story muted"
    OLDER_STORY = "older story"
    AGE = "age"
    QUIET_HOURS = "quiet hours"
    FLOOD = "flood"
    DIGEST = "digest"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One rule that held a story back, with its numbers: what there was, what was needed.

    Ages are in hours. `subject` names what the rule is about (a target, a kind, a reason given).
    """

    by: HeldBy
    have: float | None = None
    need: float | None = None
    until: datetime | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What one destination is to learn of one story, its state, and why."""

    id: AlertId
    destination: DestinationId
    story: StoryId
    state: AlertState
    because: tuple[Reason, ...] = ()
    """What matched: entities, terms, the watch's places."""
    held: tuple[Held, ...] = ()
    """What keeps it from being told, or from being told at once."""
    watches: tuple[WatchId, ...] = ()
    """Every watch that has matched the story here, so that each speaks of it once."""
    subscription: SubscriptionId | None = None
    watch: WatchId | None = None
    delivery: DeliveryId | None = None
    created_at: datetime
    told_at: datetime | None = None


class DeliveryState(StrEnum):
    """Where a delivery stands in the outbox."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    """The message may stand in the channel: look before trying again."""
    SENT = "sent"
    PARKED = "parked"
    GONE = "gone"
    """It was sent and later deleted there: never edited nor posted again."""
    STALE = "stale"
    """Too old when its turn came: told in the “while away” line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one destination: the outbox row; `ref` is the platform's id once sent."""

    id: DeliveryId
    destination: DestinationId
    key: str
    state: DeliveryState
    ref: str | None = None
    reply_to: str | None = None
    attempts: int = 0
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    edited_at: datetime | None = None
    wanted: str | None = None
    shown: str | None = None
    error: str | None = None
    claimed_at: datetime | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    """What only this message says, such as a note's words or the role it may ping."""
