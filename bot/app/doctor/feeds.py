"""The feeds: how their polls went, and with the network a sample of them asked now."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.app.config import configured_feeds
from bot.app.doctor.finding import Finding, broken, warning, well
from bot.app.parts import fetch_rules
from bot.clock import Clock
from bot.errors import PolicywireError
from bot.feeds.fetch import Fetcher
from bot.feeds.health import health_of
from bot.model import FeedHealth, PollState
from bot.services.feeds.check import Checked, FeedCheck
from bot.settings import Settings

_SAMPLE = 8
_SKEW = timedelta(minutes=5)
_CLOCK_SECONDS = 10
_TROUBLED = {FeedHealth.FAILING, FeedHealth.GONE, FeedHealth.QUIET}


async def check(
    settings: Settings, stored: Sequence[PollState] | None, clock: Clock, *, online: bool
) -> list[Finding]:
    """What polls have shown; `stored` is None where no database could be asked."""
    found = [_polled(stored, clock.now())] if stored else []
    if online:
        found += await _asked(settings, stored, clock)
    return found


def _polled(stored: Sequence[PollState], now: datetime) -> Finding:
    polled = [state for state in stored if state.polled_at is not None]
    if not polled:
        return well("Feeds", f"{len(stored)} are read; none was polled yet")
    troubled = [state for state in polled if health_of(state, now).state in _TROUBLED]
    says = f"{len(troubled)} of {len(polled)} are in trouble"
    mend = "`policywire feeds list --failing` says why; `feeds check` asks them all now."
    if len(troubled) == len(polled):
        return broken("Feeds", f"all {len(polled)} are in trouble", mend)
    if troubled:
        return warning("Feeds", says, mend)
    return well("Feeds", f"all {len(polled)} that were polled do well")


async def _asked(
    settings: Settings, stored: Sequence[PollState] | None, clock: Clock
) -> list[Finding]:
    try:
        listed = [state.feed for state in stored] if stored else configured_feeds(settings)
    except PolicywireError:
        return []  # said of feeds.opml already
    step = max(1, len(listed) // _SAMPLE)
    sample = [(feed.title, feed.url) for feed in listed[::step][:_SAMPLE]]
    if not sample:
        return []
    async with Fetcher(fetch_rules(settings), clock) as fetcher:
        checked = await FeedCheck(fetcher).check_all(sample, now=clock.now())
    return [_reached(checked), *await _skew(settings, sample, checked, clock)]


def _reached(checked: Sequence[Checked]) -> Finding:
    bad = [one for one in checked if not one.readable]
    if len(bad) == len(checked):
        says = f"none of {len(bad)} that were asked can be read; the first: {bad[0].error}"
        mend = "Look whether this machine may reach the web at all."
        return broken("Network", says, mend)
    if bad:
        says = f"{len(bad)} of {len(checked)} feeds that were asked cannot be read"
        says += f"; the first: {bad[0].error}"
        return warning("Network", says, "`policywire feeds check` asks them all.")
    return well("Network", f"all {len(checked)} feeds that were asked can be read")


async def _skew(
    settings: Settings,
    sample: Sequence[tuple[str, str]],
    checked: Sequence[Checked],
    clock: Clock,
) -> list[Finding]:
    """Our clock against a server's; nothing where no server says the time."""
    url = next((url for (_, url), one in zip(sample, checked, strict=True) if one.readable), None)
    theirs = await _server_time(url, settings.user_agent()) if url else None
    if theirs is None:
        return []
    apart = clock.now() - theirs
    if abs(apart) <= _SKEW:
        return [well("Clock", "it agrees with a server's")]
    way = "ahead of" if apart > timedelta() else "behind"
    says = f"it is {int(abs(apart).total_seconds() // 60)} min {way} a server's"
    return [warning("Clock", says, "Let the machine keep its clock by NTP.")]


async def _server_time(url: str, user_agent: str) -> datetime | None:
    timeout = aiohttp.ClientTimeout(total=_CLOCK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": user_agent}) as session,
            session.head(url, allow_redirects=False) as response,
        ):
            said = parsedate_to_datetime(response.headers.get("Date", ""))
    except (TimeoutError, aiohttp.ClientError, ValueError, OSError):
        return None
    return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
