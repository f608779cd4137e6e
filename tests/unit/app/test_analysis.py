"""`policywire analyse`: each line of output against the contract in DESIGN."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app.analysis import Analysis, BadLineError, read_line
from bot.app.engine import Knowledge
from bot.settings import Settings
from bot.watches import WatchSyntaxError

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(Settings.load({}))


def analysed(knowledge: Knowledge, *given: dict[str, Any], watches: tuple[str, ...] = ()) -> Any:
    analysis = Analysis(knowledge, watches, 0.5, START)
    results = [result for _, result in analysis.lines(json.dumps(line) for line in given)]
    assert not any(isinstance(result, BadLineError) for result in results), results
    return [json.loads(str(result)) for result in results]


def test_a_line_out_for_each_line_in_duplicates_too(knowledge: Knowledge) -> None:
    given = {"id": 1, "title": "Anthropic sues the Pentagon", "url": "https://a.example/x"}
    again = {**given, "id": 2, "url": "https://a.example/x?utm_source=feed"}
    first, second = analysed(knowledge, given, again)
    assert (first["id"], second["id"]) == (1, 2)
    assert first["story"] == second["story"]


@pytest.mark.parametrize(
    ("given", "outlet"),
    [
        pytest.param({"url": "https://www.npr.org/x"}, "npr.org", id="its-site"),
        pytest.param({"url": "https://www.npr.org/x", "outlet": "NPR"}, "NPR", id="as-told"),
        pytest.param({"url": "https://news.google.com/rss/x"}, "", id="an-aggregators-link"),
        pytest.param({"url": "https://example.com/1"}, "", id="nobodys-address"),
        pytest.param({}, "", id="nothing"),
    ],
)
def test_who_told_a_line_is_said_or_its_sites(given: dict[str, str], outlet: str) -> None:
    assert read_line(json.dumps({"id": 1, "title": "A note", **given})).outlet == outlet


def test_offsets_point_into_the_field_as_given(knowledge: Knowledge) -> None:
    text = "Café  notes —\tthe Pentagon’s  order names  Anthropic.\n\nMore."
    [line] = analysed(knowledge, {"id": 1, "title": "A İ title: Anthropic", "text": text})
    fields = {"title": "A İ title: Anthropic", "text": text}
    mentions = [m for entity in line["entities"] for m in entity["mentions"]]
    assert len(mentions) >= 3
    for mention in mentions:
        assert fields[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_text_counts_where_html_is_given_too(knowledge: Knowledge) -> None:
    [line] = analysed(
        knowledge,
        {"id": 1, "title": "A note", "text": "OpenAI signs.", "html": "<p>Anthropic sues.</p>"},
    )
    assert [entity["id"] for entity in line["entities"]] == ["openai"]


def test_html_alone_is_read(knowledge: Knowledge) -> None:
    [line] = analysed(
        knowledge, {"id": 1, "title": "A note", "html": "<p>Open<b>AI</b> signs.</p>"}
    )
    assert [entity["id"] for entity in line["entities"]] == ["openai"]


def test_summary_is_never_empty_where_text_was_given(knowledge: Knowledge) -> None:
    lines = analysed(
        knowledge, {"id": 1, "title": "T", "text": "word"}, {"id": 2, "title": "T", "text": None}
    )
    assert lines[0]["summary"]
    assert lines[1]["summary"] == []


def test_watches_are_named_by_their_index(knowledge: Knowledge) -> None:
    [line] = analysed(
        knowledge,
        {"id": 1, "title": "Judge grants injunction to Anthropic"},
        watches=("appeal", "anthropic AND injunction", "entity:anthropic"),
    )
    assert line["watches"] == [1, 2]


def test_a_watch_with_a_mistake_is_told_before_anything_runs(knowledge: Knowledge) -> None:
    with pytest.raises(WatchSyntaxError):
        Analysis(knowledge, ("appeal AND",), 0.5, START)


def test_the_clock_may_go_back_or_be_missing(knowledge: Knowledge) -> None:
    lines = analysed(
        knowledge,
        {"id": 1, "title": "Senate panel advances AI bill", "published": "2026-03-02T10:00:00Z"},
        {"id": 2, "title": "Senate panel advances AI bill", "published": "2026-03-01T10:00:00"},
        {"id": 3, "title": "Senate panel advances AI bill"},
    )
    assert len({line["story"] for line in lines}) == 1


def test_a_lone_surrogate_comes_back_as_it_went_in(knowledge: Knowledge) -> None:
    analysis = Analysis(knowledge, (), 0.5, START)
    [(_, out)] = analysis.lines(['{"id": "\\ud800", "title": "Anthropic \\udc00"}'])
    assert json.loads(str(out))["id"] == "\ud800"
    str(out).encode()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("nonsense", "not JSON", id="not-json"),
        pytest.param("[1]", "not a JSON object", id="not-an-object"),
        pytest.param('{"title": "x"}', "“id” is missing", id="no-id"),
        pytest.param('{"id": 1}', "“title” is missing", id="nothing-to-read"),
        pytest.param('{"id": 1, "title": 3}', "“title” is not text", id="title-a-number"),
        pytest.param('{"id": 1, "title": "x", "published": "soon"}', "ISO 8601", id="no-time"),
        pytest.param("[" * 100_000, "not", id="deep"),
        pytest.param(
            '{"id": 1, "title": "x", "published": "0001-01-01T00:00:00+14:00"}',
            "out of range",
            id="before-time",
        ),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, says: str) -> None:
    with pytest.raises(BadLineError, match=says):
        read_line(line)


def test_a_bad_line_does_not_stop_the_rest(knowledge: Knowledge) -> None:
    analysis = Analysis(knowledge, (), 0.5, START)
    results = list(analysis.lines(["{", '{"id": 1, "title": "Anthropic"}', ""]))
    assert [number for number, _ in results] == [1, 2]
    assert isinstance(results[0][1], BadLineError)
    assert isinstance(results[1][1], str)


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00Z", "2099-12-31T00:00:00Z"])
def test_a_copy_under_a_date_that_cannot_be_joins_its_story_and_moves_no_clock(
    knowledge: Knowledge, date: str
) -> None:
    told = {
        "title": "Brel County court blocks camera contract with Oradyne",
        "text": "A county judge blocked a $14 million contract with Oradyne for cameras on buses.",
    }
    later = "2026-03-02T15:00:00Z"
    lines = analysed(
        knowledge,
        {**told, "id": 1, "outlet": "Brel Post", "published": "2026-03-02T10:00:00Z"},
        {**told, "id": 2, "outlet": "Another", "published": date},
        {**told, "id": 3, "outlet": "Third", "published": later},
    )
    assert {line["story"] for line in lines} == {"s1"}
