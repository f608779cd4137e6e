"""The pipeline's own stages over articles in a file, in memory: no database, no network.

It is how quality is measured, and how a newsroom uses the engine in batch.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app.engine import Engine, Knowledge
from bot.errors import PolicywireError
from bot.feeds.canonical import canonical
from bot.feeds.credit import credit_of
from bot.feeds.dates import WEB_BEGAN
from bot.feeds.kind import kind_of
from bot.feeds.language import language_of
from bot.feeds.normalise import outlet_at
from bot.model import (
    Article,
    ArticleId,
    Field,
    Judged,
    Published,
    Report,
    StoryId,
    WatchId,
    story_label,
)
from bot.model.articles import strongest
from bot.pipeline.stages import Findings
from bot.text.html import html_to_text
from bot.watches import parse

_MOST_REASONS = 8
_AHEAD = timedelta(days=366)
"""How far ahead of our clock a date is believed: a file may come from a machine whose clock is
right where ours lags, or tell of days made up; not of 2099.
"""
_NOBODYS = frozenset({"example.com", "example.net", "example.org"})
"""Hosts for examples (RFC 2606): lines that need some address may all have one there."""


class BadLineError(PolicywireError):
    """A line of input that is no article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One line of input, read."""

    id: object
    title: str
    text: str
    url: str | None
    outlet: str
    published: datetime | None


class Analysis:
    """Articles in order of arrival in, findings out; the live stories are its only state."""

    def __init__(
        self, knowledge: Knowledge, watches: Sequence[str], threshold: float, start: datetime
    ) -> None:
        queries = [(WatchId(at), parse(typed, knowledge.names)) for at, typed in enumerate(watches)]
        self._stages = Engine.build(knowledge, queries).stages
        self._clusterer = knowledge.clusterer()
        self._threshold = threshold
        self._now = start
        self._last_believed = start + _AHEAD
        self._stories: dict[str, StoryId] = {}
        self._articles = 0
        self._begun = 0

    def lines(self, lines: Iterable[str]) -> Iterator[tuple[int, str | BadLineError]]:
        """For each line its number, and the line of output or what is wrong with it."""
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield number, _dumped(self.analyse(read_line(line)))
                except BadLineError as bad:
                    yield number, bad

    def analyse(self, given: Given) -> dict[str, Any]:
        """What the stages find in one article, as the line of output."""
        when = self._published(given)
        self._now = when.at
        article = _article(given, when)
        findings = self._stages.examine(article)
        story = self._stories.get(article.key) or self._assign(findings.judged)
        self._stories[article.key] = story
        return self._line(given, findings, story)

    def _published(self, given: Given) -> Published:
        """When it counts as published: as it says where that can be, else with the one before."""
        stated = given.published
        if stated is not None and WEB_BEGAN <= stated <= self._last_believed:
            return Published(at=stated, stated=True)
        return Published(at=self._now, stated=False)

    def _assign(self, judged: Judged) -> StoryId:
        batch = self._clusterer.begin()
        assignment = batch.assign(judged, self._now)
        story = assignment.story
        if story is None:
            self._begun += 1
            story = StoryId(self._begun)
        self._articles += 1
        report = Report(id=ArticleId(self._articles), judged=judged, joined=assignment.reasons)
        batch.join(report, story, self._now)
        self._clusterer.commit(batch)
        return story

    def _line(self, given: Given, findings: Findings, story: StoryId) -> dict[str, Any]:
        judged = findings.judged
        return {
            "id": given.id,
            "entities": [
                {
                    "id": entity.id,
                    "name": entity.name,
                    "kind": entity.kind.value,
                    "salient": entity.salient,
                    "mentions": [
                        _mention(judged.article, mention.field, mention.start, mention.end)
                        for mention in entity.mentions
                    ],
                }
                for entity in judged.entities
            ],
            "relevance": round(judged.relevance, 4),
            "relevant": judged.relevance >= self._threshold,
            "reasons": [
                {"term": reason.term, "where": reason.where, "weight": round(reason.weight, 4)}
                for reason in strongest(judged.reasons, _MOST_REASONS)
            ],
            "topics": sorted(judged.topics),
            "kind": judged.article.kind.value,
            "story": story_label(story),
            "summary": list(judged.summary),
            "watches": sorted(map(int, findings.watch_hits)),
            "references": [
                {
                    "kind": reference.kind,
                    "id": reference.id,
                    "label": reference.label,
                    "url": reference.url,
                    "field": reference.span.field,
                    "start": reference.span.start,
                    "end": reference.span.end,
                }
                for reference in judged.references
            ],
        }


def read_line(line: str) -> Given:
    """One line of input; BadLineError says what is wrong with it."""
    try:
        found = json.loads(line)
    except ValueError as error:
        raise BadLineError(f"not JSON: {error}") from None
    except RecursionError:
        raise BadLineError("not an article: nested too deep") from None
    if not isinstance(found, Mapping):
        raise BadLineError("not a JSON object with “id” and “title”")
    title, text, html = (_string(found, name) for name in ("title", "text", "html"))
    if "id" not in found:
        raise BadLineError("“id” is missing")
    if not title and not text and not html:
        raise BadLineError("“title” is missing, and there is no text either")
    url = _string(found, "url") or None
    return Given(
        id=found["id"],
        title=title,
        text=text or (html_to_text(html) if html else ""),
        url=url,
        outlet=_string(found, "outlet") or (_told_at(url) if url else ""),
        published=_instant(_string(found, "published")),
    )


def _told_at(url: str) -> str:
    """The outlet that an address leads to; none where it is only an example."""
    outlet = outlet_at(url)
    return "" if outlet in _NOBODYS else outlet


def _string(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f"“{name}” is not text")
    return value


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadLineError(f"“published” is not an ISO 8601 time: {text[:40]!r}") from None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise BadLineError(f"“published” is out of range: {text[:40]!r}") from None


def _article(given: Given, when: Published) -> Article:
    address = canonical(given.url) if given.url else None
    return Article(
        key=address or f"{given.id!r} {given.title} {given.outlet}",
        title=given.title,
        text=given.text,
        url=given.url,
        canonical_url=address,
        outlet=given.outlet,
        published=when,
        seen_at=when.at,
        language=language_of(None, given.title, given.text),
        kind=kind_of(given.title, address),
        credit=credit_of(given.text, (), None, given.outlet),
    )


def _mention(article: Article, field: Field, start: int, end: int) -> dict[str, Any]:
    return {
        "text": article.field(field)[start:end],
        "start": start,
        "end": end,
        "field": field,
    }


def _dumped(line: Mapping[str, Any]) -> str:
    text = json.dumps(line, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate cannot be written as UTF-8; as an escape it comes back as it went in.
        return json.dumps(line)
    return text
