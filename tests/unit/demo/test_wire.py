"""The sample wire shows only what is published, as it reads by then, in documents that parse."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from bot.demo.documents import content_type, document, last_change, listed
from bot.demo.files import load
from bot.demo.wire import Format, Wire, WireFeed
from bot.errors import ConfigError

FOLDER = Path(__file__).parents[3] / "seeds" / "2026-02-anthropic-pentagon" / "wire"
WIRE = load(FOLDER)
FEEDS = {feed.id: feed for feed in WIRE.feeds}
READABLE = [
    feed for feed in WIRE.feeds if feed.broken is None and feed.format is not Format.JSONFEED
]


def eastern(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour + 5, minute, tzinfo=UTC)


def served(feed: str, at: datetime) -> bytes:
    return document(FEEDS[feed], WIRE.items_of(FEEDS[feed]), at)


def parsed(feed: str, at: datetime) -> Any:
    return feedparser.parse(io.BytesIO(served(feed, at)))


def titles(feed: str, at: datetime) -> list[str]:
    return [entry.title for entry in parsed(feed, at).entries]


@pytest.mark.parametrize("feed", READABLE, ids=lambda feed: feed.id)
def test_a_document_parses_and_lists_all_that_is_out(feed: WireFeed) -> None:
    items = WIRE.items_of(feed)
    read = feedparser.parse(io.BytesIO(document(feed, items, WIRE.ends)))
    assert not read.bozo
    shown = listed(feed, items, WIRE.ends)
    assert [entry.title for entry in read.entries] == [entry.now.title for entry in shown]
    assert shown


def test_the_json_feed_has_the_fields_of_version_1_1() -> None:
    feed = json.loads(served("bench-and-filing", WIRE.ends))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(
        {"id", "url", "title", "content_html", "date_published"} <= {*i} for i in feed["items"]
    )


def test_nothing_is_shown_before_it_is_published() -> None:
    suit = "Anthropic sues Pentagon over supply chain risk designation"
    assert suit not in titles("northline", eastern(2, 9, 51))
    assert titles("northline", eastern(2, 9, 52))[0] == suit


def test_no_document_holds_more_than_its_cap() -> None:
    assert len(titles("potomac-politics", WIRE.ends)) == FEEDS["potomac-politics"].cap


def test_an_edited_headline_replaces_the_old_one_under_the_same_guid() -> None:
    before, after = (
        next(
            entry
            for entry in parsed("potomac-politics", at).entries
            if "anthropic-lawsuit-defense-department" in entry.link
        )
        for at in (eastern(2, 12, 19), eastern(2, 12, 20))
    )
    assert before.id == after.id
    assert before.title == "Anthropic takes the Defense Department to court over its blacklisting"
    assert after.title == "Anthropic asks a judge to lift the Defense Department's ban on its AI"


def test_an_edited_text_keeps_its_link() -> None:
    before = served("exchange-courier", eastern(2, 14, 4)).decode()
    after = served("exchange-courier", eastern(2, 14, 5)).decode()
    assert "$250 million" in before
    assert "Correction: An earlier version" not in before
    assert "Correction: An earlier version" in after
    assert before.count("/technology/anthropic-suit-defense-ban") == 1
    assert after.count("/technology/anthropic-suit-defense-ban") == 1


def test_a_reused_guid_never_stands_twice_in_one_document() -> None:
    first, second = eastern(4, 9, 59), eastern(4, 10)
    reused = {"statehouse-lines-current-sheet"}
    entries = [
        [entry for entry in parsed("statehouse-lines", at).entries if entry.id in reused]
        for at in (first, second)
    ]
    assert [len(found) for found in entries] == [1, 1]
    assert entries[0][0].link != entries[1][0].link


def test_a_reprint_carries_the_words_of_its_wire_and_says_so() -> None:
    at = eastern(2, 16, 5)
    copy = next(e for e in parsed("northline", at).entries if "suppliers" in e.link)
    words = copy.summary.split("\n\n")
    by_source = next(e for e in parsed("public-airwave", at).entries if "suppliers" in e.link)
    by_line = next(e for e in parsed("coldwater-record", at).entries if "suppliers" in e.link)
    by_byline = next(e for e in parsed("alder-falls-gazette", at).entries if "suppliers" in e.link)
    assert by_source.source.title == "Northline"
    assert words[2] in by_source.content[0].value
    assert by_line.summary == "\n\n".join([*words[:2], "This article was provided by Northline."])
    assert (by_byline.author, by_byline.summary) == ("Northline", copy.summary)


@pytest.mark.parametrize(
    ("feed", "page", "stated"),
    [
        pytest.param("alder-falls-gazette", "your-week-in-the-stars", None, id="never-a-date"),
        pytest.param("coldwater-record", "school-gardens-denver", None, id="one-without-a-date"),
        pytest.param(
            "coldwater-record", "novak-brothers", "Fri, 01 Jan 2099 00:00:00 GMT", id="future"
        ),
        pytest.param(
            "coldwater-record", "signal-tower", "Thu, 01 Jan 1970 00:00:00 GMT", id="epoch"
        ),
        pytest.param("northline", "plains-wind", "Thu, 05 Mar 2026 06:45:00 -0500", id="the-truth"),
    ],
)
def test_dates_are_stated_as_the_feed_would(feed: str, page: str, stated: str | None) -> None:
    entries = parsed(feed, WIRE.ends).entries
    assert next(e for e in entries if page in e.link).get("published") == stated


def test_links_have_the_habits_of_their_feed() -> None:
    at = eastern(2, 10, 31)
    path = "/technology/anthropic-suit-defense-ban"
    assert f"<link>{path}</link>" in served("exchange-courier", at).decode()
    links = [entry.link for entry in parsed("exchange-courier", at).entries]
    assert f"https://exchangecourier.example{path}" in links
    politics, front = (
        next(e.link for e in parsed(feed, at).entries if "anthropic-lawsuit" in e.link)
        for feed in ("potomac-politics", "potomac-front")
    )
    assert politics != front
    assert politics.partition("?")[0] == front.partition("?")[0]


@pytest.mark.parametrize(
    ("feed", "kind"),
    [
        pytest.param("saltmarsh-post", "application/rss+xml; charset=utf-8", id="malformed"),
        pytest.param("quayside-telegraph", "text/html; charset=utf-8", id="a-page"),
    ],
)
def test_a_broken_feed_never_yields_an_entry(feed: str, kind: str) -> None:
    read = parsed(feed, WIRE.ends)
    assert read.bozo
    assert not read.entries
    assert content_type(FEEDS[feed]) == kind


@pytest.mark.parametrize("feed", WIRE.feeds, ids=lambda feed: feed.id)
def test_a_document_changes_only_at_a_change(feed: WireFeed) -> None:
    items = WIRE.items_of(feed)
    at = WIRE.starts
    changes = {change for item in WIRE.items for change in item.changes()}
    for then in sorted(change for change in changes if at < change <= WIRE.ends):
        just_before = then - timedelta(seconds=1)
        assert document(feed, items, at) == document(feed, items, just_before)
        assert last_change(items, at) == last_change(items, just_before) <= at
        at = then


def test_no_document_gives_a_label_away() -> None:
    labels = {item.id for item in WIRE.items} | {item.gold.event for item in WIRE.items}
    for feed in WIRE.feeds:
        text = document(feed, WIRE.items_of(feed), WIRE.ends).decode(feed.encoding)
        assert not labels & {*re.findall(r"[a-z]+(?:-[a-z]+)+", text)}
        assert not re.search(r"\b(gold|relevant|reprint_of)\b", text)


HEAD = """
starts: 2026-03-02T06:00:00-05:00
ends: 2026-03-05T08:30:00-05:00
outlets:
  - {id: a, name: A, site: "https://a.example", tier: 3,
     feeds: [{id: a, title: A, path: /a, format: rss2}]}
