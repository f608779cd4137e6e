"""`policywire db export` and `db forget`, as they are typed."""

import asyncio
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.model import Feed, FeedId
from bot.store import feeds
from bot.store.database import Store


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'policywire.db'}")
    monkeypatch.chdir(tmp_path)


def ran(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(str(ended.value.code or 0))


def test_the_export_is_json_lines_for_its_owners_eyes(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert ran("db", "export", str(file)) == 0
    head, *rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert head["workspace"] is None
    assert head["schema"] >= "0001"
    assert all(set(row) == {"table", "row"} for row in rows)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def _add_feed(url: str, place: str) -> None:
    store = await Store.open(place)
    async with store.write() as conn:
        feed = Feed(id=FeedId(0), url=url, title="Wire", outlet="Wire")
        await feeds.sync_configured(conn, [feed], datetime(2026, 3, 9, tzinfo=UTC))
    await store.close()


def test_no_password_in_an_address_is_exported(tmp_path: Path) -> None:
    url = "https://me:hunter2@wire.example/feed?api_key=abc123&page=1"
    asyncio.run(_add_feed(url, f"sqlite:///{tmp_path / 'policywire.db'}"))
    file = tmp_path / "all.jsonl"
    assert ran("db", "export", str(file)) == 0
    text = file.read_text(encoding="utf-8")
    assert "wire.example/feed" in text
    assert "page=1" in text
    assert "hunter2" not in text
    assert "abc123" not in text


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran("db", "export", str(tmp_path / "no" / "all.jsonl")) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_unknown_workspace_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("db", "forget", "chat:nobody", "--yes") != 0
    assert "chat:nobody" in capsys.readouterr().err
