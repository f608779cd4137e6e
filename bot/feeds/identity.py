"""What is the same article: judged from facts, with no database at hand (DESIGN, "Identity").

An entry is known when its URL was seen anywhere or its guid in this feed. Dates never decide alone:
they lie, repeat and are missing. The caller reads the rows of `seen` that any hash of the document
touches, puts them into a `Seen`, and asks `decide` for one entry after the other, adding the row of
each that it stores, so that an entry listed twice in a batch is told too.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from bot.model import ArticleId, Entry, FeedId
from bot.model.seen import Fingerprint, SeenEntry

ROWS_AN_ARTICLE = 4
"""Addresses remembered for one article in one feed; past that the newest row is overwritten."""
SAME_TITLE = 0.5
"""A known guid whose new title shares less of its words was given to another article."""
CHURNING_SHARE = 1 / 3
"""A poll in which more of the known entries changed their text counts as churn."""
CHURN_LIMIT = 3
"""Polls of churn, one after the other, after which a feed makes no more revisions."""
_WORD = re.compile(r"\w+")
_SCHEME = re.compile(r"https?://(?:www\.)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """No article that we know; `reused_guid` says that its guid named another one before."""

    reused_guid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article that we have. `row` is the row of `seen` to overwrite, None to insert one.

    `revised` says that title or text changed since this feed last listed it; `article` is None
    where only the memory of it is left.
    """

    article: ArticleId | None
    row: int | None
    revised: bool = False


class Seen:
    """The rows of `seen` that may concern one document; `listed` is all that it lists."""

    def __init__(
        self, rows: Iterable[SeenEntry] = (), *, listed: Iterable[Fingerprint] = ()
    ) -> None:
        self._by_url: dict[str, list[SeenEntry]] = defaultdict(list)
        self._by_guid: dict[tuple[FeedId, str], list[SeenEntry]] = defaultdict(list)
        self._by_title: dict[tuple[FeedId, str], list[SeenEntry]] = defaultdict(list)
        self._by_article: dict[tuple[FeedId, ArticleId], list[SeenEntry]] = defaultdict(list)
        self._listed = {place for mark in listed for place in _places(mark)}
        for row in sorted(rows, key=lambda row: row.id):
            self.add(row)

    def add(self, row: SeenEntry) -> None:
        """Take in a row, such as the one just stored; it replaces none that is here."""
        mark = row.mark
        if mark.url_hash:
            self._by_url[mark.url_hash].append(row)
        if mark.guid_hash:
            self._by_guid[row.feed, mark.guid_hash].append(row)
        if mark.title_hash:
            self._by_title[row.feed, mark.title_hash].append(row)
        if row.article is not None:
            self._by_article[row.feed, row.article].append(row)

    def with_url(self, url_hash: str | None) -> list[SeenEntry]:
        """Rows of any feed with this URL, oldest first."""
        return self._by_url.get(url_hash, []) if url_hash else []

    def with_guid(self, feed: FeedId, guid_hash: str | None) -> list[SeenEntry]:
        """Rows of this feed with this guid, oldest first."""
        return self._by_guid.get((feed, guid_hash), []) if guid_hash else []

    def with_title(self, feed: FeedId, title_hash: str | None) -> list[SeenEntry]:
        """Rows of this feed with this title, oldest first."""
        return self._by_title.get((feed, title_hash), []) if title_hash else []

    def of_article(self, feed: FeedId, article: ArticleId | None) -> list[SeenEntry]:
        """Rows of this feed for this article, oldest first."""
        return self._by_article.get((feed, article), []) if article is not None else []

    def still_listed(self, row: SeenEntry) -> bool:
        """Whether the document lists what the row remembers where it was listed before."""
        return not self._listed.isdisjoint(_places(row.mark))


def fingerprint(entry: Entry, canonical_url: str | None) -> Fingerprint:
    """What to remember of the entry; http and https, with and without www., hash alike."""
    stated = entry.published or entry.updated
    words = _words(entry.title)
    return Fingerprint(
        guid_hash=_hash(entry.guid) if entry.guid else None,
        url_hash=url_hash(canonical_url) if canonical_url else None,
        title_hash=_hash(*words) if words else None,
        content_hash=_hash(" ".join(entry.title.split()), " ".join(entry.text.split())),
        title=entry.title,
        stated=stated,
    )


def url_hash(canonical_url: str) -> str:
    """What is remembered of an address; http and https, with and without www., hash alike."""
    return _hash(_SCHEME.sub("", canonical_url))