"""
ITEM = """
- {id: x, outlet: a, path: /x, title: X, published: 2026-03-02T07:00:00-05:00,
   event: null, relevant: false, entities: []}
"""


@pytest.mark.parametrize(
    ("outlets", "items", "said"),
    [
        pytest.param(HEAD, ITEM + ITEM, "item x: this id is used twice", id="double-id"),
        pytest.param(
            HEAD, ITEM.replace("outlet: a", "outlet: b"), "'b' is missing or unknown", id="outlet"
        ),
        pytest.param(HEAD, ITEM.replace("-05:00", ""), "no instant with a zone", id="naive-time"),
        pytest.param(HEAD, "- just words", "item 'just words'", id="no-item"),
        pytest.param(HEAD, "- {id: x", "this is no YAML", id="cut-off"),
        pytest.param(
            HEAD, ITEM.replace("path:", "feeds: [b], path:"), "A has no feed b", id="strange-feed"
        ),
        pytest.param(
            HEAD.replace("rss2", "rss3"), ITEM, "'rss3' is not a valid Format", id="format"
        ),
    ],
)
def test_a_bad_wire_is_refused_by_file_and_item(
    tmp_path: Path, outlets: str, items: str, said: str
) -> None:
    (tmp_path / "outlets.yaml").write_text(outlets)
    (tmp_path / "items-1.yaml").write_text(items)
    with pytest.raises(ConfigError, match=r"(outlets|items-1)\.yaml") as caught:
        load(tmp_path)
    assert said in str(caught.value)


def test_a_small_wire_loads(tmp_path: Path) -> None:
    (tmp_path / "outlets.yaml").write_text(HEAD)
    (tmp_path / "items-1.yaml").write_text(ITEM)
    wire: Wire = load(tmp_path)
    assert [item.id for item in wire.items] == ["x"]
    assert min(wire.items[0].changes()) == eastern(2, 7)
