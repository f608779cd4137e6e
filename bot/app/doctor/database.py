"""The database: where it is, whether it can be read and written, and what it says of the past."""

import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.app.doctor.finding import Finding, broken, warning, well
from bot.errors import AlreadyRunning, StoreError
from bot.model import PollState
from bot.settings import Settings
from bot.store import counts, facts, feeds, status
from bot.store.address import parse_address, sqlite_file
from bot.store.database import Store
from bot.store.run_lock import RunLock

# Hosts that run a Procfile or a container on a disk that is new at each start.
_FORGETFUL = {
    "DYNO": "Heroku",
    "RENDER": "Render",
    "RAILWAY_ENVIRONMENT": "Railway",
    "FLY_APP_NAME": "Fly.io",
    "K_SERVICE": "Cloud Run",
}
_LITTLE, _TOO_LITTLE = 500 * 2**20, 20 * 2**20
"""Bytes free on the disk."""
_BUSY_SECONDS = 2.0
_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Findings, and the feeds as the database has them; None where it cannot say."""

    findings: list[Finding] = field(default_factory=list)
    feeds: Sequence[PollState] | None = None


async def check(settings: Settings, environ: Mapping[str, str], now: datetime) -> Stored:
    """Look at the database without making or changing one."""
    found: list[Finding] = []
    try:
        url = parse_address(settings.database_url())
        if url.get_backend_name() == "sqlite":
            file = sqlite_file(url)
            found += _host(environ)
            found += _disk(file)
            if not file.exists() or not file.stat().st_size:
                return Stored(findings=[*found, _to_be_made(file)])
            found += [*_mode(file), *_running(file)]
        store = await Store.open(settings.database_url(), migrate=False, busy=_BUSY_SECONDS)
    except StoreError as error:
        mend = "See docs/operating.md, “Database”."
        return Stored(findings=[*found, broken("Database", str(error), mend)])
    try:
        return await _opened(store, found, now)
    except StoreError as error:
        mend = "See docs/operating.md, “Database”."
        return Stored(findings=[*found, broken("Database", str(error), mend)])
    finally:
        await store.close()


async def _opened(store: Store, found: list[Finding], now: datetime) -> Stored:
    async with store.write() as conn:
        await conn.execute(text("SELECT 1"))
    async with store.read() as conn:
        size = await counts.size(conn)
        beat = await facts.last_heartbeat(conn)
        seen = await counts.latest_seen(conn)
        states = await feeds.all_feeds(conn)
        whole = await status.whole(conn)
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[store.dialect]
    says = f"{kind}, {store.place}: schema {store.found}, {size / 2**20:,.1f} MiB, can be written"
    found.append(well("Database", says))
    ahead = max((at for at in (beat, seen) if at is not None), default=now) - now
    if ahead > _SKEW:
        says = f"the database was last written {_span(ahead)} from now: the clock went back"
        found.append(broken("Clock", says, "Set the machine's clock, or wait until then."))
    for name, reason in whole.paused:
        mend = "Install policywire there again; it goes on by itself."
        found.append(warning("Workspace", f"{name} cannot be reached: {reason}", mend))
    if whole.parked:
        says = f"{whole.parked} were refused by their platform"
        found.append(warning("Messages", says, "`/status` in the workspace says why."))
    return Stored(findings=found, feeds=states)


def _host(environ: Mapping[str, str]) -> list[Finding]:
    hosts = [name for variable, name in _FORGETFUL.items() if environ.get(variable)]
    if not hosts:
        return []
    says = f"SQLite on {hosts[0]}: its disk is forgotten at each restart, and all alerts with it"
    mend = "Set DATABASE_URL to a PostgreSQL database, or put the file on a lasting volume."
    return [warning("Database", says, mend)]


def _disk(file: Path) -> list[Finding]:
    folder = _existing(file.parent)
    free = shutil.disk_usage(folder).free
    says = f"{free / 2**20:,.0f} MiB are free in {folder}"
    if free < _TOO_LITTLE:
        return [broken("Disk", says, "Free some space: nothing can be stored.")]
    if free < _LITTLE:
        return [warning("Disk", says, "Free some space, or lower the days of [retention].")]
    return [well("Disk", says)]


def _to_be_made(file: Path) -> Finding:
    folder = _existing(file.parent)
    if _writable(folder):
        return well("Database", f"SQLite; {file} will be made at the first start")
    says = f"{file} cannot be made: this user may not write in {folder}"
    return broken("Database", says, "Give it the right to, or set DATABASE_URL to another place.")


def _mode(file: Path) -> list[Finding]:
    if not stat.S_IMODE(file.stat().st_mode) & 0o077:
        return []
    says = f"others on this machine can read {file}"
    return [warning("Database", says, f"Run `chmod 600 {file}`.")]


def _running(file: Path) -> list[Finding]:
    lock = file.with_name(file.name + ".lock")
    if not lock.exists():
        return []
    try:
        RunLock(file).release()
    except AlreadyRunning:
        return [well("Service", "`policywire run` is running on this database")]
    except OSError:
        return []
    return [well("Service", "no `policywire run` is running on this database now")]


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
