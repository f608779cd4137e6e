"""Slack's own library keeps installs by OAuth in our database, in tables that Alembic made."""

import logging
from datetime import UTC, datetime

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.store.database import Store
from bot.store.tables import install_states, installations, installed_bots

STATE_SECONDS = 600
"""How long an attempt to install stays open; what Bolt's own default is."""
# The library's log would name states and codes.
_QUIET = logging.getLogger("slack_sdk.policywire.installs")
_QUIET.setLevel(logging.CRITICAL)


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
