"""Messages as Block Kit: limits by construction, and a feed's text that stays plain."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.compose import story_message
from bot.alerts.view import view_of
from bot.chat.slack.render import MOST_BLOCKS, TEXT, Page, action_of, render
from bot.message import (
    Block,
    Button,
    Code,
    Fields,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Picture,
    Preformatted,
    Strong,
    TimeStyle,
    When,
    note,
    paragraph,
)
from bot.model import DeliveryId
from tests.support.alerting import report, story
from tests.support.slack.blocks import check_blocks, shown, strings, units

AT = datetime(2026, 2, 27, 9, 12, tzinfo=UTC)
HOSTILE = "<!channel> <@U1> @here *b* _i_ ~s~ `c` <http://evil.test|bank> :siren: &amp; \u202e\x00"


def one(message: Message) -> Page:
    [page] = render(message)
    check_blocks(page.blocks)
    return page


def rich(page: Page) -> list[dict[str, Any]]:
    """All inline parts of the page's rich text."""
    found: list[dict[str, Any]] = []

    def walk(element: dict[str, Any]) -> None:
        for part in element.get("elements", ()):
            if "elements" in part:
                walk(part)
            else:
                found.append(part)

    for block in page.blocks:
        if block["type"] == "rich_text":
            walk(block)
    return found


def test_an_alert_is_a_linked_title_summary_fields_footer_and_buttons() -> None:
    view = view_of(story(report(1, title="Judge rules", url="https://npr.test/1")), None)
    assert view is not None
    page = one(story_message(view, delivery=DeliveryId(7)))
    kinds = [block["type"] for block in page.blocks]
    assert kinds[-2:] == ["context", "actions"]
    assert rich(page)[0] == {
        "type": "link",
        "url": "https://npr.test/1",
        "text": "Judge rules",
        "style": {"bold": True},
    }
    buttons = page.blocks[-1]["elements"]
    assert [b["action_id"] for b in buttons] == [
        "pw:why",
        "pw:sources",
        "pw:mute-story",
        "pw:not-relevant",
    ]
    assert {b["value"] for b in buttons} == {"7"}
    assert page.text.startswith("Judge rules\n")
    assert "first 11:59 UTC" in page.text


def test_a_feed_can_neither_mention_nor_format_nor_link() -> None:
    item = Item((HOSTILE,), ((HOSTILE,),))
    blocks: tuple[Block, ...] = (
        paragraph(HOSTILE, Strong(HOSTILE)),
        Heading(HOSTILE),
        Listing((item,)),
        Fields((NamedField(HOSTILE, (HOSTILE,)),)),
        Preformatted(HOSTILE),
    )
    message = Message(title=HOSTILE, above=(HOSTILE,), blocks=blocks, footer=(HOSTILE,))
    page = one(message)
    assert {part["type"] for part in rich(page)} == {"text"}
    objects = [e for b in page.blocks if b["type"] == "context" for e in b["elements"]]
    assert {e["type"] for e in objects} == {"plain_text"}
    assert "<" not in page.text
    assert "&lt;!channel&gt;" in page.text
    assert "&amp;amp;" in page.text
    assert not any("\u202e" in text or "\x00" in text for text in strings(page.blocks))


@pytest.mark.parametrize(
    ("style", "format_"),
    [
        pytest.param(TimeStyle.TIME, "{time}", id="time"),
        pytest.param(TimeStyle.DATE, "{date_short_pretty}", id="date"),
        pytest.param(TimeStyle.DATE_TIME, "{date_short_pretty} {time}", id="both"),
        pytest.param(TimeStyle.RELATIVE, "{ago}", id="relative"),
    ],
)
def test_times_are_slack_dates(style: TimeStyle, format_: str) -> None:
    when = When(AT, style)
    page = one(Message(blocks=(paragraph("seen ", when),), footer=("first ", when)))
    part = rich(page)[1]
    assert (part["type"], part["timestamp"], part["format"]) == ("date", AT.timestamp(), format_)
    small = page.blocks[-1]["elements"][1]
    assert small["text"].startswith(f"<!date^{int(AT.timestamp())}^{format_}|")


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("javascript:alert(1)", id="scheme"),
        pytest.param("https://a.test/|x", id="bar"),
        pytest.param("https://a.test/ b", id="space"),
        pytest.param("https://", id="no-host"),
        pytest.param("https://[", id="broken"),
        pytest.param("https://a.test/" + "x" * 3_000, id="long"),
    ],
)
def test_what_is_no_address_is_no_link(url: str) -> None:
    assert rich(one(Message(blocks=(paragraph(Link("read", url)),))))[0]["type"] == "text"


