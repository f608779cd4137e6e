"""The alerts that a batch of joined articles touches, as they stand and as they become."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.alerts.orders import Place
from bot.alerts.routing import Carrier, Verdict
from bot.model import Alert, AlertId, AlertState, DestinationId, StoryId

_SETTLED = frozenset({AlertState.QUEUED, AlertState.TOLD})


@dataclass(slots=True, kw_only=True)
class Slot:
    """One alert under work: `stood` as it is stored, `alert` as it becomes."""

    place: Place
    stood: Alert | None = None
    alert: Alert | None = None
    carrier: Carrier | None = None
    due: datetime | None = None
    mention: str | None = None
    breaking: bool = False

    @property
    def changed(self) -> bool:
        """Whether there is something to store."""
        return self.alert is not None and (self.alert != self.stood or self.carrier is not None)

    def take(self, verdict: Verdict, story: StoryId, now: datetime) -> None:
        """Let the alert become what was judged."""
        if verdict.state is None:
            return
        if self.alert is not None and self.alert.state in _SETTLED:
            self._add(verdict)
            return
        known = self.alert
        watches = tuple(dict.fromkeys((*(known.watches if known else ()), *verdict.watches)))
        kept = known.delivery if known and verdict.state is AlertState.HELD else None
        moved = verdict.carrier is not None
        self.alert = Alert(
            id=known.id if known else AlertId(0),
            destination=self.place.destination.id,
            story=story,
            state=verdict.state,
            because=verdict.reasons or (known.because if known else ()),
            held=verdict.held,
            watches=watches,
            subscription=verdict.subscription or (known.subscription if known else None),
            watch=watches[0] if watches else None,
            delivery=None if moved else kept,
            created_at=known.created_at if known else now,
        )
        if moved or verdict.state is not AlertState.HELD:
            self.carrier, self.due, self.mention = verdict.carrier, verdict.due, verdict.mention
            self.breaking = verdict.breaking

    def _add(self, verdict: Verdict) -> None:
        """Watches that match a told story are remembered, so that each pings it once."""
        if self.alert is None or not verdict.watches:
            return
        reasons = (*self.alert.because, *verdict.reasons)
        self.alert = replace(
            self.alert,
            watches=(*self.alert.watches, *verdict.watches),
            because=tuple(dict.fromkeys(reasons)),
        )


@dataclass(slots=True, kw_only=True)
class Desk:
    """Everything that judging a batch reads of the database, kept up as verdicts fall."""

    muted: set[tuple[DestinationId, StoryId]]
    posts: dict[DestinationId, int]
    slots: dict[tuple[DestinationId, StoryId], Slot] = field(default_factory=dict)

    def slot(self, place: Place, story: StoryId) -> Slot:
        """The alert of a story at a place, empty where there is none yet."""
        return self.slots.setdefault((place.destination.id, story), Slot(place=place))

    def of_story(self, story: StoryId) -> Iterator[Slot]:
        """The alerts of one story."""
        return (slot for (_, about), slot in self.slots.items() if about == story)

    def count_post(self, place: Place) -> None:
        """One more post goes to the place within the hour."""
        here = place.destination.id
        self.posts[here] = self.posts.get(here, 0) + 1
