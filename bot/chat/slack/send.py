"""Slack's sender: each workspace with its own token and its own pace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.chat.slack import PLATFORM
from bot.chat.slack.pace import Pace
from bot.chat.slack.posting import TeamSender, located
from bot.chat.slack.teams import Teams
from bot.clock import Clock
from bot.errors import WorkspaceUnavailable
from bot.message import Message
from bot.model import Destination
from bot.services.sending import Limits, Posted

EDITS_A_MINUTE = 30
"""chat.update takes about 50 a minute (tier 3); the rest is for what people press."""


class SlackSender:
    """Satisfies the outbox's port for all workspaces that are served."""

    def __init__(self, teams: Teams, clock: Clock) -> None:
        self._teams, self._clock = teams, clock
        self._senders: dict[str, TeamSender] = {}
        self._paces: dict[str, Pace] = {}

    @property
    def platform(self) -> str:
        """The name that Slack's destinations bear."""
        return PLATFORM

    @property
    def limits(self) -> Limits:
        """The edits that a workspace gets a minute."""
        return Limits(edits_a_minute=EDITS_A_MINUTE)

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
        async with self._of(destination.workspace_external) as team:
            return await team.post(destination, message, key=key, nonce=nonce, reply_to=reply_to)

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Replace the first page."""
        async with self._of(destination.workspace_external) as team:
            await team.edit(ref, message)

    async def find(
        self, destination: Destination, *, key: str, nonce: str, since: datetime
    ) -> Posted | None:
        """The post with this mark, None where it does not stand there."""
        async with self._of(destination.workspace_external) as team:
            return await team.find(destination, key=key, nonce=nonce, since=since)

    async def check(self, destination: Destination) -> None:
        """Join a public channel; raise what forbids posting, with how to invite the app."""
        async with self._of(destination.workspace_external) as team:
            await team.check(destination)

    async def open(self, workspace: str, channel: str) -> None:
        """The same for a channel by its id."""
        async with self._of(workspace) as team:
            await team.open(channel)

    def link(self, destination: Destination, ref: str) -> str | None:
        """The message's address, None before the workspace's own address is known."""
        api = self._teams.known(destination.workspace_external)
        identity = api.known_identity if api is not None else None
        if identity is None or not identity.url:
            return None
        channel, ts = located(ref)
        return f"{identity.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"

    @asynccontextmanager
    async def _of(self, workspace: str) -> AsyncIterator[TeamSender]:
        """The workspace's own sender; a token that is refused is looked up anew the next time."""
        try:
            api = await self._teams.api(workspace)
            # Asked once: links to messages need the workspace's address.
            await api.identity()
            kept = self._senders.get(workspace)
            if kept is None or kept.api is not api:
                # The pace outlives the token: Slack counts by workspace.
                pace = self._paces.setdefault(workspace, Pace(self._clock))
                kept = self._senders[workspace] = TeamSender(api, self._clock, pace)
            yield kept
        except WorkspaceUnavailable:
            self._teams.doubt(workspace)
            raise
