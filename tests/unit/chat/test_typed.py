"""How typed lines become commands and values."""

from datetime import timedelta

import pytest

from bot.chat.call import Call
from bot.chat.registry import Option, OptionKind, Registry, check, duration
from bot.chat.typed import read_line
from bot.errors import NotFound, UsageError
from bot.message import Message


def make_registry() -> Registry[object]:
    registry: Registry[object] = Registry()

    async def nothing(call: Call[object], **_: object) -> Message:
        return Message()

    registry.command(
        "latest",
        help="The newest stories",
        options=[
            Option(name="about", kind=OptionKind.ABOUT, help="what", wide=True),
            Option(name="count", kind=OptionKind.INTEGER, help="how many", between=(1, 20)),
            Option(name="since", kind=OptionKind.DURATION, help="since when"),
        ],
    )(nothing)
    registry.command(
        "watch test",
        help="Try a query",
        options=[Option(name="query", kind=OptionKind.QUERY, help="q", required=True, wide=True)],
    )(nothing)
    registry.command("watch list", help="All watches")(nothing)
    registry.command(
        "quiet",
        help="Quiet hours",
        options=[
            Option(name="hours", help="hours", wide=True),
            Option(name="zone", kind=OptionKind.ZONE, help="zone"),
        ],
    )(nothing)
    registry.command(
        "subscribe",
        help="Subscribe",
        options=[
            Option(name="to", kind=OptionKind.TARGET, help="to what", wide=True),
            Option(name="mode", help="when", choices=("instant", "daily")),
            Option(name="threshold", kind=OptionKind.NUMBER, help="how relevant", named=True),
        ],
    )(nothing)
    return registry


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        pytest.param("/latest", "latest", {}, id="bare"),
        pytest.param("/latest openai 5", "latest", {"about": "openai", "count": "5"}, id="order"),
        pytest.param("latest 5", "latest", {"count": "5"}, id="only-a-number-is-the-count"),
        pytest.param(
            "/latest supply chain risk 5 3d",
            "latest",
            {"about": "supply chain risk", "count": "5", "since": "3d"},
            id="wide-without-quotes",
        ),
        pytest.param('/latest "gpt 5"', "latest", {"about": "gpt 5"}, id="quoted-number-stays"),
        pytest.param("/latest count:3 nist", "latest", {"about": "nist", "count": "3"}, id="named"),
        pytest.param("/latest --count 3", "latest", {"count": "3"}, id="dashes"),
        pytest.param("/LATEST nist", "latest", {"about": "nist"}, id="any-case"),
        pytest.param(
            '/watch test "red lines" OR title:appeal',
            "watch test",
            {"query": '"red lines" OR title:appeal'},
            id="query-keeps-quotes",
        ),
        pytest.param(
            '/watch test "injunction AND appeal"',
            "watch test",
            {"query": "injunction AND appeal"},
            id="quotes-around-a-whole-query",
        ),
        pytest.param(
            "/watch test “red lines”", "watch test", {"query": "“red lines”"}, id="a-phrase-stays"
        ),
        pytest.param(
            "/subscribe supply-chain-risk daily",
            "subscribe",
            {"to": "supply-chain-risk", "mode": "daily"},
            id="choice-from-the-right",
        ),
        pytest.param(
            "/subscribe gpt 5", "subscribe", {"to": "gpt 5"}, id="a-named-option-claims-nothing"
        ),
        pytest.param(
            "/subscribe gpt threshold=0.7",
            "subscribe",
            {"to": "gpt", "threshold": "0.7"},
            id="a-named-option-by-its-name",
        ),
        pytest.param(
            "/quiet 22:00 - 7:00 Europe/Berlin",
            "quiet",
            {"hours": "22:00 - 7:00", "zone": "Europe/Berlin"},
            id="a-zone-by-its-form",
        ),
        pytest.param(
            "/latest 5 acme", "latest", {"about": "acme", "count": "5"}, id="the-number-first"
        ),
        pytest.param('/latest "openai 50"', "latest", {"about": "openai 50"}, id="quoted-number"),
        pytest.param("/latest „Lieferkette“", "latest", {"about": "Lieferkette"}, id="german"),
        pytest.param("/latest ”leverans”", "latest", {"about": "leverans"}, id="swedish"),
        pytest.param("/latest »forsyning«", "latest", {"about": "forsyning"}, id="danish"),
    ],
)
def test_reads_a_line(line: str, name: str, values: dict[str, str]) -> None:
    command, read = read_line(make_registry(), line)
    assert (command.name, read) == (name, values)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("/latets", "latest", id="typo-suggests"),
        pytest.param("/watch", "/watch test", id="group-alone-lists-its-words"),
        pytest.param("/watch tset x", "watch test", id="typo-in-a-group"),
        pytest.param("/latest --counter 3", "count", id="unknown-option-lists-options"),
        pytest.param("/latest --cuont 3", "Did you mean count", id="misspelt-option"),
        pytest.param("/latest openai cuont:3", "Did you mean count", id="misspelt-named-option"),
        pytest.param('/latest "open', "not closed. Close it", id="unclosed-quote"),
        pytest.param("/latest openai 50", 'from 1 to 20, not 50.*quote.* "openai 50"', id="range"),
        pytest.param("/latest 50", "from 1 to 20, not 50", id="only-a-number-out-of-range"),
        pytest.param("/latest acme -3", "from 1 to 20, not -3", id="below-zero"),
        pytest.param("", "/help", id="empty"),
        pytest.param("/watch list now", "one word too many", id="too-many-words"),
    ],
)
def test_refuses_with_a_way_on(line: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_line(make_registry(), line)


def test_unknown_command_is_not_found() -> None:
    with pytest.raises(NotFound):
        read_line(make_registry(), "/zzz")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", timedelta(minutes=90)),
        ("6h", timedelta(hours=6)),
        ("3 days", timedelta(days=3)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_duration(text: str, span: timedelta) -> None:
    assert duration("since", text) == span


@pytest.mark.parametrize("text", ["soon", "3", "-1d", "99999d", "1y"])
def test_duration_refuses(text: str) -> None:
    with pytest.raises(UsageError, match="since"):
        duration("since", text)


def test_number_bounds_are_said() -> None:
    option = Option(name="count", kind=OptionKind.INTEGER, help="how many", between=(1, 20))
    with pytest.raises(UsageError, match="from 1 to 20"):
        check(option, "21")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0.7", 0.7), ("0,7", 0.7), ("70%", 0.7), (" .5 ", 0.5)],
)
def test_a_share_is_read_as_people_write_it(typed: str, number: float) -> None:
    option = Option(name="threshold", kind=OptionKind.NUMBER, help="x", between=(0, 1))
    assert check(option, typed) == pytest.approx(number)


def test_what_is_nearly_right_is_asked_back() -> None:
    share = Option(name="threshold", kind=OptionKind.NUMBER, help="x", between=(0, 1))
    with pytest.raises(UsageError, match=r"from 0 to 1, not 50. Did you mean 0.5\?"):
        check(share, "50")
    mode = Option(name="mode", help="how", choices=("daily", "weekly"), required=True)
    with pytest.raises(UsageError, match="Did you mean “daily”"):
        check(mode, "dayly")
    with pytest.raises(UsageError, match="“mode” is missing: how: daily, weekly"):
        check(mode, None)
    days = Option(name="days", kind=OptionKind.INTEGER, help="x", between=(1, 90))
    assert check(days, "14d") == 14
