"""The tables of installs by OAuth are those that Slack's own library reads and writes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.app.installs import STATE_SECONDS, forget_stale_states, installation_store, state_store
from bot.store.database import Store
from bot.store.tables import install_states, installations, installed_bots


def library(table: sa.Table) -> sa.Table:
    """The table of this name as the library would make it."""
    metadata = sa.MetaData()
    store = AsyncSQLAlchemyInstallationStore
    match table.name:
        case "installations":
            return store.build_installations_table(metadata, table.name)
        case "installed_bots":
            return store.build_bots_table(metadata, table.name)
    return AsyncSQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, table.name)


def described(table: sa.Table) -> dict[str, Any]:
    columns = {c.name: (str(c.type), c.nullable, c.primary_key) for c in table.columns}
    indexes = {i.name: [c.name for c in i.columns] for i in table.indexes}
    return {"columns": columns, "indexes": indexes}


@pytest.mark.parametrize(
    "table", [installations, installed_bots, install_states], ids=lambda table: str(table.name)
)
def test_the_tables_are_the_librarys_own(table: sa.Table) -> None:
    assert described(table) == described(library(table))


async def test_an_install_is_kept_found_and_taken_back(store: Store) -> None:
    kept = installation_store(store, "client.1")
    made = Installation(
        app_id="A1", team_id="T1", team_name="One", user_id="U1", bot_token="xoxb-1", bot_id="B1"
    )
    await kept.async_save(made)
    found = await kept.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == "xoxb-1"
    assert await kept.async_find_bot(enterprise_id=None, team_id="T2") is None
    other = installation_store(store, "client.2")
    assert await other.async_find_bot(enterprise_id=None, team_id="T1") is None
    await kept.async_delete_all(enterprise_id=None, team_id="T1")
    async with store.read() as conn:
        for table in (installations, installed_bots):
            assert await conn.scalar(sa.select(sa.func.count()).select_from(table)) == 0


async def test_a_state_serves_once(store: Store) -> None:
    kept = state_store(store)
    state = await kept.async_issue()
    assert await kept.async_consume(state)
    assert not await kept.async_consume(state)
    assert not await kept.async_consume("never-issued")


async def test_attempts_that_nobody_finished_are_forgotten(store: Store) -> None:
    kept, now = state_store(store), datetime.now(UTC)
    state = await kept.async_issue()
    await forget_stale_states(store, now)
    assert await kept.async_consume(state)
    await kept.async_issue()
    await forget_stale_states(store, now + timedelta(seconds=STATE_SECONDS + 60))
    async with store.read() as conn:
        count = sa.select(sa.func.count()).select_from(install_states)
        assert await conn.scalar(count) == 0
