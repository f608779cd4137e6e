"""The names that people may use: entities, topics, seeds, outlets; and what they meant by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process

from bot.entities.catalog import Catalog
from bot.feeds.canonical import bare, host_of
from bot.model import Entity, EntityId, Feed, Target, TargetKind
from bot.relevance.topics import Topics
from bot.text.scan import searched
from bot.watches.sources import source_name

_NEAR_ENOUGH = 70
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed story that can be followed: its entities by id."""

    id: str
    title: str
    entities: frozenset[EntityId]


class AboutKind(StrEnum):
    """What a question is about; the word is shown to people."""

    ALL = "AI policy"
    ENTITY = "entity"
    TOPIC = "topic"
    SEED = "seed story"
    OUTLET = "outlet"
    SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a question is about. `id` is the words of a search; `what` is the entity's kind."""

    kind: AboutKind = AboutKind.ALL
    id: str = ""
    name: str = "all AI policy"
    what: str = ""
    entities: frozenset[EntityId] = frozenset()
    """The entity, or those of the seed."""
    outlets: frozenset[str] = frozenset()
    """The outlet as feeds name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the config defines; replaced whole when it is read again."""

    catalog: Catalog
    topics: Topics
    seeds: Sequence[Seed] = ()

    def target(self, typed: str, own: Sequence[Entity] = ()) -> Target | None:
        """The target of a subscription that was typed, None where there is none so called."""
        if searched(typed) in {"", "all", "ai policy", "all ai policy"}:
            return Target()
        about = self.defined(typed, own)
        return Target(kind=_TARGETS[about.kind], id=about.id) if about is not None else None

    def defined(self, typed: str, own: Sequence[Entity] = ()) -> About | None:
        """The entity, topic or seed that was typed by its id or name, in this order."""
        if (entity := find_own(typed, own) or self.catalog.find(typed)) is not None:
            return of_entity(entity)
        if (topic := self.topics.find(typed)) is not None:
            return About(kind=AboutKind.TOPIC, id=topic.id, name=topic.name, what="topic")
        wanted = searched(typed)
        for seed in self.seeds:
            if wanted in {searched(seed.id), searched(seed.title)}:
                return of_seed(seed)
        return None

    def about(self, typed: str, own: Sequence[Entity] = (), feeds: Iterable[Feed] = ()) -> About:
        """What a question is about: what is defined, an outlet of these feeds, else a search."""
        typed = typed.strip()
        if not typed:
            return About()
        found = self.defined(typed, own) or outlet(typed, feeds)
        return found or About(kind=AboutKind.SEARCH, id=typed, name=f"“{typed}”", what="search")

    def suggest(self, typed: str, own: Sequence[Entity] = ()) -> tuple[str, ...]:
        """Names of entities, topics and seeds nearest to what was typed."""
        names = [
            *(entity.name for entity in own),
            *(topic.name for topic in self.topics.policy),
            *(seed.title for seed in self.seeds),
        ]
        near = process.extract(
            searched(typed), {n: searched(n) for n in names}, score_cutoff=_NEAR_ENOUGH, limit=_MOST
        )
        close = [name for _, _, name in near]
        return tuple(dict.fromkeys([*self.catalog.suggest(typed, _MOST), *close]))[:_MOST]

    def name_of(self, target: Target, own: Sequence[Entity] = ()) -> str:
        """What people call the target; its id where it is no longer defined."""
        match target.kind:
            case TargetKind.ALL:
                return "all AI policy"
            case TargetKind.ENTITY:
                entity = find_own(target.id, own) or self.catalog.get(EntityId(target.id))
                return entity.name if entity is not None else target.id
            case TargetKind.TOPIC:
                topic = self.topics.get(target.id)
                return topic.name if topic is not None else target.id
            case TargetKind.SEED:
                titles = (seed.title for seed in self.seeds if seed.id == target.id)
                return next(titles, target.id)


_TARGETS = {
    AboutKind.ENTITY: TargetKind.ENTITY,
    AboutKind.TOPIC: TargetKind.TOPIC,
    AboutKind.SEED: TargetKind.SEED,
}


def find_own(typed: str, own: Sequence[Entity]) -> Entity | None:
    """The workspace's own entity that was typed by its id, name or an alias."""
    wanted = searched(typed)
    for entity in own:
        names = (entity.id, entity.name, *(alias.text for alias in entity.aliases))
        if typed.strip().lower() == entity.id or wanted in map(searched, names):
            return entity
    return None


def of_entity(entity: Entity) -> About:
    """A question about this entity."""
    return About(
        kind=AboutKind.ENTITY,
        id=entity.id,
        name=entity.name,
        what=entity.kind.value,
        entities=frozenset({entity.id}),
    )


def of_seed(seed: Seed) -> About:
    """A question about this seed story."""
    return About(
        kind=AboutKind.SEED,
        id=seed.id,
        name=seed.title,
        what="seed story",
        entities=seed.entities,
    )


def outlet(typed: str, feeds: Iterable[Feed]) -> About | None:
    """The outlet of these feeds that goes by this name or domain."""
    wanted = source_name(typed)
    names = {
        feed.outlet
        for feed in feeds
        if feed.outlet
        and wanted in {source_name(feed.outlet), bare(host_of(feed.site)), bare(host_of(feed.url))}
    }
    if not names or not wanted:
        return None
    name = min(names, key=lambda each: (len(each), each))
    return About(kind=AboutKind.OUTLET, id=name, name=name, what="outlet", outlets=frozenset(names))
