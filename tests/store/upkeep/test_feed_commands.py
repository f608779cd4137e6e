"""The `feed` commands on a real database and a small web."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.call import Actor
from bot.errors import FeedError, FeedErrorKind, NotAllowed, NotFound, UsageError
from bot.model import PollState
from bot.store import feeds as rows
from tests.support.kept_feeds import feed_at
from tests.support.newsroom import CHIEF, MANAGER, OTHER
from tests.support.office import Office

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Example Wire</title>
<link>https://example.org/</link>
<item><title>Pentagon drops Anthropic over red lines</title><link>https://example.org/a</link>
<guid>1</guid><pubDate>Mon, 09 Mar 2026 09:00:00 GMT</pubDate>
<description>The AI supplier had objected to military use.</description></item>
<item><title>Bakery opens</title><link>javascript:alert(1)</link><guid>2</guid>
<pubDate>Mon, 09 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
SITE = b"""<html><head>
<link rel="alternate" type="application/rss+xml" href="/feed">
<link rel="alternate" type="application/rss+xml" href="/comments">
</head></html>"""
OPML = b"""<opml version="2.0"><body><outline text="Courts">
<outline text="Example" xmlUrl="https://example.org/feed" policywireTier="1"/>
<outline text="Again" xmlUrl="https://npr.example/feed"/>
<outline text="Inside" xmlUrl="http://10.0.0.1/feed"/>
<outline text="Off" xmlUrl="https://off.example/feed" policywireEnabled="false"/>
<outline text="Odd" xmlUrl="ftp://example.org/feed"/>
</outline></body></opml>"""


@pytest.fixture(autouse=True)
def web(office: Office) -> None:
    """A site with two feeds, and a list."""
    office.web.pages = {
        "https://example.org": SITE,
        "https://example.org/feed": FEED,
        "https://example.org/comments": FEED.replace(b"Example Wire", b"Comments"),
        "https://example.org/list.opml": OPML,
        "https://example.org/broken.opml": b"<opml><body>",
    }


async def test_a_feed_is_added_for_this_workspace_alone(office: Office) -> None:
    reply = await office.say("feed add example.org/feed 15m")
    assert "“The Example Wire” (https://example.org/feed) will be read within a minute" in reply
    assert "The Example Wire" in await office.say("feed list")
    assert "every 15 min" in await office.say("feed list")
    assert "no feed of its own" in await office.say("feed list", place=OTHER)
    async with office.store.read() as conn:
        state = await feed_at(conn, "https://example.org/feed")
    assert state is not None
    assert (state.feed.shared, state.feed.outlet, state.feed.every) == (
        False,
        "The Example Wire",
        timedelta(minutes=15),
    )


async def test_a_site_with_several_feeds_asks_which(office: Office) -> None:
    reply = await office.say("feed add example.org")
    assert reply.splitlines()[:2] == ["Which one?", "https://example.org has 2 feeds."]
    assert "/feed add https://example.org/comments" in reply
    assert "no feed of its own" in await office.say("feed list")


async def test_what_is_there_already_is_told_kindly(office: Office) -> None:
    office.web.pages["https://npr.example/feed"] = FEED
    assert "read for everyone already" in await office.say("feed add npr.example/feed")
    await office.say("feed add example.org/feed")
    assert "read for this workspace already" in await office.say("feed add example.org/feed")


@pytest.mark.parametrize(
    ("line", "actor", "error"),
    [
        pytest.param("feed add example.org/feed", MANAGER, NotAllowed, id="needs-the-right"),
        pytest.param("feed add /etc/passwd", CHIEF, UsageError, id="a-path"),
        pytest.param("feed add http://127.0.0.1/feed", CHIEF, FeedError, id="private-address"),
        pytest.param("feed add gone.example", CHIEF, FeedError, id="not-there"),
        pytest.param("feed add example.org/feed 5s", CHIEF, UsageError, id="no-duration"),
        pytest.param("feed add example.org/feed 3d", CHIEF, UsageError, id="too-seldom"),
        pytest.param("feed remove f99", CHIEF, NotFound, id="no-such-feed"),
        pytest.param("feed remove NPR feed", CHIEF, UsageError, id="everyones"),
        pytest.param("feed import example.org/broken.opml", CHIEF, UsageError, id="broken-list"),
        pytest.param("feed import example.org/feed", CHIEF, UsageError, id="a-feed-is-no-list"),
        pytest.param("feed preview gone.example", CHIEF, FeedError, id="no-feed"),
    ],
)
async def test_refused(office: Office, line: str, actor: Actor, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await office.say(line, actor=actor)
    assert len(str(raised.value)) > 20


async def test_a_private_address_is_refused_with_the_reason(office: Office) -> None:
    with pytest.raises(FeedError, match="this machine itself") as raised:
        await office.say("feed add http://127.0.0.1/feed")
    assert raised.value.kind is FeedErrorKind.REFUSED


async def test_limit(office: Office) -> None:
    await office.reply("feed add example.org/feed", limit=1)
    with pytest.raises(UsageError, match="1 are the limit"):
        await office.reply("feed add example.org/comments", limit=1)


@pytest.mark.parametrize("typed", ["The Example Wire", "example.org/feed", "{label}"])
async def test_a_feed_is_removed_by_title_address_or_label(office: Office, typed: str) -> None:
    await office.say("feed add example.org/feed")
    async with office.store.read() as conn:
        state = await feed_at(conn, "https://example.org/feed")
    assert state is not None
    typed = typed.format(label=f"f{state.feed.id}")
    assert "is no longer read" in await office.say(f"feed remove {typed}")
    assert "no feed of its own" in await office.say("feed list")


async def test_another_workspaces_feed_cannot_be_removed(office: Office) -> None:
    await office.say("feed add example.org/feed", place=OTHER)
    with pytest.raises(NotFound):
        await office.say("feed remove example.org/feed")


async def test_a_preview_judges_the_newest_entries_and_adds_nothing(office: Office) -> None:
    reply = await office.say("feed preview example.org/feed")
    assert "https://example.org/feed lists 2 entries." in reply
    assert "• Pentagon drops Anthropic over red lines <https://example.org/a>" in reply
    assert "names Department of Defense, Anthropic" in reply
    assert "javascript" not in reply
    assert "• Bakery opens" in reply
    async with office.store.read() as conn:
        assert await feed_at(conn, "https://example.org/feed") is None


async def test_an_import_reports_what_became_of_each_feed(office: Office) -> None:
    lines = (await office.say("feed import example.org/list.opml")).splitlines()
    assert lines[1] == "1 added, 1 known already, 3 refused."
    assert lines[lines.index("Added") + 1] == "• Example"
    assert lines[lines.index("Known already") + 1] == "• Again"
    refused = "\n".join(lines[lines.index("Refused") :])
    assert "• Inside\nFeeds are not fetched from 10.0.0.1: a private network." in refused
    assert "• Off\nit is switched off in the list" in refused
    assert "over http and https only" in refused


async def test_an_imported_list_makes_no_primary_source(office: Office) -> None:
    await office.say("feed import example.org/list.opml")
    async with office.store.read() as conn:
        state = await feed_at(conn, "https://example.org/feed")
    assert state is not None
    assert (state.feed.tier, state.feed.folder) == (3, "Courts")


async def test_an_export_leaves_out_addresses_with_secrets(office: Office) -> None:
    office.web.pages["https://example.org/private?token=abc"] = FEED.replace(b"Wire", b"Secret")
    await office.say("feed add example.org/feed")
    await office.say("feed add https://example.org/private?token=abc")
    reply = await office.reply("feed export")
    assert reply.private
    (file,) = reply.attachments
    assert b'xmlUrl="https://example.org/feed"' in file.content
    assert b"abc" not in file.content
    listed = await office.say("feed list")
    assert "abc" not in listed
    assert "Left out" in await office.say("feed export")


async def test_an_export_of_nothing_says_so(office: Office) -> None:
    assert "nothing to export" in await office.say("feed export")


async def test_feeds_in_trouble_are_listed_with_the_cause(office: Office) -> None:
    async with office.store.write() as conn:
        (state, *_) = await rows.all_feeds(conn)
        await rows.save_polls(conn, [_failing(state, office)])
    reply = await office.say("feed list failing")
    assert "failing: it answered 404" in reply
    assert "1 in trouble" in reply


def _failing(state: PollState, office: Office) -> PollState:
    return replace(
        state,
        failures=3,
        error_kind=FeedErrorKind.NOT_FOUND,
        error="it answered 404",
        failing_since=office.now,
    )
