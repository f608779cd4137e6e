"""The catalog and the topics as the query language asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.entities.catalog import Catalog
from bot.model import Entity, EntityId, TopicId
from bot.relevance.topics import Topics
from bot.watches.names import nearest

_MOST = 3


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """What a query may name: a workspace's own entities, and everyone's entities and topics."""

    catalog: Catalog
    lexicons: Topics
    own: Sequence[Entity] = ()

    def entity(self, typed: str) -> tuple[EntityId, str] | None:
        """Id and name of the entity that was typed as id, name or alias."""
        entity = Catalog(self.own).find(typed) or self.catalog.find(typed)
        return (entity.id, entity.name) if entity is not None else None

    def topic(self, typed: str) -> tuple[TopicId, str] | None:
        """Id and name of the topic that was typed."""
        topic = self.lexicons.find(typed)
        return (topic.id, topic.name) if topic is not None else None

    def topics(self) -> tuple[str, ...]:
        """Ids of all topics."""
        return tuple(topic.id for topic in self.lexicons.policy)

    def like_entity(self, typed: str) -> tuple[str, ...]:
        """Ids of the entities nearest to what was typed, best first."""
        catalogs = (Catalog(self.own), self.catalog)
        found = (catalog.find(name) for catalog in catalogs for name in catalog.suggest(typed))
        return tuple(dict.fromkeys(entity.id for entity in found if entity is not None))[:_MOST]

    def like_topic(self, typed: str) -> tuple[str, ...]:
        """Ids of the topics nearest to what was typed, best first."""
        by_name = {
            name: topic.id for topic in self.lexicons.policy for name in (topic.id, topic.name)
        }
        return tuple(dict.fromkeys(by_name[name] for name in nearest(typed, by_name)))
