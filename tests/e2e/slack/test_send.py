"""The sender against a Slack on loopback: once, marked, found again, and every failure's scope."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.api import SlackApi
from bot.chat.slack.send import SlackSender
from bot.chat.slack.teams import OwnTeam
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    OutcomeUnknown,
    SendError,
    Wait,
    WorkspaceUnavailable,
)
from bot.message import Button, Item, Listing, Message, paragraph
from bot.model import Destination, DestinationId, WorkspaceId
from tests.support.alerting import NOON
from tests.support.eager import Eager
from tests.support.slack.server import LoopbackSlack, Trouble
from tests.support.slack.workspace import BOT_TOKEN, BOT_USER, TEAM

HERE = Destination(
    id=DestinationId(1),
    workspace=WorkspaceId(1),
    platform="slack",
    channel="C0NEWS",
    workspace_external=TEAM,
)
STORY = Message(
    title="Judge rules", blocks=(paragraph("Today."),), buttons=(Button("why", "Why", "1"),)
)


@asynccontextmanager
async def sending() -> AsyncIterator[tuple[LoopbackSlack, SlackSender, Eager]]:
    clock = Eager(NOON)
    slack = LoopbackSlack(lambda: clock.now().timestamp())
    async with slack.open(), aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            BOT_TOKEN, base_url=slack.api_url, session=session, retry_handlers=[]
        )
        yield slack, SlackSender(OwnTeam(SlackApi(client)), clock), clock
    assert not [one for one in slack.refused if "invalid" in one and "invalid_auth" not in one]


async def post(
    sender: SlackSender, place: Destination = HERE, nonce: str = "n1", **given: str
) -> str:
    posted = await sender.post(
        place, STORY, key="story:1", nonce=nonce, reply_to=given.get("reply_to")
    )
    return posted.ref


async def test_a_public_channel_is_joined_before_the_first_post() -> None:
    async with sending() as (slack, sender, _):
        ref = await post(sender)
        [message] = slack.said()
        assert ref == f"C0NEWS:{message['ts']}"
        assert message["metadata"] == {
            "event_type": "policywire_delivery",
            "event_payload": {"id": "n1"},
        }
        assert message["text"] == "Judge rules\nToday."
        await post(sender, nonce="n2")
        assert len(slack.called("conversations.join")) == 1
        assert sender.link(HERE, ref) == (
            f"https://home.slack.test/archives/C0NEWS/p{message['ts'].replace('.', '')}"
        )


async def test_a_private_channel_says_how_to_invite() -> None:
    async with sending() as (slack, sender, _):
        slack.home.channel("C0PRIV", "secret", private=True)
        with pytest.raises(ChannelUnavailable, match="/invite @policywire"):
            await post(sender, replace(HERE, channel="C0PRIV"))
        with pytest.raises(ChannelUnavailable, match="/invite @policywire"):
            await sender.check(replace(HERE, channel="C0PRIV"))
        slack.home.channels["C0PRIV"].members.add(BOT_USER)
        await sender.check(replace(HERE, channel="C0PRIV"))
        await post(sender, replace(HERE, channel="C0PRIV"))


async def test_an_edit_replaces_text_and_blocks_and_keeps_the_mark() -> None:
    async with sending() as (slack, sender, _):
        ref = await post(sender)
        await sender.edit(HERE, ref, replace(STORY, title="Judge rules, company sues"))
        [message] = slack.said()
        assert message["text"].startswith("Judge rules, company sues")
        assert message["blocks"][-1]["type"] == "actions"
        assert message["metadata"]["event_payload"] == {"id": "n1"}
        slack.said().clear()
        with pytest.raises(MessageGone):
            await sender.edit(HERE, ref, STORY)


async def test_long_messages_go_on_in_the_thread() -> None:
    async with sending() as (slack, sender, _):
        items = tuple(Item((f"Story {n} " + "word " * 40,)) for n in range(40))
        long = Message(title="Digest", blocks=(Listing(items),))
        posted = await sender.post(HERE, long, key="digest:1", nonce="n1", reply_to=None)
        first, *others = slack.said()
        assert others
        assert {one["thread_ts"] for one in others} == {first["ts"]}
        assert posted.ref.endswith(first["ts"])


async def test_a_lost_answer_is_found_again_and_nothing_stands_twice() -> None:
    async with sending() as (slack, sender, clock):
        await post(sender, nonce="n0")
        slack.trouble("chat.postMessage", Trouble(stores=True, drops=True))
        before = clock.now()
        with pytest.raises(OutcomeUnknown):
            await post(sender)
        assert len(slack.said()) == 2
        found = await sender.find(HERE, key="story:1", nonce="n1", since=before)
        assert found is not None
        assert found.ref.endswith(slack.said()[1]["ts"])
        assert await sender.find(HERE, key="story:2", nonce="n2", since=before) is None


async def test_a_lost_note_is_found_in_its_thread() -> None:
    async with sending() as (slack, sender, clock):
        root = await post(sender)
        clock.advance(timedelta(days=2))
        since = clock.now()
        slack.trouble("chat.postMessage", Trouble(stores=True, word="internal_error"))
        with pytest.raises(OutcomeUnknown):
            await post(sender, nonce="n2", reply_to=root)
        found = await sender.find(HERE, key="note:1:x", nonce="n2", since=since)
        assert found is not None
        assert found.ref == f"C0NEWS:{slack.said()[1]['ts']}"


async def test_a_person_is_told_directly_and_found_where_slack_opened() -> None:
    async with sending() as (_, sender, clock):
        own = replace(HERE, channel="@U0ANY", owner="U0ANY")
        since = clock.now()
        assert (await post(sender, own)).startswith("D0ANY:")
        found = await sender.find(own, key="story:1", nonce="n1", since=since)
        assert found is not None
        assert found.ref.startswith("D0ANY:")


@pytest.mark.parametrize(
    ("trouble", "scope", "seconds"),
    [
        pytest.param(Trouble(word="ratelimited", status=429, retry_after="7"), Wait, 7, id="429"),
        pytest.param(Trouble(word="ratelimited", status=429), Wait, None, id="no-time"),
        pytest.param(Trouble(word="service_unavailable"), Wait, None, id="outage"),
        pytest.param(Trouble(status=503), OutcomeUnknown, None, id="503"),
        pytest.param(Trouble(drops=True), OutcomeUnknown, None, id="reset"),
        pytest.param(Trouble(word="fatal_error"), OutcomeUnknown, None, id="fatal"),
        pytest.param(Trouble(word="is_archived"), ChannelUnavailable, None, id="archived"),
        pytest.param(Trouble(word="token_revoked"), WorkspaceUnavailable, None, id="revoked"),
    ],
)
async def test_each_failure_has_its_scope_and_is_never_tried_twice(
    trouble: Trouble, scope: type[SendError], seconds: float | None
) -> None:
    async with sending() as (slack, sender, _):
        slack.home.channels["C0NEWS"].members.add(BOT_USER)
        slack.trouble("chat.postMessage", trouble)
        with pytest.raises(scope) as raised:
            await post(sender)
        assert len(slack.called("chat.postMessage")) == 1
        if isinstance(raised.value, Wait) and trouble.status == 429:
            assert raised.value.seconds == seconds


async def test_an_edit_that_is_in_doubt_may_be_made_again() -> None:
    async with sending() as (slack, sender, _):
        ref = await post(sender)
        slack.trouble("chat.update", Trouble(stores=True, drops=True))
        with pytest.raises(Wait):
            await sender.edit(HERE, ref, STORY)


async def test_another_workspace_is_refused() -> None:
    async with sending() as (slack, sender, _):
        with pytest.raises(WorkspaceUnavailable, match="T0OTHER"):
            await post(sender, replace(HERE, workspace_external="T0OTHER"))
        assert not slack.called("chat.postMessage")


async def test_one_message_a_second_a_channel() -> None:
    async with sending() as (slack, sender, clock):
        slack.paced = True
        slack.home.channels["C0NEWS"].members.add(BOT_USER)
        began = clock.now()
        for number in range(5):
            await post(sender, nonce=f"n{number}")
        assert clock.now() - began == timedelta(seconds=4)
        assert not slack.refused


async def test_a_workspace_gets_three_hundred_a_minute() -> None:
    async with sending() as (slack, sender, clock):
        places = []
        for number in range(61):
            slack.home.channel(f"C{number}", f"c{number}", members={BOT_USER})
            places.append(replace(HERE, channel=f"C{number}"))
        began = clock.now()
        for number in range(300):
            await post(sender, places[number % 60], nonce=f"n{number}")
        assert clock.now() - began < timedelta(seconds=10)
        with pytest.raises(Wait) as raised:
            await post(sender, places[60])
        assert raised.value.seconds == pytest.approx(_left(began, clock.now()))


def _left(began: datetime, now: datetime) -> float:
    return (began + timedelta(minutes=1) - now).total_seconds()
