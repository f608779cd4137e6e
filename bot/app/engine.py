"""What policywire knows, read from the config, and the pure stages made of it.

An Engine never changes. A workspace's new entity or a saved watch gives another engine that shares
what was compiled; `build` compiles everything together again, in a thread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.entities import Catalog, Recogniser, load_catalog
from bot.errors import ConfigError
from bot.model import Entity, WatchId
from bot.pipeline.stages import Stages
from bot.relevance import Learned, Relevance, Topics, load_learned, load_topics
from bot.settings import Settings
from bot.stories.clustering import Clusterer
from bot.stories.summary import Extractive, Summariser
from bot.stories.weights import load_weights
from bot.text.scan import Literal, Scanner
from bot.watches import Query, WatchIndex
from bot.watches.catalog_names import CatalogNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The config's catalog, topics and learned weights."""

    catalog: Catalog
    topics: Topics
    learned: Learned
    weights: Path

    @classmethod
    def load(cls, settings: Settings) -> "Knowledge":
        """Read the config files; raises ConfigError saying file and line."""
        return cls(
            catalog=load_catalog(*_files(settings, "entities.yaml")),
            topics=load_topics(*_files(settings, "topics.yaml")),
            learned=load_learned(_files(settings, "relevance-weights.yaml")[-1]),
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
    """The stages, with what they were made of so that they can be changed.

    `base` finds the catalog's, the topics' and the first watches' literals. On top of it lies one
    small layer, made anew at each change: what workspaces added to the catalog, and the literals
    `since` of watches that came later.
    """

    stages: Stages
    recogniser: Recogniser
    base: Scanner
    since: tuple[Literal, ...] = ()

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
        relevance = Relevance(knowledge.topics, knowledge.learned)
        index = WatchIndex.build(watches)
        base = Scanner.build(
            {
                "alias": recogniser.base_literals(),
                "topic": relevance.literals(),
                "watch": index.literals(),
            }
        )
        stages = Stages(
            scanner=_layered(base, recogniser, ()),
            recogniser=recogniser,
            relevance=relevance,
            summariser=summariser or Extractive(),
            watches=index,
        )
        return cls(stages=stages, recogniser=recogniser, base=base)

    def with_watches(
        self, added: Iterable[tuple[WatchId, Query]], removed: Iterable[WatchId]
    ) -> "Engine":
        """The same with some watches changed; takes no longer where there are many others."""
        index = self.stages.watches.with_changes(added, removed)
        since = (*self.since, *index.new_literals(self.stages.watches))
        scanner = _layered(self.base, self.recogniser, since)
        stages = replace(self.stages, scanner=scanner, watches=index)
        return replace(self, stages=stages, since=since)

    def with_overlay(self, overlay: Sequence[Entity]) -> "Engine":
        """The same with these as all the workspaces' own entities; the catalog stays compiled."""
        recogniser = self.recogniser.overlaid(overlay)
        scanner = _layered(self.base, recogniser, self.since)
        stages = replace(self.stages, scanner=scanner, recogniser=recogniser)
        return replace(self, stages=stages, recogniser=recogniser)


def _layered(base: Scanner, recogniser: Recogniser, since: Sequence[Literal]) -> Scanner:
    groups = {"alias": recogniser.added_literals(), "watch": since}
    added = {group: literals for group, literals in groups.items() if literals}
    return base.extended(added) if added else base


def _files(settings: Settings, name: str) -> list[Path]:
    files = settings.files(name)
    if not files:
        raise ConfigError(settings.folders[0], f"{name} is missing; reinstall policywire")
    return files
