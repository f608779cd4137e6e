"""What becomes of alerts when an operator merges two stories, or splits one: pure decisions.

After a merge the older alert survives and the other message links to it. A part split off alerts
nobody, now or when more joins it, where the whole was told or was about to be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import (
    Alert,
    AlertId,
    AlertState,
    DeliveryId,
    DestinationId,
    Held,
    HeldBy,
    StoryId,
)

_FURTHEST = (
    AlertState.TOLD,
    AlertState.QUEUED,
    AlertState.HELD,
    AlertState.WAITING,
    AlertState.SUPPRESSED,
)
_SETTLED = frozenset({AlertState.TOLD, AlertState.QUEUED})
_HEARD_OF = frozenset({AlertState.TOLD, AlertState.QUEUED, AlertState.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedAlerts:
    """Alerts to store, and the messages of the story that is gone that are to link to the other."""

    alerts: tuple[Alert, ...]
    pointing: tuple[DeliveryId, ...]


def merge_alerts(
    alerts: Sequence[Alert], kept: StoryId, gone: StoryId, under_way: Iterable[DeliveryId]
) -> MergedAlerts:
    """The alerts of both stories as they stand after the merge, destination by destination.

    `under_way` are deliveries that a worker may be posting or has posted: what they tell stands in
    the channel. A message that only waits is not sent where the surviving one tells the story.
    """
    by_place: dict[DestinationId, dict[StoryId, Alert]] = {}
    for alert in alerts:
        by_place.setdefault(alert.destination, {})[alert.story] = alert
    posted = frozenset(under_way)
    stored: list[Alert] = []
    pointing: list[DeliveryId] = []
    for pair in by_place.values():
        survivor, other = _ranked([pair[s] for s in (kept, gone) if s in pair])
        if survivor.story == kept and other is None:
            continue
        stored.append(_as(survivor, pair.get(kept), kept))
        loser = _loser(other, survivor, posted)
        stored.append(_as(loser, pair.get(gone), gone))
        if loser.delivery is not None:
            pointing.append(loser.delivery)
    return MergedAlerts(alerts=tuple(stored), pointing=tuple(pointing))


def split_alerts(alerts: Sequence[Alert], part: StoryId) -> list[Alert]:
    """The alerts that keep the part silent where the whole was told or was about to be."""
    return [
        Alert(
            id=AlertId(0),
            destination=alert.destination,
            story=part,
            state=AlertState.SUPPRESSED,
            because=alert.because,
            held=(Held(by=HeldBy.BY_HAND),),
            created_at=alert.created_at,
        )
        for alert in alerts
        if alert.state in _HEARD_OF
    ]


def _ranked(pair: Sequence[Alert]) -> tuple[Alert, Alert | None]:
    """The alert that survives: the one that came furthest, then the older one."""
    first, *rest = sorted(pair, key=_rank)
    return first, rest[0] if rest else None


def _rank(alert: Alert) -> tuple[int, float, AlertId]:
    since = alert.told_at or alert.created_at
    return _FURTHEST.index(alert.state), since.timestamp(), alert.id


def _loser(other: Alert | None, survivor: Alert, posted: frozenset[DeliveryId]) -> Alert:
    """What the story that is gone keeps: a message that stands, or nothing at all."""
    if other is not None and other.state in _SETTLED and other.delivery in posted:
        return other
    bare = other or survivor
    merged = (Held(by=HeldBy.MERGED),)
    return replace(
        bare, state=AlertState.SUPPRESSED, held=merged, delivery=None, told_at=bare.told_at
    )


def _as(alert: Alert, row: Alert | None, story: StoryId) -> Alert:
    """What an alert says, under the row that is there for the story, or a new one."""
    return replace(alert, id=row.id if row else AlertId(0), story=story)
