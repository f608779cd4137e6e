"""What every listener works with: from a request of Slack to a Call, and from its reply back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
import structlog

from bot.chat.call import Call, Place
from bot.chat.problems import problem
from bot.chat.registry import Registry
from bot.chat.slack import PLATFORM
from bot.chat.slack.api import SlackApi
from bot.chat.slack.people import People
from bot.chat.slack.render import Page, render
from bot.chat.slack.wording import Wording
from bot.clock import Clock
from bot.errors import PolicywireError, SendError
from bot.message import Message, Tone, note
from bot.services import Services

Work = Callable[[Call[Services]], Awaitable[Message]]

LONGEST_SECONDS = 120.0
"""Of one command; a response address lives for 30 minutes."""
_RESPONSES = 5
"""How often a response address may be used (CONTRACTS.md, section 2)."""
_OPENS_DIRECT = frozenset({"directmessage"})
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: who asks, where, and how to answer."""

    user: str
    user_name: str
    channel: str
    channel_name: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts that answer people of one workspace."""

    api: SlackApi
    registry: Registry[Services]
    services: Services
    clock: Clock
    people: People
    wording: Wording
    session: aiohttp.ClientSession
    check: Callable[[str], Awaitable[None]]
    """Raises ChannelUnavailable where the app cannot post, after trying to join."""
    removed: Callable[[], Awaitable[None]]
    """Told that the workspace took the app or its token away: everything of it pauses."""
    room: asyncio.Semaphore
    """For so many requests at once; the others wait, acknowledged, and hold nothing up."""
    working: set["asyncio.Task[Any]"]
    """What is being answered; Slack thinks it done once it is acknowledged."""
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def turn(self, user: str) -> asyncio.Lock:
        """Held while something is shown to the person that a later showing is to replace."""
        return self.turns.setdefault(user, asyncio.Lock())

    async def place(self, asked: Asked) -> Place:
        """Where the request acts; a direct message is the asking person's own."""
        identity = await self.api.identity()
        direct = asked.channel.startswith("D") or asked.channel_name in _OPENS_DIRECT
        # Slack gives private channels this name in place of their own.
        name = "" if asked.channel_name == "privategroup" else asked.channel_name
        return Place(
            platform=PLATFORM,
            workspace=identity.team,
            workspace_name=identity.team_name,
            channel=f"@{asked.user}" if direct else asked.channel,
            channel_name=asked.user_name if direct else name,
            kind="direct" if direct else "channel",
            owner=asked.user if direct else None,
        )

    async def call(self, asked: Asked) -> Call[Services]:
        """The request as the registry's handlers want it."""
        place = await self.place(asked)
        actor = await self.people.actor(asked.user, asked.user_name, place)
        return Call(services=self.services, place=place, actor=actor, now=self.clock.now())

    def work(self) -> None:
        """The running task answers somebody: it is not to be cut short."""
        task = asyncio.current_task()
        if task is not None and task not in self.working:
            self.working.add(task)
            task.add_done_callback(self.working.discard)

    async def done(self, asked: Asked, work: Work) -> Message:
        """The reply to a request; what goes wrong is a reply too."""
        self.work()
        try:
            async with self.room, asyncio.timeout(LONGEST_SECONDS):
                return await work(await self.call(asked))
        except PolicywireError as error:
            return self.wording.message(problem(error))
        except TimeoutError:
            words = "That took too long and was given up. Ask for less, or again later."
            return note(words, tone=Tone.WARNING, private=True)
        except Exception:  # noqa: BLE001 (a fault of ours must not leave the person in silence)
            _log.exception("command_failed", user=asked.user, channel=asked.channel)
            words = "That went wrong inside policywire; its log says how. Nothing else is affected."
            return note(words, tone=Tone.WARNING, private=True)

    async def answer(self, asked: Asked, reply: Message, *, extra: Sequence[Any] = ()) -> None:
        """Show the reply: to the person alone, or to the channel; `extra` blocks go below it."""
        if not asked.response_url:
            await self.tell(asked.user, reply)
            return
        pages = list(render(reply))
        if extra:
            pages[0] = replace(pages[0], blocks=[*pages[0].blocks, *extra])
        if len(pages) > _RESPONSES:
            words = "There is more than Slack shows at once: narrow it down, or ask for fewer."
            pages = [*pages[: _RESPONSES - 1], *render(note(words))]
        for page in pages:
            await self._respond(asked, page, private=reply.private)
        await self._share(asked, pages[0], private=reply.private)

    async def tell(self, user: str, reply: Message) -> str:
        """Say it to a person in direct messages; the channel that Slack opened for that."""
        channel = user
        for page in render(replace(reply, mention=None)):
            answer = await self.api.post(
                channel=channel,
                text=page.text,
                blocks=page.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
            channel = str(answer["channel"])
        return channel

    async def _respond(self, asked: Asked, page: Page, *, private: bool) -> None:
        body = {
            "text": page.text,
            "blocks": page.blocks,
            "response_type": "ephemeral" if private else "in_channel",
            "replace_original": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            async with self.session.post(asked.response_url, json=body) as response:
                if response.status != 200:
                    said = (await response.text())[:200]
                    _log.error("reply_refused", status=response.status, said=said)
        except (aiohttp.ClientError, TimeoutError) as error:
            # Sending it again might show it twice; the person can ask again.
            _log.warning("reply_in_doubt", error=str(error) or type(error).__name__)

    async def _share(self, asked: Asked, page: Page, *, private: bool) -> None:
        """Files go where the reply went: to the channel, or to the person's direct messages."""
        files = [(file.name, file.content) for file in page.attachments]
        if page.picture is not None:
            files.append((page.picture.name, page.picture.png))
        if not files:
            return
        try:
            channel = asked.channel
            if private or channel.startswith("D"):
                names = ", ".join(name for name, _ in files)
                channel = await self.tell(asked.user, note(f"You asked for {names}:"))
            else:
                await self.check(channel)
            for name, content in files:
                await self.api.upload(name, content, channel)
        except SendError as error:
            words = f"The file could not be shared: {error.reason}."
            [page] = render(note(words, tone=Tone.WARNING, private=True))
            await self._respond(asked, page, private=True)
