"""The sender over the wire: once, or looked up; each failure in its own scope."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.chat.discord.send import DiscordSender
from bot.clock import SteppedClock
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    Wait,
    WorkspaceUnavailable,
)
from bot.message import Attachment, Button, Message, Tone, note, paragraph
from bot.model import Destination, DestinationId, DestinationKind, WorkspaceId
from tests.support.discord.limits import Limits
from tests.support.discord.loopback import (
    FORUM,
    GUILD,
    TOKEN,
    LoopbackDiscord,
    Trouble,
    limited,
)

STORY = Message(
    title="Pentagon drops Claude",
    url="https://npr.example/a",
    blocks=(paragraph("The Pentagon dropped Claude on Friday."),),
    buttons=(Button("why", "Why", "7"),),
    tone=Tone.NEWS,
)
NONCE = "abcdefghijklmnopqrstuvwxy"


def place(channel: int | str, **more: Any) -> Destination:
    return Destination(
        id=DestinationId(1),
        workspace=WorkspaceId(1),
        platform="discord",
        channel=str(channel),
        workspace_external=str(GUILD),
        **more,
    )


def forum(channel: int) -> Destination:
    return place(channel, kind=DestinationKind.FORUM)


async def post(
    sender: DiscordSender,
    to: Destination,
    message: Message = STORY,
    *,
    nonce: str = NONCE,
    reply_to: str | None = None,
) -> str:
    posted = await sender.post(to, message, key="story:1", nonce=nonce, reply_to=reply_to)
    return posted.ref


async def test_a_post_carries_our_nonce_and_pings_nobody(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    ref = await post(sender, place(here))
    [message] = there.messages[here]
    assert ref == f"{here}/{message['id']}"
    [sent] = [body for method, _, body in there.requests if method == "POST"]
    assert (sent["nonce"], sent["enforce_nonce"]) == (NONCE, True)
    assert sent["allowed_mentions"]["parse"] == []
    assert message["content"] == ""
    assert sender.link(place(here), ref) == f"https://discord.com/channels/{GUILD}/{ref}"


async def test_the_same_nonce_makes_one_message(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    assert await post(sender, place(here)) == await post(sender, place(here))
    assert len(there.messages[here]) == 1


async def test_one_role_is_pinged_and_never_everybody(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    for role in ("55", str(GUILD)):
        await post(sender, place(here), Message(title="x", mention=role), nonce=role)
    first, second = there.messages[here]
    assert first["content"] == "<@&55>"
    assert first["allowed_mentions"]["roles"] in ([55], ["55"])
    assert first["allowed_mentions"]["parse"] == []
    assert second["content"] == ""


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(Trouble(status=500), id="500-lost"),
        pytest.param(Trouble(status=502, stored=True), id="502-stored"),
        pytest.param(Trouble(stored=True), id="stored-answer-dropped"),
        pytest.param(Trouble(), id="dropped"),
    ],
)
async def test_an_unclear_answer_is_looked_up_never_sent_again(
    there: LoopbackDiscord, sender: DiscordSender, trouble: Trouble
) -> None:
    here = there.channel()
    there.troubles.append(trouble)
    since = datetime.now(UTC)
    with pytest.raises(OutcomeUnknown):
        await post(sender, place(here))
    assert sum(method == "POST" for method, _, _ in there.requests) == 1
    found = await sender.find(place(here), key="story:1", nonce=NONCE, since=since)
    assert (found is not None) == trouble.stored
    if found is not None:
        assert found.ref == f"{here}/{there.messages[here][0]['id']}"


async def test_a_message_without_buttons_is_found_by_its_footmark(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    there.troubles.append(Trouble(stored=True))
    since = datetime.now(UTC)
    with pytest.raises(OutcomeUnknown):
        await post(sender, place(here), note("While away: 3 stories."))
    assert await sender.find(place(here), key="away:1", nonce=NONCE, since=since) is not None
    other = "z" * 25
    assert await sender.find(place(here), key="away:2", nonce=other, since=since) is None
    later = since + timedelta(hours=1)
    assert await sender.find(place(here), key="away:1", nonce=NONCE, since=later) is None


async def test_a_limit_is_waited_for_and_the_post_comes_once(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    there.troubles += [limited(0.01), limited(0.01, everywhere=True)]
    await post(sender, place(here))
    assert len(there.messages[here]) == 1


async def test_a_long_limit_goes_to_the_outbox(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    there.troubles.append(limited(300))
    with pytest.raises(Wait) as caught:
        await post(sender, place(here))
    assert caught.value.seconds == 300


async def test_an_edit_pings_nobody_and_keeps_what_stands_above(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    ref = await post(sender, place(here), Message(title="One", mention="55"))
    await sender.edit(place(here), ref, Message(title="Two"))
    [message] = there.messages[here]
    assert (message["embeds"][0]["title"], message["content"]) == ("Two", "<@&55>")
    [sent] = [body for method, _, body in there.requests if method == "PATCH"]
    assert sent["allowed_mentions"]["parse"] == []
    assert "content" not in sent


async def test_a_deleted_message_is_gone(there: LoopbackDiscord, sender: DiscordSender) -> None:
    here = there.channel()
    ref = await post(sender, place(here))
    there.messages[here].clear()
    with pytest.raises(MessageGone):
        await sender.edit(place(here), ref, STORY)
    with pytest.raises(MessageGone):
        await post(sender, place(here), note("Correction"), reply_to=ref)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        pytest.param(403, 50001, ChannelUnavailable, id="no-access"),
        pytest.param(403, 50013, ChannelUnavailable, id="no-permission"),
        pytest.param(404, 10003, ChannelUnavailable, id="deleted"),
        pytest.param(400, 40058, ChannelUnavailable, id="forum-takes-posts"),
        pytest.param(400, 40067, ChannelUnavailable, id="tag-required"),
        pytest.param(403, 160005, ChannelUnavailable, id="locked"),
        pytest.param(404, 10004, WorkspaceUnavailable, id="removed"),
        pytest.param(401, 0, WorkspaceUnavailable, id="token"),
        pytest.param(400, 50035, MessageRefused, id="invalid-form"),
        pytest.param(400, 200000, MessageRefused, id="automod"),
        pytest.param(400, 240000, MessageRefused, id="harmful-link"),
        pytest.param(429, 30046, Wait, id="edits-of-old-messages"),
        pytest.param(400, 20028, Wait, id="channel-write-limit"),
        pytest.param(400, 40003, Wait, id="too-fast"),
        pytest.param(429, 0, Wait, id="cloudflare"),
    ],
)
async def test_every_failure_has_its_scope(
    there: LoopbackDiscord, sender: DiscordSender, status: int, code: int, kind: type[Exception]
) -> None:
    here = there.channel()
    there.refused["POST", here] = (status, code)
    with pytest.raises(kind):
        await post(sender, place(here))
    assert not there.messages[here]


async def test_a_forum_gets_one_post_a_saga(there: LoopbackDiscord, sender: DiscordSender) -> None:
    here = there.channel(FORUM)
    first = await post(sender, forum(here))
    thread = int(first.split("/")[0])
    assert there.channels[thread]["name"] == "Pentagon drops Claude"
    assert thread != here
    second = await post(sender, forum(here), reply_to=first, nonce="n2")
    assert second.startswith(f"{thread}/")
    assert len(there.messages[thread]) == 2
    await sender.edit(forum(here), first, Message(title="Changed"))
    assert there.titles(thread)[0] == "Changed"


async def test_a_forum_post_whose_answer_was_lost_is_found(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel(FORUM)
    there.troubles.append(Trouble(stored=True))
    since = datetime.now(UTC)
    with pytest.raises(OutcomeUnknown):
        await post(sender, forum(here))
    found = await sender.find(forum(here), key="story:1", nonce=NONCE, since=since)
    assert found is not None
    thread, message = found.ref.split("/")
    assert thread == message


async def test_a_deleted_forum_post_is_gone_so_the_story_posts_anew(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel(FORUM)
    first = await post(sender, forum(here))
    del there.channels[int(first.split("/")[0])]
    with pytest.raises(MessageGone):
        await post(sender, forum(here), reply_to=first)


async def test_a_forum_that_insists_on_a_tag_gets_one(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    tags = [
        {"id": "71", "name": "Staff", "moderated": True},
        {"id": "72", "name": "Chips", "moderated": False},
    ]
    here = there.channel(FORUM, flags=1 << 4, available_tags=tags)
    await sender.check(forum(here))
    first = await post(sender, forum(here))
    thread = int(first.split("/")[0])
    assert there.channels[thread]["applied_tags"] == ["72"]
    assert len(there.messages[thread]) == 1


async def test_a_forum_whose_tags_are_all_for_moderators_is_said_to_be_closed(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel(FORUM, flags=1 << 4, available_tags=[])
    with pytest.raises(ChannelUnavailable, match="needs a tag"):
        await sender.check(forum(here))
    with pytest.raises(ChannelUnavailable, match="wants a tag"):
        await post(sender, forum(here))


@pytest.mark.parametrize(
    "code", [pytest.param(160005, id="locked"), pytest.param(50083, id="put-away")]
)
async def test_a_closed_forum_post_closes_no_forum(
    there: LoopbackDiscord, sender: DiscordSender, code: int
) -> None:
    here = there.channel(FORUM)
    first = await post(sender, forum(here))
    there.refused["POST", int(first.split("/")[0])] = (400, code)
    with pytest.raises(MessageGone):
        await post(sender, forum(here), reply_to=first, nonce="n2")


async def test_a_correction_whose_thread_is_locked_answers_the_alert(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    ref = await post(sender, place(here))
    thread = int(ref.split("/")[1])
    there.refused["POST", thread] = (403, 160005)
    await post(sender, place(here), note("Correction"), reply_to=ref, nonce="n2")
    reference = there.messages[here][1]["message_reference"]
    assert int(reference["message_id"]) == thread


async def test_a_message_in_an_archived_thread_stays_as_it_is(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel(FORUM)
    first = await post(sender, forum(here))
    there.refused["PATCH", int(first.split("/")[0])] = (400, 50083)
    with pytest.raises(MessageRefused, match="archived"):
        await sender.edit(forum(here), first, Message(title="Changed"))


async def test_a_correction_stands_in_a_thread_under_its_alert(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    ref = await post(sender, place(here))
    for number in (1, 2):
        await post(
            sender, place(here), note(f"Correction {number}"), reply_to=ref, nonce=f"{number}"
        )
    thread = int(ref.split("/")[1])
    assert there.channels[thread]["name"] == "Pentagon drops Claude"
    assert len(there.messages[thread]) == 2
    assert len(there.messages[here]) == 1
    since = datetime.now(UTC)
    assert await sender.find(place(here), key="note", nonce="2", since=since) is not None


async def test_without_the_right_to_thread_a_correction_answers_the_alert(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    ref = await post(sender, place(here))
    thread = int(ref.split("/")[1])
    there.no_threads = True
    await post(sender, place(here), note("Correction"), reply_to=ref, nonce="n2")
    assert thread not in there.channels
    reference = there.messages[here][1]["message_reference"]
    assert int(reference["message_id"]) == thread


async def test_direct_messages(
    there: LoopbackDiscord, sender: DiscordSender, clock: SteppedClock
) -> None:
    own = place("@42", kind=DestinationKind.DIRECT, owner="42")
    ref = await post(sender, own)
    channel = int(ref.split("/")[0])
    button = there.messages[channel][0]["components"][0]["components"][0]
    assert button["custom_id"] == f"pw:why:7|{NONCE}|{GUILD}"
    assert sender.link(own, ref) == f"https://discord.com/channels/@me/{ref}"
    there.refused["POST", channel] = (403, 50007)
    with pytest.raises(ChannelUnavailable):
        await post(sender, own, nonce="n2")
    # Only a post can tell whether they are open again, so that is tried ever more rarely.
    with pytest.raises(ChannelUnavailable):
        await sender.check(own)
    clock.advance(timedelta(hours=1, seconds=1))
    await sender.check(own)
    with pytest.raises(ChannelUnavailable):
        await post(sender, own, nonce="n3")
    clock.advance(timedelta(hours=1, seconds=1))
    with pytest.raises(ChannelUnavailable):
        await sender.check(own)


async def test_direct_messages_that_vanished_park_their_watch(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    own = place("@42", kind=DestinationKind.DIRECT, owner="42")
    first = await post(sender, own)
    there.refused["POST", int(first.split("/")[0])] = (404, 10003)
    for reply_to in (None, first):
        with pytest.raises(ChannelUnavailable):
            await post(sender, own, nonce="n2", reply_to=reply_to)


async def test_check_names_each_missing_permission(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    await sender.check(place(here))
    denied = discord.Permissions(send_messages=True, embed_links=True).value
    there.channels[here]["permission_overwrites"] = [
        {"id": str(GUILD), "type": 0, "allow": "0", "deny": str(denied)}
    ]
    there.roles = [{**there.guild()["roles"][0], "permissions": str(_all_but_administrator())}]
    with pytest.raises(ChannelUnavailable, match="Send Messages, Embed Links"):
        await sender.check(place(here))
    there.in_guild = False
    with pytest.raises(WorkspaceUnavailable):
        await sender.check(place(here))


def _all_but_administrator() -> int:
    permissions = discord.Permissions.all()
    permissions.administrator = False
    return permissions.value


async def test_a_refused_token_is_the_workspaces_trouble(
    there: LoopbackDiscord, sender: DiscordSender, clock: SteppedClock
) -> None:
    here = there.channel()
    there.token = "another"
    # Asked once: who is refused 10,000 times in ten minutes is banned.
    for _ in range(3):
        with pytest.raises(WorkspaceUnavailable, match="DISCORD_TOKEN"):
            await post(sender, place(here))
    assert len(there.requests) == 1
    there.token = TOKEN
    clock.advance(timedelta(minutes=11))
    await post(sender, place(here))


async def test_who_is_shut_out_asks_for_nothing_meanwhile(
    there: LoopbackDiscord, sender: DiscordSender, clock: SteppedClock
) -> None:
    here, other = there.channel(), there.channel()
    await sender.check(place(here))
    there.refused["POST", here] = (429, 0)
    with pytest.raises(Wait):
        await post(sender, place(here))
    asked = len(there.requests)
    clock.advance(timedelta(minutes=4))
    with pytest.raises(Wait) as caught:
        await post(sender, place(other), nonce="n2")
    assert caught.value.seconds == 360
    assert caught.value.whole_workspace
    assert len(there.requests) == asked
    clock.advance(timedelta(minutes=7))
    await post(sender, place(other), nonce="n2")


async def test_a_limit_that_never_ends_is_waited_for_by_the_outbox(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    here = there.channel()
    there.troubles += [limited(0.01)] * 5
    with pytest.raises(Wait) as caught:
        await post(sender, place(here))
    assert caught.value.seconds == 0.01
    assert not caught.value.whole_workspace


async def test_limits_that_headers_announce_are_never_met(
    there: LoopbackDiscord, sender: DiscordSender
) -> None:
    there.limits = Limits(in_a_channel=0.3)
    here = there.channel()
    for number in range(12):
        await post(sender, place(here), nonce=f"n{number}")
    assert there.limits.refused == there.limits.refused_everywhere == 0
    assert len(there.messages[here]) == 12


async def test_files_go_with_the_post(there: LoopbackDiscord, sender: DiscordSender) -> None:
    here = there.channel()
    message = Message(title="x", attachments=(Attachment("brief.md", b"# Brief"),))
    await post(sender, place(here), message)
    [sent] = [body for method, _, body in there.requests if method == "POST"]
    assert sent["files"] == ["files[0]"]


async def test_an_edit_takes_no_files_away(there: LoopbackDiscord, sender: DiscordSender) -> None:
    here = there.channel()
    message = Message(title="x", attachments=(Attachment("brief.md", b"# Brief"),))
    ref = await post(sender, place(here), message)
    await sender.edit(place(here), ref, Message(title="y"))
    [sent] = [body for method, _, body in there.requests if method == "PATCH"]
    # A list of attachments would have to name all that stay.
    assert "attachments" not in sent
