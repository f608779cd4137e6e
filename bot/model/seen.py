"""What is remembered of an entry so that it is told from a new one: hashes, never texts."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ArticleId, FeedId


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """An entry as identity sees it; a hash is None where the entry has no such thing.

    `stated` is the date that the document gives, believed or not.
    """

    guid_hash: str | None
    url_hash: str | None
    title_hash: str | None
    content_hash: str
    title: str
    stated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """A row of `seen`: what a feed has listed; `article` is None once that was pruned."""

    id: int
    feed: FeedId
    article: ArticleId | None
    mark: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is stored of an article beside its findings: a hash of its content, to tell a change,
    and its words as full-text search wants them.
    """

    content_hash: str
    title_words: str
    text_words: str
