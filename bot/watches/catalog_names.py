"""The catalog and the topics as the query language asks for them."""

from dataclasses import dataclass

from bot.entities.catalog import Catalog
from bot.model import EntityId, TopicId
from bot.relevance.topics import Topics
from bot.watches.names import nearest


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """What a query may name: everyone's entities and topics; a workspace's own are not shared."""

    catalog: Catalog
    topics: Topics

    def entity(self, typed: str) -> tuple[EntityId, str] | None:
        """Id and name of the entity that was typed as id, name or alias."""
        entity = self.catalog.find(typed)
        return (entity.id, entity.name) if entity is not None else None

    def topic(self, typed: str) -> tuple[TopicId, str] | None:
        """Id and name of the topic that was typed."""
        topic = self.topics.find(typed)
        return (topic.id, topic.name) if topic is not None else None

    def like_entity(self, typed: str) -> tuple[str, ...]:
        """Ids of the entities nearest to what was typed, best first."""
        found = (self.catalog.find(name) for name in self.catalog.suggest(typed))
        return tuple(entity.id for entity in found if entity is not None)

    def like_topic(self, typed: str) -> tuple[str, ...]:
        """Ids of the topics nearest to what was typed, best first."""
        by_name = {
            name: topic.id for topic in self.topics.policy for name in (topic.id, topic.name)
        }
        return tuple(dict.fromkeys(by_name[name] for name in nearest(typed, by_name)))
