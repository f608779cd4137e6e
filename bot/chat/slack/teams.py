"""Whose token serves which workspace: the one that is configured, or those of installs by OAuth."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.chat.slack.api import SlackApi, not_installed
from bot.errors import PlatformRefused, SendError, WorkspaceUnavailable

_GREETED_AT_ONCE = 4
_log = structlog.get_logger(__name__)


class Teams(Protocol):
    """The workspaces that policywire serves, by Slack's team ids."""

    async def greet(self) -> None:
        """Learn who the tokens are; PlatformRefused where the only one is refused."""

    async def api(self, team: str) -> SlackApi:
        """The team's Web API; WorkspaceUnavailable where the app is not installed there."""

    def known(self, team: str) -> SlackApi | None:
        """The same, None where it was not asked for yet."""

    def doubt(self, team: str) -> None:
        """The team's token was refused: look again before its next use."""

    async def gone(self, team: str) -> None:
        """The team took the app or its token away."""


class Tokens(Protocol):
    """The bot tokens of installs, as they are kept."""

    async def teams(self) -> list[str]:
        """All teams that have one."""

    async def token(self, team: str) -> str | None:
        """The team's newest, None where it has none."""

    async def forget(self, team: str) -> None:
        """Delete all that the team's installs left."""


class OwnTeam:
    """The one workspace of SLACK_BOT_TOKEN."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def greet(self) -> None:
        """Learn whose token it is."""
        try:
            await self._api.identity()
        except WorkspaceUnavailable as error:
            raise PlatformRefused(f"Slack: {error.reason}") from None

    async def api(self, team: str) -> SlackApi:
        """The one Web API, for its own team alone."""
        identity = await self._api.identity()
        if team != identity.team:
            raise WorkspaceUnavailable(
                f"not_installed: SLACK_BOT_TOKEN is for {identity.team_name or identity.team}, "
                f"not for {team}"
            )
        return self._api

    def known(self, team: str) -> SlackApi | None:
        """The one Web API, once it knows whose it is."""
        identity = self._api.known_identity
        return self._api if identity is not None and identity.team == team else None

    def doubt(self, team: str) -> None:  # noqa: ARG002 (there is but one)
        """The token may be another's by now."""
        self._api.ask_again()

    async def gone(self, team: str) -> None:
        """The token stays in the environment: nothing is to be forgotten."""
        self.doubt(team)


class InstalledTeams:
    """Every workspace that installed the app; its Web API is kept from the first use on."""

    def __init__(self, tokens: Tokens, connect: Callable[[str], SlackApi]) -> None:
        self._tokens, self._connect = tokens, connect
        self._apis: dict[str, SlackApi] = {}

    async def greet(self) -> None:
        """Learn the workspaces' addresses, which links to messages need.

        A workspace that does not answer now says why at its next message.
        """
        room = asyncio.Semaphore(_GREETED_AT_ONCE)

        async def greeted(team: str) -> None:
            try:
                async with room:
                    await (await self.api(team)).identity()
            except SendError as error:
                _log.warning("workspace_silent", team=team, reason=error.reason)

        async with asyncio.TaskGroup() as group:
            for team in await self._tokens.teams():
                group.create_task(greeted(team))

    async def api(self, team: str) -> SlackApi:
        """The Web API with the team's own token."""
        kept = self._apis.get(team)
        if kept is None:
            token = await self._tokens.token(team)
            if token is None:
                raise not_installed()
            # Another request may have been quicker: one team, one Web API.
            kept = self._apis.setdefault(team, self._connect(token))
        return kept

    def known(self, team: str) -> SlackApi | None:
        """The team's Web API, once it was asked for."""
        return self._apis.get(team)

    def doubt(self, team: str) -> None:
        """Another process may have been given a new token."""
        self._apis.pop(team, None)

    async def gone(self, team: str) -> None:
        """Forget the team's tokens."""
        self.doubt(team)
        await self._tokens.forget(team)
