"""What policywire knows, read from the config, and the pure stages made of it.

An Engine never changes. A workspace's new entity or a saved watch gives another engine that shares
the compiled catalog; `rebuilt` compiles everything together again, in a thread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.entities import Catalog, Recogniser, load_catalog
from bot.errors import ConfigError
from bot.model import Entity, WatchId
from bot.pipeline.stages import Stages
from bot.relevance import Relevance, Topics, load_topics
from bot.settings import Settings
from bot.stories.clustering import Clusterer
from bot.stories.summary import Extractive, Summariser
from bot.stories.weights import load_weights
from bot.watches import Query, WatchIndex
from bot.watches.catalog_names import CatalogNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The config's catalog, topics and learned weights."""

    catalog: Catalog
    topics: Topics
    weights: Path

    @classmethod
    def load(cls, settings: Settings) -> "Knowledge":
        """Read the config files; raises ConfigError saying file and line."""
        return cls(
            catalog=load_catalog(*_files(settings, "entities.yaml")),
            topics=load_topics(*_files(settings, "topics.yaml")),
            weights=_files(settings, "story-weights.yaml")[-1],
        )

    @property
    def names(self) -> CatalogNames:
        """What typed queries may name."""
        return CatalogNames(self.catalog, self.topics)

    def clusterer(self) -> Clusterer:
        """An empty set of live stories."""
        return Clusterer(*load_weights(self.weights))


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The stages, with what they were made of so that they can be changed."""

    stages: Stages
    recogniser: Recogniser
    summariser: Summariser

    @classmethod
    def build(
        cls,
        knowledge: Knowledge,
        watches: Iterable[tuple[WatchId, Query]] = (),
        overlay: Sequence[Entity] = (),
        summariser: Summariser | None = None,
    ) -> "Engine":
        """Compile everything; work for a thread once there are many watches."""
        recogniser = Recogniser(knowledge.catalog, overlay)
        stages = Stages.build(
            recogniser=recogniser,
            relevance=Relevance(knowledge.topics),
            summariser=summariser or Extractive(),
            watches=WatchIndex.build(watches),
        )
        return cls(stages=stages, recogniser=recogniser, summariser=stages.summariser)

    def with_watches(
        self, added: Iterable[tuple[WatchId, Query]], removed: Iterable[WatchId]
    ) -> "Engine":
        """The same with some watches changed, at once."""
        stages = self.stages
        index = stages.watches.with_changes(added, removed)
        new = index.new_literals(stages.watches)
        scanner = stages.scanner.extended({"watch": new}) if new else stages.scanner
        return replace(self, stages=replace(stages, scanner=scanner, watches=index))

    def with_overlay(self, overlay: Sequence[Entity]) -> "Engine":
        """The same with these as all the workspaces' own entities; the catalog stays compiled."""
        recogniser = self.recogniser.overlaid(overlay)
        stages = Stages.build(
            recogniser=recogniser,
            relevance=self.stages.relevance,
            summariser=self.summariser,
            watches=self.stages.watches,
        )
        return replace(self, recogniser=recogniser, stages=stages)


def _files(settings: Settings, name: str) -> list[Path]:
    files = settings.files(name)
    if not files:
        raise ConfigError(settings.folders[0], f"{name} is missing; reinstall policywire")
    return files
