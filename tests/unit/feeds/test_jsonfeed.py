"""JSON Feed 1.0 and 1.1."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.parse import parse

FEED = "https://paper.example/feed.json"
HEAD = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Paper &amp; Co",
    "home_page_url": "https://paper.example/",
    "language": "en-US",
    "next_url": "https://paper.example/feed.json?page=2",
}


def document(*items: Any, **head: Any) -> bytes:
    return json.dumps({**HEAD, **head, "items": list(items)}).encode()


def test_reads_a_feed() -> None:
    read = parse(
        document(
            {
                "id": "1",
                "url": "/a",
                "title": "Agency bans model",
                "content_html": "<p>It said so.</p><p>On Friday.</p>",
                "summary": "Short.",
                "date_published": "2026-02-20T07:00:00-05:00",
                "date_modified": "2026-02-20T13:00:00Z",
                "authors": [{"name": "Jane Doe"}, {"url": "x"}],
                "tags": ["AI", None, "Policy"],
            }
        ),
        url=FEED,
    )
    assert (read.title, read.site, read.language) == (
        "Paper & Co",
        "https://paper.example/",
        "en-US",
    )
    (entry,) = read.entries
    assert (entry.guid, entry.url) == ("1", "https://paper.example/a")
    assert (entry.title, entry.text) == ("Agency bans model", "It said so.\n\nOn Friday.")
    assert entry.published == datetime(2026, 2, 20, 12, tzinfo=UTC)
    assert entry.updated == datetime(2026, 2, 20, 13, tzinfo=UTC)
    assert (entry.authors, entry.categories) == (("Jane Doe",), ("AI", "Policy"))
    assert (read.ended, read.problem) == (False, None)


@pytest.mark.parametrize(
    ("given", "guid"),
    [
        pytest.param('"a"', "a", id="string"),
        pytest.param("17", "17", id="number"),
        pytest.param("1.50", "1.50", id="fraction-as-written"),
        pytest.param("9" * 30, "9" * 30, id="huge-number"),
    ],
)
def test_an_id_may_be_a_number(given: str, guid: str) -> None:
    body = document({"id": "ID", "title": "T"}).replace(b'"ID"', given.encode())
    (entry,) = parse(body, url=FEED).entries
    assert entry.guid == guid


@pytest.mark.parametrize(
    "item",
    [
        pytest.param({"id": "", "title": "T"}, id="blank"),
        pytest.param({"id": " ", "title": "T"}, id="spaces"),
        pytest.param({"title": "T"}, id="missing"),
        pytest.param({"id": None, "title": "T"}, id="null"),
        pytest.param({"id": ["x"], "title": "T"}, id="list"),
        pytest.param("text", id="no-object"),
    ],
)
def test_an_item_without_an_id_is_left_out_and_told(item: Any) -> None:
    read = parse(document(item, {"id": "1", "title": "Kept"}), url=FEED)
    assert [entry.title for entry in read.entries] == ["Kept"]
    assert read.problem


@pytest.mark.parametrize(
    ("item", "title", "text"),
    [
        pytest.param({"content_text": "One. Two."}, "One.", "One. Two.", id="text"),
        pytest.param({"summary": "Three."}, "Three.", "Three.", id="summary"),
        pytest.param({"title": "T", "content_text": "a <b> c"}, "T", "a <b> c", id="no-markup"),
        pytest.param({"title": 5, "content_html": None}, "5", "", id="numbers-are-strings"),
        pytest.param({"title": ["x"], "tags": "x", "authors": "y"}, "(untitled)", "", id="odd"),
    ],
)
def test_bodies(item: dict[str, Any], title: str, text: str) -> None:
    (entry,) = parse(document({"id": "1", **item}), url=FEED).entries
    assert (entry.title, entry.text) == (title, text)


def test_an_external_url_is_the_link_where_there_is_no_other() -> None:
    (entry,) = parse(document({"id": "1", "external_url": "https://x.example/a"}), url=FEED).entries
    assert entry.url == "https://x.example/a"


def test_expired_means_that_the_feed_has_ended() -> None:
    assert parse(document({"id": "1"}, expired=True), url=FEED).ended


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(document(version="1"), id="no-version"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1"}', id="no-items"),
        pytest.param(b"[1, 2]", id="list"),
        pytest.param(b'{"items": [', id="cut-short"),
        pytest.param(b'{"a": "\xff"}', id="not-utf-8"),
        pytest.param(b"[" * 100_000, id="nested-without-end"),
    ],
)
def test_other_json_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError) as raised:
        parse(body, url=FEED)
    assert raised.value.kind is FeedErrorKind.NOT_A_FEED


def test_a_byte_order_mark_is_no_matter() -> None:
    body = b"\xef\xbb\xbf" + document({"id": "1", "title": "\ud83d"})
    assert [entry.title for entry in parse(body, url=FEED).entries] == ["\ufffd"]
