"""Posting in one workspace: once, marked with the delivery, found again by that mark.

A message's ref is `CHANNEL:TS`; for direct messages the channel is the one that Slack opened.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import structlog

from bot.chat.slack.api import Answer, SlackApi
from bot.chat.slack.pace import Pace
from bot.chat.slack.render import Page, render
from bot.clock import Clock
from bot.errors import ChannelUnavailable, SendError, Wait
from bot.message import Message
from bot.model import Destination
from bot.services.sending import Posted

EVENT_TYPE = "policywire_delivery"
_CLOCKS_APART = timedelta(minutes=2)
_MOST_PAGES = 20
"""Of a channel's history that are looked through, at 200 messages each."""
_log = structlog.get_logger(__name__)


class TeamSender:
    """Posts with one workspace's token, at the pace that Slack allows there."""

    def __init__(self, api: SlackApi, clock: Clock, pace: Pace) -> None:
        self.api = api
        self._clock, self._pace = clock, pace
        self._direct: dict[str, str] = {}

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        key: str,
        nonce: str,
        reply_to: str | None,
    ) -> Posted:
        """Post the first page, and further ones in its thread."""
        first, *others = render(message)
        channel, thread = _parent(destination, reply_to)
        answer = await self._post_joined(channel, first, nonce=nonce, thread=thread)
        stands, ts = str(answer["channel"]), str(answer["ts"])
        self._remember(channel, stands)
        for number, page in enumerate(others, start=2):
            await self._go_on(stands, page, nonce=f"{nonce}/{number}", thread=thread or ts, key=key)
        return Posted(ref=f"{stands}:{ts}")

    async def edit(self, ref: str, message: Message) -> None:
        """Replace the first page; text alone would take its blocks away, so they always go."""
        channel, ts = located(ref)
        page = render(message)[0]
        await self.api.write(
            "chat.update",
            channel=channel,
            ts=ts,
            text=page.text,
            blocks=page.blocks,
            parse="none",
            link_names=False,
        )

    async def find(
        self,
        destination: Destination,
        *,
        key: str,
        nonce: str,
        since: datetime,
    ) -> Posted | None:
        """The post with this mark in the channel, or in a thread that was answered since then.

        A person's direct messages can only be read once Slack has told their channel's id.
        """
        channel = _address(destination)
        channel = self._direct.get(channel, channel)
        if _is_person(channel):
            return None
        oldest = f"{(since - _CLOCKS_APART).timestamp():.6f}"
        async for message in self._messages("conversations.history", channel, oldest):
            if _marked(message, nonce):
                return Posted(ref=f"{channel}:{message['ts']}")
        if not key.startswith("note:"):
            return None
        # Notes stand in threads, which the history leaves out; a thread may have begun long ago.
        async for message in self._messages("conversations.history", channel, "0"):
            if float(message.get("latest_reply") or 0) < float(oldest):
                continue
            thread = str(message["ts"])
            replies = self._messages("conversations.replies", channel, oldest, thread)
            async for reply in replies:
                if _marked(reply, nonce):
                    return Posted(ref=f"{channel}:{reply['ts']}")
        return None

    async def check(self, destination: Destination) -> None:
        """Raise what forbids posting there."""
        await self.open(_address(destination))

    async def open(self, channel: str) -> None:
        """Join a public channel by its id; raise what forbids posting, with how to invite us."""
        if _is_person(channel) or channel.startswith("D"):
            return
        told = (await self.api.read("conversations.info", channel=channel))["channel"]
        if told.get("is_archived"):
            raise ChannelUnavailable("is_archived: somebody archived it")
        if told.get("is_member"):
            return
        if told.get("is_private"):
            raise ChannelUnavailable("not_in_channel: type /invite @policywire in that channel")
        await self.api.write("conversations.join", channel=channel)

    async def _post_joined(
        self, channel: str, page: Page, *, nonce: str, thread: str | None
    ) -> Answer:
        """Post; a public channel that refuses for want of membership is joined first."""
        try:
            return await self._post(channel, page, nonce=nonce, thread=thread)
        except ChannelUnavailable as refused:
            if not refused.reason.startswith(("not_in_channel", "channel_not_found")):
                raise
            await self.open(channel)
            return await self._post(channel, page, nonce=nonce, thread=thread)

    async def _post(self, channel: str, page: Page, *, nonce: str, thread: str | None) -> Answer:
        extra = {"thread_ts": thread} if thread is not None else {}
        async with self._pace.turn(channel):
            return await self.api.post(
                channel=channel,
                text=page.text,
                blocks=page.blocks,
                unfurl_links=False,
                unfurl_media=False,
                parse="none",
                link_names=False,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": nonce}},
                **extra,
            )

    async def _go_on(self, channel: str, page: Page, *, nonce: str, thread: str, key: str) -> None:
        """Post a further page. The first one stands, so a failure here must not repeat it."""
        try:
            await self._post(channel, page, nonce=nonce, thread=thread)
        except Wait as wait:
            await self._clock.sleep(min(wait.seconds or 1.0, 10.0))
            try:
                await self._post(channel, page, nonce=nonce, thread=thread)
            except SendError as error:
                _log.error("page_lost", key=key, channel=channel, reason=error.reason)
        except SendError as error:
            _log.error("page_lost", key=key, channel=channel, reason=error.reason)

    def _remember(self, asked: str, stands: str) -> None:
        if asked != stands:
            self._direct[asked] = stands

    async def _messages(
        self, method: str, channel: str, oldest: str, thread: str = ""
    ) -> AsyncIterator[Answer]:
        """The messages since then, newest first, with their marks."""
        more: dict[str, str] = {"ts": thread} if thread else {}
        for _ in range(_MOST_PAGES):
            answer = await self.api.read(
                method,
                channel=channel,
                oldest=oldest,
                limit=200,
                include_all_metadata=True,
                **more,
            )
            for message in answer.get("messages", ()):
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            more["cursor"] = str(cursor)


def _address(destination: Destination) -> str:
    """Where to post: a channel's id, or a person's for their direct messages."""
    return destination.owner or destination.channel.removeprefix("@")


def _is_person(channel: str) -> bool:
    return channel.startswith(("U", "W"))


def _parent(destination: Destination, reply_to: str | None) -> tuple[str, str | None]:
    """The channel to post to, and the thread in it."""
    if reply_to is None:
        return _address(destination), None
    return located(reply_to)


def located(ref: str) -> tuple[str, str]:
    """A ref's channel and time stamp."""
    channel, _, ts = ref.partition(":")
    return channel, ts


def _marked(message: Answer, nonce: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("id") == nonce
