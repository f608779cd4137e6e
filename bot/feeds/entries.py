"""One item as feedparser gives it, made an Entry: every field checked, none trusted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.feeds.canonical import absolute
from bot.feeds.document import UNTITLED
from bot.model import Entry
from bot.text.html import MOST_HTML, html_to_text, one_line, plain_text
from bot.text.sentences import sentences

MOST_TITLE = 500
"""Characters of a title; a longer one is a text that slipped into the field."""
MOST_NAME = 120
MOST_GUID = 2_000
MOST_AUTHORS, MOST_CATEGORIES = 12, 40
_TITLE_FROM_TEXT = 140
_ENOUGH_TEXT = 200
"""A body with this many characters need not be weighed against the others."""
_READABLE = ("text/", "application/xhtml", "application/xml")
_MAIL = re.compile(r"\S+@\S+")
_BY = re.compile(r"by\s+", re.IGNORECASE)


def entry_from(item: Mapping[str, Any], *, bases: tuple[str, ...], language: str | None) -> Entry:
    """The item as an Entry; relative links resolve against `bases`, the likeliest first."""
    html, text = richest(_bodies(item))
    source = _mapping(item.get("source"))
    return Entry(
        guid=plain_text(_str(item.get("id"))[:MOST_GUID]) or None,
        url=_link(item, bases),
        title=titled(_str(item.get("title")), text, language),
        html=html,
        text=text,
        published=_date(item, "published") or _date(item, "created"),
        updated=_date(item, "updated"),
        authors=names(_authors(item)),
        source=name(_str(source.get("title"))) or None,
        categories=labels(_tags(item)),
        language=_language(item) or language,
    )


def stated(item: Mapping[str, Any]) -> datetime | None:
    """The item's date, for choosing the newest."""
    return _date(item, "published") or _date(item, "updated")


def titled(title: str, text: str, language: str | None = None) -> str:
    """The title as one plain line; where it is missing, the text's first sentence."""
    line = one_line(title[: 4 * MOST_TITLE])
    if line:
        return shortened(line, MOST_TITLE)
    first = next(iter(sentences(text[:1_000], (language or "en")[:2])), None)
    return shortened(" ".join(first.text.split()), _TITLE_FROM_TEXT) if first else UNTITLED


def shortened(line: str, most: int) -> str:
    """The line, cut after a word and marked with an ellipsis where it is longer than `most`."""
    if len(line) <= most:
        return line
    head = line[: most - 1]
    space = head.rfind(" ")
    return head[: space if space > most // 2 else len(head)].rstrip(" ,;:–—-") + "…"


def richest(bodies: Iterable[tuple[str, bool]]) -> tuple[str, str]:
    """The source and plain text of the best body: the first with enough text, else the longest.

    Each body comes with whether it is HTML; full contents come before summaries.
    """
    best_source, best_text = "", ""
    for source, is_html in bodies:
        text = html_to_text(source) if is_html else plain_text(source)
        if len(text) > len(best_text):
            best_source, best_text = source[:MOST_HTML], text
        if len(best_text) >= _ENOUGH_TEXT:
            break
    return best_source, best_text


def names(raw: Iterable[str]) -> tuple[str, ...]:
    """Names of persons, each once, without mail addresses and a leading “By”."""
    found = (name(_BY.sub("", _MAIL.sub("", text[:1_000]).strip(" ()<>"), count=1)) for text in raw)
    return tuple(dict.fromkeys(text for text in found if text))[:MOST_AUTHORS]


def labels(raw: Iterable[str]) -> tuple[str, ...]:
    """Categories as plain words, each once, in order."""
    found = (name(text) for text in raw)
    return tuple(dict.fromkeys(text for text in found if text))[:MOST_CATEGORIES]


def name(raw: str) -> str:
    """A short name on one plain line."""
    return shortened(one_line(raw[: 4 * MOST_NAME]), MOST_NAME)


def date_from(text: str) -> datetime | None:
    """An instant written as in ISO 8601 or RFC 5322, in UTC; without a zone it is taken for UTC."""
    text = text.strip()[:64]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            aware = found if found.tzinfo else found.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _date(item: Mapping[str, Any], field: str) -> datetime | None:
    # feedparser's own mapping answers `updated` with `published` and warns; a plain dict does not.
    values = dict(item)
    parsed = values.get(f"{field}_parsed")
    if parsed:
        try:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        except (ValueError, TypeError, OverflowError):
            return None
    raw = values.get(field)
    return date_from(raw) if isinstance(raw, str) else None


def _link(item: Mapping[str, Any], bases: tuple[str, ...]) -> str | None:
    original = absolute(_str(item.get("feedburner_origlink")))
    if original:
        return original
    links = [link for link in item.get("links") or () if isinstance(link, Mapping)]
    stated = [_str(link.get("href")) for link in links if link.get("rel") == "alternate"]
    main = _str(item.get("link"))
    if main and (main in stated or not item.get("guidislink")):
        stated.insert(0, main)
    elif main.lower().startswith(("http://", "https://")):
        # An RSS guid counts as a link unless it says not; only a whole address is one.
        stated.append(main)
    return next((found for link in stated if (found := absolute(link, *bases))), None)


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    seen: set[str] = set()
    details = [*_list(item.get("content")), item.get("summary_detail")]
    for detail in details:
        body = _mapping(detail)
        value, kind = _str(body.get("value")), _str(body.get("type")) or "text/html"
        if value and value not in seen and kind.startswith(_READABLE):
            seen.add(value)
            yield value, kind != "text/plain"
    summary = _str(item.get("summary"))
    if summary and summary not in seen:
        yield summary, True


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    for author in _list(item.get("authors")):
        yield _str(_mapping(author).get("name"))
    yield _str(item.get("author"))


def _tags(item: Mapping[str, Any]) -> Iterator[str]:
    for tag in _list(item.get("tags")):
        fields = _mapping(tag)
        yield _str(fields.get("label")) or _str(fields.get("term"))


def _language(item: Mapping[str, Any]) -> str | None:
    for detail in (*_list(item.get("content")), item.get("title_detail")):
        if language := _str(_mapping(detail).get("language")):
            return language
    return None


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
