"""Identify: which entries of a batch are new articles, which are known, which were revised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.feeds.identity import Known, New, Seen, decide, fingerprint, key
from bot.feeds.normalise import canonical_of
from bot.model import ArticleId, Entry, Feed
from bot.model.seen import Fingerprint, SeenEntry

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An entry with what identifies it."""

    entry: Entry
    mark: Fingerprint
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An entry on which a stage raised."""

    key: str
    entry: Entry
    stage: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A new article; `article` and `row` number it and its memory within the batch, below 0."""

    marked: Marked
    article: ArticleId
    row: int


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a batch's entries are. Articles and rows to be stored have numbers below 0."""

    fresh: list[Fresh] = field(default_factory=list)
    revised: list[tuple[Marked, ArticleId]] = field(default_factory=list)
    carried: list[ArticleId] = field(default_factory=list)
    """Articles that another feed brought and this one carries too."""
    added: list[SeenEntry] = field(default_factory=list)
    overwritten: list[SeenEntry] = field(default_factory=list)
    listed: list[int] = field(default_factory=list)
    known: int = 0


def mark_all(entries: Sequence[Entry], feed: Feed) -> tuple[list[Marked], list[Failure]]:
    """The entries of a document with what identifies them, oldest first by their stated dates."""
    marked: list[Marked] = []
    failed: list[Failure] = []
    # Documents list the newest first: the order of those without a usable date is turned round.
    for entry in reversed(entries):
        try:
            place = canonical_of(entry, feed)
            mark = fingerprint(entry, place)
            marked.append(Marked(entry=entry, mark=mark, key=key(mark, feed.id, place)))
        except Exception as error:  # noqa: BLE001 (an entry that breaks a stage is kept, not fatal)
            name = entry.guid or entry.url or entry.title
            failed.append(failure(name, entry, "identify", error))
    marked.sort(key=lambda one: one.mark.stated or _LONG_AGO)
    return marked, failed


def failure(key: str, entry: Entry, stage: str, error: Exception) -> Failure:
    """The failure as it is stored: with the error's name, since some errors say nothing else."""
    return Failure(key=key, entry=entry, stage=stage, error=f"{type(error).__name__}: {error}")


def plan(batch: Sequence[Marked], feed: Feed, seen: Seen, stored: Mapping[str, ArticleId]) -> Plan:
    """Decide on each entry in turn; `seen` learns of each, so that a repetition is known too."""
    result = Plan()
    for one in batch:
        verdict = decide(one.mark, feed.id, seen, stored=stored.get(one.key))
        if isinstance(verdict, New):
            number = -len(result.fresh) - 1
            fresh = Fresh(marked=one, article=ArticleId(number), row=number)
            result.fresh.append(fresh)
            seen.add(SeenEntry(id=number, feed=feed.id, article=fresh.article, mark=one.mark))
        else:
            _take_known(result, one, verdict, feed, seen)
    return result


def _take_known(result: Plan, one: Marked, known: Known, feed: Feed, seen: Seen) -> None:
    result.known += 1
    provisional = (known.article or 0) < 0 or (known.row or 0) < 0
    if provisional:
        return  # listed twice in this batch: what was said first stands
    own = seen.of_article(feed.id, known.article)
    if known.article is not None and not own:
        result.carried.append(known.article)
    if known.revised and known.article is not None:
        result.revised.append((one, known.article))
    if known.row is None:
        row = SeenEntry(id=-1, feed=feed.id, article=known.article, mark=one.mark)
        result.added.append(row)
        seen.add(row)
        return
    before = next((row for row in own if row.id == known.row), None)
    if before is not None and before.mark == one.mark:
        result.listed.append(known.row)
    else:
        result.overwritten.append(
            SeenEntry(id=known.row, feed=feed.id, article=known.article, mark=one.mark)
        )


def numbered(rows: Sequence[SeenEntry], numbers: Sequence[int]) -> list[SeenEntry]:
    """The rows with the ids that the database has reserved for them."""
    return [replace(row, id=number) for row, number in zip(rows, numbers, strict=True)]
