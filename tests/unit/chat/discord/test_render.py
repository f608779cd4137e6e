"""Messages as Discord shows them: within its limits always, and feed text as plain characters."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.cutting import cut, splits
from bot.chat.discord.markdown import address, escaped, line
from bot.chat.discord.render import Page, colour, render, thread_name
from bot.message import (
    Block,
    Button,
    Code,
    Fields,
    Heading,
    Item,
    Link,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Preformatted,
    Strong,
    TimeStyle,
    Tone,
    When,
    paragraph,
)

NINE = datetime(2026, 3, 9, 9, 12, tzinfo=UTC)
NASTY = st.sampled_from(
    ["@everyone", "<@&1>", "[x](https://evil.example)", "**", "`", "```", "~~", "||", "> q", "# h",
     "-# s", "1. a", "- a", "<t:1:R>", "https://evil.example", "\u200b", "\u202e", "\ud800", "\\",
     "👩‍👩‍👧", "e\u0301", "🇩🇪", "\x00", "\n", "<:e:1>", "</latest:1>", "(", ")", "مرحبا"]
)  # fmt: skip
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=12).map("".join)
LONG = st.one_of(TEXT, st.builds(lambda t, n: t * n, TEXT, st.integers(1, 25)))
URL = st.one_of(
    st.just("https://npr.example/a?b=(c)"), LONG.map(lambda t: "https://a.example/" + t)
)
WHEN = st.builds(When, st.just(NINE), st.sampled_from(list(TimeStyle)))
PART: st.SearchStrategy[Any] = st.one_of(
    LONG, st.builds(Strong, LONG), st.builds(Code, LONG), st.builds(Link, LONG, URL), WHEN
)
LINE = st.lists(PART, max_size=5).map(tuple)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, LINE),
    st.builds(Heading, LONG),
    st.builds(Preformatted, LONG),
    st.builds(Fields, st.lists(st.builds(NamedField, LONG, LINE), max_size=30).map(tuple)),
    st.builds(
        Listing,
        st.lists(st.builds(Item, LINE, st.lists(LINE, max_size=4).map(tuple)), max_size=12).map(
            tuple
        ),
        st.booleans(),
    ),
)
MESSAGE = st.builds(
    Message,
    title=LONG,
    url=st.one_of(st.none(), URL),
    above=LINE,
    blocks=st.lists(BLOCK, max_size=6).map(tuple),
    footer=LINE,
    tone=st.sampled_from(list(Tone)),
    topic=TEXT,
)


def whole(page: Page) -> int:
    """The code points that count against the 6,000 of all embeds."""
    return len(page.embed)


def texts(page: Page) -> list[str]:
    embed = page.embed.to_dict()
    fields = [part for f in embed.get("fields", []) for part in (f["name"], f["value"])]
    return [embed.get("title", ""), embed.get("description", ""), *fields]


def obey_limits(page: Page) -> None:
    embed = page.embed
    assert whole(page) <= 6000
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert len(embed.url or "") <= 2048
    assert len(embed.footer.text or "") <= 2048
    assert len(embed.fields) <= 25
    for field in embed.fields:
        assert 0 < len((field.name or "").strip()) <= 256
        assert 0 < len((field.value or "").strip()) <= 1024
    assert embed.title or embed.description or embed.fields
    "".join(texts(page)).encode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(MESSAGE)
def test_any_message_renders_within_the_limits(message: Message) -> None:
    for page in render(replace(message, pages=(message,))):
        obey_limits(page)


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_feed_text_is_plain_characters(text: str) -> None:
    said = escaped(text)
    # A backslash and what follows it are one plain character.
    left = re.sub(r"\\[^0-9A-Za-z\s]", "", said)
    assert not re.search(r"[*_~`|<>\[\]@\\]|://", left)
    assert not re.match(r"\s*([#>+-]|\d+[.)])", said)
    assert "\n" not in said


@settings(max_examples=100, deadline=None)
@given(LONG, st.integers(0, 300))
def test_a_cut_fits_and_divides_no_character(text: str, room: int) -> None:
    short = cut(text, room, escaped)
    assert len(escaped(short)) <= room
    if short != text and len(short) > 1:
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        assert not splits(text, len(kept))


@settings(max_examples=100, deadline=None)
@given(LINE, st.integers(0, 400))
def test_a_line_fits_its_room_and_closes_what_it_opens(parts: Any, room: int) -> None:
    said = line(parts, room)
    assert len(said) <= room
    # From the left: within code a backslash is one, outside it may stand before a backtick.
    bare = re.sub(r"\\[^0-9A-Za-z\s]|`[^`]*`", "", said)
    bare = re.sub(r"\[[^\[\]]*\]\(https?://[^\s()<>]+\)", "", bare)
    bare = re.sub(r"<t:\d+:[tDfR]>", "", bare)
    assert not re.search(r"[<\[\]`]", bare), said
    assert bare.count("**") % 2 == 0


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        pytest.param("One two three. Four five", 18, "One two three.…", id="sentence"),
        pytest.param("Alpha beta gammadelta", 14, "Alpha beta…", id="word"),
        pytest.param("x" * 30, 10, "x" * 9 + "…", id="one-long-word"),
        pytest.param("ab👩‍👩‍👧cd", 6, "ab…", id="family"),
        pytest.param("abe\u0301cde", 4, "ab…", id="combining"),
        pytest.param("a🇩🇪🇫🇷bcd", 4, "a🇩🇪…", id="flags"),
        pytest.param("fits", 4, "fits", id="fits"),
        pytest.param("anything", 0, "", id="no-room"),
    ],
)
def test_where_text_is_cut(text: str, room: int, short: str) -> None:
    assert cut(text, room) == short


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("@everyone <@&12>", r"\@everyone \<\@&12\>", id="mentions"),
        pytest.param("[a](https://b.example)", r"\[a\](https\://b.example)", id="masked-link"),
        pytest.param("# Head", r"\# Head", id="heading"),
        pytest.param("-# small", r"\-# small", id="small"),
        pytest.param("3. of March", r"3\. of March", id="numbered"),
        pytest.param("> said", r"\> said", id="quote"),
        pytest.param("<t:0:R>", r"\<t:0:R\>", id="timestamp"),
        pytest.param("a\n# b\u2028c", "a # b c", id="one-line"),
        pytest.param("re\u202eversed\u200b", "reversed", id="direction-and-width"),
        pytest.param("S&P 500 - up 3.5%", "S&P 500 - up 3.5%", id="plain"),
    ],
)
def test_what_a_feed_writes_is_shown_as_it_stands(text: str, said: str) -> None:
    assert escaped(text) == said


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        pytest.param("https://a.example/b_(c)", "https://a.example/b_%28c%29", id="parentheses"),
        pytest.param("https://a.example/x y>z", "https://a.example/x%20y%3Ez", id="spaces"),
        pytest.param("https://a.example/%C3%A9", "https://a.example/%C3%A9", id="encoded-already"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("https://" + "a" * 3000, None, id="too-long"),
        pytest.param("https://[bad", None, id="broken"),
    ],
)
def test_addresses(url: str, safe: str | None) -> None:
    assert address(url) == safe


def alert() -> Message:
    return Message(
        title="Pentagon drops *Claude*",
        url="https://npr.example/a",
        above=(
            "Earlier: ",
            Link("Talks stall", "https://discord.com/channels/1/2/3"),
            ", ",
            _day(),
        ),
        blocks=(
            paragraph("The Pentagon dropped Claude on Friday."),
            Fields(
                (NamedField("Reported by", ("NPR, and 4 more",)), NamedField("About", ("Claude",)))
            ),
            paragraph("Why: ", Strong("Claude")),
        ),
        buttons=(Button("why", "Why", "7"),),
        footer=("7 outlets, first ", When(NINE), " NPR · s2k"),
        tone=Tone.NEWS,
        topic="military",
        mention="55",
    )


def _day() -> When:
    return When(NINE, TimeStyle.DATE)


def test_an_alert() -> None:
    [page] = render(alert())
    assert page.embed.title == r"Pentagon drops \*Claude\*"
    assert page.embed.url == "https://npr.example/a"
    assert page.embed.description == (
        "-# Earlier: [Talks stall](https://discord.com/channels/1/2/3), <t:1773047520:D>\n\n"
        "The Pentagon dropped Claude on Friday.\n\nWhy: **Claude**"
    )
    named = [(f.name, f.value, f.inline) for f in page.embed.fields]
    assert named[:2] == [("Reported by", "NPR, and 4 more", True), ("About", "Claude", True)]
    assert named[2][1] == "-# 7 outlets, first <t:1773047520:t> NPR · s2k"
    assert page.embed.colour == discord.Colour(colour(Tone.NEWS, "military"))
    assert page.mention == 55


def test_a_topic_has_its_own_colour_and_breaking_is_always_red() -> None:
    assert colour(Tone.NEWS, "military") == colour(Tone.NEWS, "military")
    assert len({colour(Tone.NEWS, topic) for topic in ("military", "courts", "chips")}) > 1
    assert colour(Tone.BREAKING, "military") == colour(Tone.BREAKING, "")


def test_fields_before_a_listing_stay_in_order() -> None:
    message = Message(
        blocks=(
            Fields((NamedField("Story", ("s2k",)),)),
            Heading("Reports"),
            Listing((Item(("First",), (("NPR",), ("seen",))), Item(("Second",))), numbered=True),
        )
    )
    [page] = render(message)
    assert not page.embed.fields
    assert page.embed.description == (
        "**Story** s2k\n\n**Reports**\n1. First\n-# NPR\n-# seen\n2. Second"
    )


def test_long_lists_go_on_to_further_pages_with_the_same_buttons() -> None:
    items = tuple(Item((f"Story {n} " + "word " * 60,)) for n in range(40))
    message = Message(title="Latest", blocks=(Listing(items),), buttons=(Button("why", "Why"),))
    pages = render(message)
    assert len(pages) > 2
    joined = "\n".join(page.embed.description or "" for page in pages)
    assert [n for n in range(40) if f"Story {n} " in joined] == list(range(40))
    assert all(page.embed.title == "Latest" and page.buttons for page in pages)


def test_a_role_is_pinged_only_by_its_id() -> None:
    assert render(Message(mention="everyone"))[0].mention is None
    assert render(Message(mention="@here"))[0].mention is None


def test_a_threads_name_is_cut_to_its_limit() -> None:
    assert thread_name(Message(title="word " * 60)).endswith("word…")
    assert len(thread_name(Message(title="word " * 60))) <= 100
    assert thread_name(Message()) == "AI policy"