@pytest.mark.parametrize(
    ("role", "part", "said"),
    [
        pytest.param("S012AB", {"type": "usergroup"}, "<!subteam^S012AB>", id="group"),
        pytest.param("U012AB", {"type": "user"}, "<@U012AB>", id="member"),
        pytest.param("policy<!here>", {"type": "text"}, "@policy&lt;!here&gt;", id="a-name"),
    ],
)
def test_one_group_or_member_is_pinged(role: str, part: dict[str, str], said: str) -> None:
    page = one(Message(title="Story", mention=role))
    assert rich(page)[0]["type"] == part["type"]
    assert page.text.startswith(said)


def test_commands_are_shown_as_slack_takes_them() -> None:
    page = one(Message(blocks=(paragraph("Try ", Code("/latest openai")),)))
    assert rich(page)[1]["text"] == "/policywire latest openai"


def test_a_long_message_goes_on_and_loses_nothing() -> None:
    items = tuple(Item((f"Story number {n} " + "word " * 30,)) for n in range(60))
    pages = render(Message(title="Digest", blocks=(Listing(items, numbered=True),)))
    assert len(pages) > 1
    for page in pages:
        check_blocks(page.blocks)
    together = "".join(shown(page.blocks) for page in pages)
    assert all(f"Story number {n} " in together for n in range(60))
    lists = [b["elements"][0] for page in pages for b in page.blocks if b["type"] != "header"]
    offsets = [one.get("offset", 0) for one in lists]
    assert offsets == sorted(set(offsets))


def test_buttons_files_and_ping_are_on_the_first_page_only() -> None:
    message = Message(
        blocks=tuple(paragraph("word " * 300) for _ in range(6)),
        buttons=(Button("why", "Why", "1"), Button("why", "Why not", "2")),
        picture=Picture("chart.png", b"x", "a chart"),
        mention="S012AB",
    )
    first, *others = render(message)
    assert [b["action_id"] for b in first.blocks[-1]["elements"]] == ["pw:why", "pw:why:1"]
    assert first.picture is not None
    assert others
    for page in others:
        assert page.picture is None
        assert page.blocks[-1]["type"] != "actions"
        assert "subteam" not in page.text


@pytest.mark.parametrize(
    ("action_id", "action"),
    [
        pytest.param("pw:why", "why", id="plain"),
        pytest.param("pw:why:1", "why", id="second"),
        pytest.param("other", None, id="not-ours"),
    ],
)
def test_an_action_is_known_by_its_id(action_id: str, action: str | None) -> None:
    assert action_of(action_id) == action


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Message(), id="empty"),
        pytest.param(note("\x00"), id="control"),
        pytest.param(Message(title="   ", blocks=(paragraph(" "),)), id="blank"),
        pytest.param(Message(footer=("",)), id="empty-footer"),
        pytest.param(Message(blocks=(Listing(()), Fields(()), Preformatted(""))), id="nothing-in"),
        pytest.param(Message(blocks=(Listing((Item(()),)),)), id="empty-item"),
    ],
)
def test_a_message_of_nothing_is_still_one(message: Message) -> None:
    assert one(message).text


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("ab <>&*_~`|@!#\U0001f600\ud800\u202e\n", max_size=400),
    st.sampled_from([HOSTILE, "word " * 500, "x" * 2_500, "\U0001f600" * 1_200]),
)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 (made aware)
    lambda at: at.replace(tzinfo=UTC)
)
INLINE: st.SearchStrategy[Inline] = st.one_of(
    TEXTS,
    TEXTS.map(Strong),
    TEXTS.map(Code),
    st.builds(Link, TEXTS, st.one_of(TEXTS, st.just("https://a.test/b"))),
    st.builds(When, TIMES, st.sampled_from(TimeStyle)),
)
LINES = st.lists(INLINE, max_size=5).map(tuple)
ITEMS = st.builds(Item, LINES, st.lists(LINES, max_size=9).map(tuple))
BLOCKS = st.one_of(
    st.builds(Paragraph, LINES),
    st.builds(Heading, TEXTS),
    st.builds(Listing, st.lists(ITEMS, max_size=12).map(tuple), st.booleans()),
    st.builds(Fields, st.lists(st.builds(NamedField, TEXTS, LINES), max_size=12).map(tuple)),
    st.builds(Preformatted, TEXTS),
)
MESSAGES = st.builds(
    Message,
    title=TEXTS,
    url=st.one_of(st.none(), TEXTS, st.just("https://a.test/b")),
    above=LINES,
    blocks=st.lists(BLOCKS, max_size=8).map(tuple),
    buttons=st.lists(st.builds(Button, st.just("why"), TEXTS, TEXTS), max_size=30).map(tuple),
    footer=LINES,
    mention=st.one_of(st.none(), TEXTS, st.just("S012AB")),
)


@settings(max_examples=50, deadline=timedelta(seconds=5))
@given(MESSAGES)
def test_any_message_is_within_the_limits(message: Message) -> None:
    for page in render(message):
        check_blocks(page.blocks)
        assert 0 < units(page.text) <= TEXT
        assert len(page.blocks) <= MOST_BLOCKS
