"""The config's lists, read: what is tracked, which feeds everyone reads, the seed stories."""

from dataclasses import dataclass

import structlog

from bot.app.engine import Knowledge
from bot.entities import Catalog
from bot.entities.yamlfile import Marked, read_yaml
from bot.feeds.opml import OpmlFeed, read_opml
from bot.model import EntityId, Feed, FeedId
from bot.services.known import Known, Seed
from bot.settings import Settings

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All lists of the config, of one moment."""

    knowledge: Knowledge
    seeds: tuple[Seed, ...]
    feeds: tuple[Feed, ...]

    @classmethod
    def load(cls, settings: Settings) -> "Reading":
        """Read them all; raises ConfigError saying file and line."""
        knowledge = Knowledge.load(settings)
        return cls(
            knowledge=knowledge,
            seeds=tuple(read_seeds(settings, knowledge.catalog)),
            feeds=tuple(configured_feeds(settings)),
        )

    @property
    def known(self) -> Known:
        """The names that people may use."""
        knowledge = self.knowledge
        return Known(catalog=knowledge.catalog, topics=knowledge.topics, seeds=self.seeds)


def configured_feeds(settings: Settings) -> list[Feed]:
    """The feeds of all feeds.opml, by address; a later file changes or removes a former's.

    A feed that cannot be used is left out, with a warning that says file and line.
    """
    found: dict[str, OpmlFeed] = {}
    for path in settings.files("feeds.opml"):
        listed = read_opml(path.read_bytes(), str(path))
        for problem in listed.problems:
            _log.warning("feed_left_out", problem=str(problem))
        for feed in listed.feeds:
            found[feed.url] = feed
    return [feed_from(feed) for feed in found.values() if feed.enabled]


def feed_from(listed: OpmlFeed) -> Feed:
    """A feed as its list has it; its id comes from the database."""
    return Feed(
        id=FeedId(0),
        url=listed.url,
        title=listed.title,
        outlet=listed.outlet,
        tier=listed.tier,
        folder=listed.folder,
        site=listed.site,
        language=listed.language,
    )


def read_seeds(settings: Settings, catalog: Catalog) -> list[Seed]:
    """The seed stories by folder; ConfigError where one names an entity that is not defined."""
    stories = sorted(settings.seeds.glob("*/story.yaml"))
    return [_seed(read_yaml(path), catalog) for path in stories]


def _seed(story: Marked, catalog: Catalog) -> Seed:
    keys = story.mapping()
    entities = [item.mapping()["id"] for item in keys["entities"].items()]
    for entity in entities:
        if catalog.get(EntityId(entity.text())) is None:
            raise entity.error(f"“{entity.text()}” is not in entities.yaml")
    return Seed(
        id=keys["id"].text(),
        title=keys["title"].text(),
        entities=frozenset(EntityId(entity.text()) for entity in entities),
    )
