"""The pure stages between an article and what clustering and routing read of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

from bot.entities.references import find_references
from bot.model import (
    Article,
    Judged,
    RecognisedEntity,
    WatchHits,
    WorkspaceId,
)
from bot.relevance.score import Score
from bot.stories.summary import Summariser
from bot.text.scan import READ, Literal, Scanned, Scanner
from bot.watches.index import WatchIndex
from bot.watches.matches import MatchReasons


class Recognises(Protocol):
    """Finds entities, the catalog's and workspaces' own; `bot.entities.recogniser`."""

    def literals(self) -> Sequence[Literal]: ...
    def recognise(self, scanned: Scanned) -> tuple[RecognisedEntity, ...]: ...


class Scores(Protocol):
    """Weighs how much a text is AI policy; `bot.relevance.score`."""

    def literals(self) -> Sequence[Literal]: ...
    def score(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Score: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that the stages find: what is everyone's, and what is one workspace's or one watch's."""

    judged: Judged
    watch_hits: WatchHits = field(default_factory=dict)
    own: Mapping[WorkspaceId, tuple[RecognisedEntity, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """One consistent set of catalog, topics and watches; replaced whole when any of them changes.

    `scanner` must find the literals of the other three, as `build` makes it.
    """

    scanner: Scanner
    recogniser: Recognises
    relevance: Scores
    summariser: Summariser
    watches: WatchIndex

    @classmethod
    def build(
        cls,
        *,
        recogniser: Recognises,
        relevance: Scores,
        summariser: Summariser,
        watches: WatchIndex | None = None,
    ) -> Self:
        """The stages with one scanner for all their literals; work for a thread."""
        watches = watches or WatchIndex.build(())
        scanner = Scanner.build(
            {
                "alias": recogniser.literals(),
                "topic": relevance.literals(),
                "watch": watches.literals(),
            }
        )
        return cls(
            scanner=scanner,
            recogniser=recogniser,
            relevance=relevance,
            summariser=summariser,
            watches=watches,
        )

    def judge(self, article: Article) -> Judged:
        """Scan, recognise, score, find references, summarise; the same article gives the same."""
        return self.examine(article).judged

    def examine(self, article: Article) -> Findings:
        """The same, with the watches that match and what workspaces' own entities are in it.

        Of a text only the first `READ` characters are read, so that none holds up the line.
        """
        read = replace(article, text=article.text[:READ]) if len(article.text) > READ else article
        scanned = self.scanner.scan(article.title, article.text)
        shared: list[RecognisedEntity] = []
        own: defaultdict[WorkspaceId, list[RecognisedEntity]] = defaultdict(list)
        for entity in self.recogniser.recognise(scanned):
            (shared if entity.workspace is None else own[entity.workspace]).append(entity)
        score = self.relevance.score(scanned, shared)
        judged = Judged(
            article=article,
            entities=tuple(shared),
            relevance=score.value,
            reasons=score.reasons,
            topics=score.topics,
            references=find_references(read.title, read.text, article.published.at, article.url),
            summary=self.summariser.summarise(read.title, read.text),
        )
        added = {workspace: tuple(found) for workspace, found in own.items()}
        return Findings(
            judged=judged,
            watch_hits=MatchReasons(self.watches.matching(scanned, judged, added), article),
            own=added,
        )