def key(mark: Fingerprint, feed: FeedId, canonical_url: str | None) -> str:
    """The article's identity: canonical URL; else feed and guid; else feed, title and date."""
    if canonical_url:
        return canonical_url
    if mark.guid_hash:
        return f"feed:{feed}:guid:{mark.guid_hash}"
    date = mark.stated.isoformat() if mark.stated else ""
    return f"feed:{feed}:title:{_hash(mark.title_hash or mark.content_hash, date)}"


def decide(
    mark: Fingerprint, feed: FeedId, seen: Seen, *, stored: ArticleId | None = None
) -> New | Known:
    """Whether the entry is a new article, one that we know, or a revision of it.

    `stored` is the article that has this entry's key already, if any: the memory of a feed goes
    when the feed is removed, its articles stay.
    """
    if rows := seen.with_url(mark.url_hash):
        return _known(mark, feed, _own_first(rows, feed), seen)
    if rows := seen.with_guid(feed, mark.guid_hash):
        same = [row for row in rows if not _reused(mark, row.mark)]
        return _known(mark, feed, same, seen) if same else New(reused_guid=True)
    same = [row for row in seen.with_title(feed, mark.title_hash) if _renamed(mark, row, seen)]
    if same:
        return _known(mark, feed, same, seen)
    return New() if stored is None else Known(article=stored, row=None)


def churn(before: int, *, known: int, revised: int) -> int:
    """The polls in a row that changed most texts, after one that found `revised` of `known`."""
    if not known:
        return before
    return before + 1 if revised > known * CHURNING_SHARE else 0


def makes_revisions(churned: int) -> bool:
    """Whether changes of text still count, for a feed with so many polls of churn in a row."""
    return churned < CHURN_LIMIT


def _known(mark: Fingerprint, feed: FeedId, rows: list[SeenEntry], seen: Seen) -> Known:
    """The verdict on an entry that is one of these rows, the last being the likeliest."""
    article = rows[-1].article
    own = [row for row in rows if row.feed == feed] or seen.of_article(feed, article)
    if not own:
        return Known(article=article, row=None)
    last = next((row for row in reversed(own) if _same_place(mark, row.mark)), own[-1])
    full = len(seen.of_article(feed, article)) >= ROWS_AN_ARTICLE
    keeps_url = last.mark.url_hash == mark.url_hash or last.mark.url_hash is None
    return Known(
        article=article,
        row=last.id if keeps_url or full else None,
        revised=article is not None and last.mark.content_hash != mark.content_hash,
    )


def _own_first(rows: list[SeenEntry], feed: FeedId) -> list[SeenEntry]:
    """Rows of this feed where there are any, since they know how it last told the article."""
    return [row for row in rows if row.feed == feed] or rows


def _same_place(one: Fingerprint, other: Fingerprint) -> bool:
    return one.url_hash == other.url_hash and one.guid_hash == other.guid_hash


def _reused(mark: Fingerprint, before: Fingerprint) -> bool:
    """Whether a guid that we know, at a URL that we do not, now names another article."""
    if mark.url_hash is None or mark.stated is None or before.stated is None:
        return False
    if mark.stated <= before.stated:
        return False
    words, old = set(_words(mark.title)), set(_words(before.title))
    return bool(words) and len(words & old) < SAME_TITLE * len(words)


def _renamed(mark: Fingerprint, row: SeenEntry, seen: Seen) -> bool:
    """Whether an entry under an unseen guid, or none, is one of this title that we know.

    A feed that changes every guid or date brings no alert. An unseen URL is an article of its own,
    unless the known one had no name at all; and what is still listed elsewhere was not renamed.
    """
    before = row.mark
    same_date, same_text = mark.stated == before.stated, mark.content_hash == before.content_hash
    nameless = before.guid_hash is None and before.url_hash is None
    if nameless and mark.guid_hash is None and mark.url_hash is None and same_date:
        return True
    if seen.still_listed(row) or (mark.url_hash is not None and not nameless):
        return False
    return same_date or same_text


def _places(mark: Fingerprint) -> list[tuple[str, object]]:
    """Where a document lists an entry: guid and URL, else title and date."""
    places: list[tuple[str, object]] = []
    if mark.guid_hash:
        places.append(("guid", mark.guid_hash))
    if mark.url_hash:
        places.append(("url", mark.url_hash))
    return places or [(mark.title_hash or "", mark.stated)]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _hash(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "replace")
    return blake2b(joined, digest_size=16).hexdigest()
