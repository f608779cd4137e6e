"""Standing orders, indexed: which destinations a story can concern at all."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.alerts.conditions import Rules
from bot.model import (
    Destination,
    DestinationId,
    Joined,
    Subscription,
    TargetKind,
    Watch,
    WatchId,
    Workspace,
)
from bot.model.orders import ChangedOrders


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A destination with its workspace and all that it has ordered."""

    workspace: Workspace
    destination: Destination
    subscriptions: tuple[Subscription, ...] = ()
    watches: tuple[Watch, ...] = ()


Target = tuple[TargetKind, str]


@dataclass(frozen=True, slots=True)
class Orders:
    """Every place with orders; `interested` costs by what a story names, not by their number.

    Orders never change: `changed` gives others that share what stays.
    """

    places: Mapping[DestinationId, Place] = field(default_factory=dict)
    _by_target: Mapping[Target, AbstractSet[DestinationId]] = field(default_factory=dict)
    _by_watch: Mapping[WatchId, DestinationId] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Orders":
        """An index over these places."""
        return cls().changed(ChangedOrders(), places)

    def changed(self, where: ChangedOrders, places: Iterable[Place]) -> "Orders":
        """These, with what stands now in the places that changed; a place not given is gone."""
        new = {place.destination.id: place for place in places}
        gone = [
            place
            for place in self.places.values()
            if where.has(place.destination.id, place.workspace.id)
        ]
        by_id, by_watch = dict(self.places), dict(self._by_watch)
        touched = {
            target: set(self._by_target.get(target, ()))
            for place in (*gone, *new.values())
            for target in _targets(place)
        }
        for place in gone:
            del by_id[place.destination.id]
            for target in _targets(place):
                touched[target].discard(place.destination.id)
            for watch in place.watches:
                del by_watch[watch.id]
        for here, place in new.items():
            by_id[here] = place
            for target in _targets(place):
                touched[target].add(here)
            by_watch.update((watch.id, here) for watch in place.watches)
        by_target = {**self._by_target, **touched}
        for target in touched:
            if not by_target[target]:
                del by_target[target]
        return Orders(by_id, by_target, by_watch)

    def interested(self, joined: Joined, rules: Rules) -> set[DestinationId]:
        """The destinations of which some order may take the story; judging decides."""
        found = self._to(TargetKind.ALL, [""])
        found.update(
            self._by_watch[watch] for watch in joined.watch_hits if watch in self._by_watch
        )
        named = {e.id for r in joined.story.reports for e in r.judged.entities}
        for of_article in (joined.own, *joined.own_elsewhere.values()):
            named.update(entity.id for own in of_article.values() for entity in own)
        topics = {topic for r in joined.story.reports for topic in r.judged.topics}
        found |= self._to(TargetKind.ENTITY, named)
        found |= self._to(TargetKind.TOPIC, topics)
        found |= self._to(
            TargetKind.SEED, [seed for seed, members in rules.seeds.items() if members & named]
        )
        return found

    def _to(self, kind: TargetKind, names: Collection[str]) -> set[DestinationId]:
        return {place for name in names for place in self._by_target.get((kind, name), ())}


def _targets(place: Place) -> Iterator[Target]:
    """What a place subscribed to; the target of all AI policy has no name."""
    for subscription in place.subscriptions:
        target = subscription.target
        yield target.kind, "" if target.kind is TargetKind.ALL else target.id
