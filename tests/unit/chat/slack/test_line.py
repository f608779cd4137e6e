"""What Slack makes of a typed line, undone."""

import pytest

from bot.chat.slack.line import as_typed
from bot.chat.slack.once import REMEMBERED, Once
from bot.chat.slack.wording import Wording
from bot.message import Code, Heading, Item, Listing, Message, Strong, paragraph


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        pytest.param("latest  ", "latest", id="plain"),
        pytest.param("watch test “a b” ‘c’", "watch test \"a b\" 'c'", id="smart-quotes"),
        pytest.param("relevance&gt;0.5 AT&amp;T", "relevance>0.5 AT&T", id="entities"),
        pytest.param("&amp;lt;b", "&lt;b", id="ampersand-last"),
        pytest.param("subscribe <#C1|ai>", "subscribe <#C1>", id="channel"),
        pytest.param("mention:<@U1|ann>", "mention:<@U1>", id="member"),
        pytest.param("mention:<!subteam^S1|@policy>", "mention:<@S1>", id="group"),
        pytest.param("mention:<!here|here>", "mention:@here", id="everyone-there"),
        pytest.param("<https://a.test/x?b=1&amp;c|a.test>", "https://a.test/x?b=1&c", id="link"),
        pytest.param("<mailto:a@b.test|a@b.test>", "a@b.test", id="mail"),
        pytest.param("a < b > c", "a < b > c", id="bare-brackets"),
    ],
)
def test_a_line_is_as_it_was_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


def test_a_request_comes_once_and_only_the_latest_are_remembered() -> None:
    once = Once()
    assert not once.again("a")
    assert once.again("a")
    assert not once.again("")
    assert not once.again("")
    for number in range(REMEMBERED):
        once.again(str(number))
    assert not once.again("a")


def test_commands_in_sentences_are_worded_for_slack() -> None:
    wording = Wording(["latest", "watch add"])
    message = Message(
        title="/watch add <query>",
        blocks=(
            paragraph("Type /latest, not and/latest or https://a.test/latest. ", Strong("/watch")),
            Listing((Item(("/latest",), (("/nothing",),)),)),
            Heading("/latest"),
        ),
        footer=(Code("/latest"),),
    )
    said = wording.message(message)
    assert said.title == "/policywire watch add <query>"
    assert said.blocks[0] == paragraph(
        "Type /policywire latest, not and/latest or https://a.test/latest. ",
        Strong("/policywire watch"),
    )
    assert said.blocks[1] == Listing((Item(("/policywire latest",), (("/nothing",),)),))
    assert said.footer == (Code("/latest"),)
