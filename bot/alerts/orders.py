"""Standing orders, indexed: which destinations a story can concern at all."""

from collections import defaultdict
from collections.abc import Collection, Iterable
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A destination with its workspace and all that it has ordered."""

    workspace: Workspace
    destination: Destination
    subscriptions: tuple[Subscription, ...] = ()
    watches: tuple[Watch, ...] = ()


@dataclass(frozen=True, slots=True)
class Orders:
    """Every place with orders; `interested` costs by what a story names, not by their number."""

    places: dict[DestinationId, Place] = field(default_factory=dict)
    _all: list[DestinationId] = field(default_factory=list)
    _by_target: dict[tuple[TargetKind, str], list[DestinationId]] = field(default_factory=dict)
    _by_watch: dict[WatchId, DestinationId] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Orders":
        """An index over these places."""
        orders = cls()
        by_target: defaultdict[tuple[TargetKind, str], list[DestinationId]] = defaultdict(list)
        for place in places:
            here = place.destination.id
            orders.places[here] = place
            for subscription in place.subscriptions:
                target = subscription.target
                if target.kind is TargetKind.ALL:
                    orders._all.append(here)
                else:
                    by_target[target.kind, target.id].append(here)
            orders._by_watch.update((watch.id, here) for watch in place.watches)
        orders._by_target.update(by_target)
        return orders

    def interested(self, joined: Joined, rules: Rules) -> set[DestinationId]:
        """The destinations of which some order may take the story; judging decides."""
        found = set(self._all)
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
