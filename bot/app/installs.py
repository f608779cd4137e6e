"""Slack's own library keeps installs by OAuth in our database, in tables that Alembic made."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.chat.slack.install import Kept
from bot.store.database import Store
from bot.store.faults import in_words
from bot.store.tables import install_states, installations, installed_bots

STATE_SECONDS = 600
"""How long an attempt to install stays open; what Bolt's own default is."""
# The library's log would name states and codes.
_QUIET = logging.getLogger("slack_sdk.policywire.installs")
_QUIET.setLevel(logging.CRITICAL)


class StoredInstalls:
    """The installs of one app. The database is opened after the platforms: `open` comes first."""

    def __init__(self, client_id: str) -> None:
        self._client_id = client_id
        self._store: Store | None = None

    def open(self, store: Store) -> None:
        """Keep installs in this database."""
        self._store = store

    def kept(self, installed: Callable[[str], Awaitable[None]]) -> Kept:
        """Where the pages of OAuth keep installs and open attempts."""
        return Kept(
            installations=installation_store(self._opened, self._client_id),
            states=state_store(self._opened),
            installed=installed,
        )

    async def token(self, team: str) -> str | None:
        """The team's newest bot token."""
        with in_words(self._opened.place):
            kept = installation_store(self._opened, self._client_id)
            found = await kept.async_find_bot(enterprise_id=None, team_id=team)
        return found.bot_token if found is not None else None

    async def teams(self) -> list[str]:
        """All teams that have a token, in order of their ids."""
        bots = installed_bots.c
        query = sa.select(bots.team_id).where(
            bots.client_id == self._client_id, bots.team_id.is_not(None)
        )
        async with self._opened.read() as conn:
            return sorted(set((await conn.execute(query)).scalars()))

    async def forget(self, team: str) -> None:
        """Delete all that the team's installs left."""
        with in_words(self._opened.place):
            kept = installation_store(self._opened, self._client_id)
            await kept.async_delete_all(enterprise_id=None, team_id=team)

    @property
    def _opened(self) -> Store:
        if self._store is None:
            raise RuntimeError("asked for installs before the database was opened")
        return self._store


def installation_store(store: Store, client_id: str) -> AsyncSQLAlchemyInstallationStore:
    """Who installed this app where, with the tokens."""
    return AsyncSQLAlchemyInstallationStore(
        client_id=client_id,
        engine=store.engine,
        bots_table_name=installed_bots.name,
        installations_table_name=installations.name,
        logger=_QUIET,
    )


def state_store(store: Store) -> AsyncSQLAlchemyOAuthStateStore:
    """The attempts to install that are open; each comes back once."""
    return AsyncSQLAlchemyOAuthStateStore(
        expiration_seconds=STATE_SECONDS,
        engine=store.engine,
        table_name=install_states.name,
        logger=_QUIET,
    )


async def forget_stale_states(store: Store, now: datetime) -> None:
    """Delete attempts to install that nobody finished in time."""
    # The library keeps instants in UTC without saying so.
    past = install_states.c.expire_at < now.astimezone(UTC).replace(tzinfo=None)
    async with store.write() as conn:
        await conn.execute(sa.delete(install_states).where(past))
