"""`policywire feeds check` and `discover`: the web is asked, nothing is stored."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import AsJson, Which, asking
from bot.cli.output import console, local_zone, print_json, print_remarks, print_table, progress
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.feeds.fetch import Fetcher
    from bot.services.feeds.check import Checked

_EVERY_FEED = "all"


def declare(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("check")(check)
    group.command("discover")(discover)


def check(
    feed: Annotated[
        str, typer.Argument(metavar="URL|all", help="An address, or every feed that is read.")
    ] = _EVERY_FEED,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Read feeds without storing anything, and say what is wrong."""
    found = run(lambda: _checked(feed, which))
    if as_json:
        print_json(found)
    else:
        _print(found)
    if not all(one.readable for one in found):
        raise typer.Exit(1)


async def _checked(feed: str, which: str | None) -> "list[Checked]":
    from bot.clock import SystemClock
    from bot.services.feeds.check import FeedCheck

    clock = SystemClock()
    if feed != _EVERY_FEED:
        async with _fetcher() as fetcher:
            return [await FeedCheck(fetcher).check(feed, now=clock.now())]
    async with opened(clock=clock) as parts:
        from bot.store import feeds

        here = await asking(parts, which)
        async with parts.store.read() as conn:
            states = await feeds.all_feeds(conn, workspace=here.tenant)
        with progress("feeds", total=len(states)) as advance:
            return await FeedCheck(parts.fetcher).check_all(
                [(state.feed.title, state.feed.url) for state in states],
                now=clock.now(),
                on_done=advance,
            )


@asynccontextmanager
async def _fetcher() -> "AsyncIterator[Fetcher]":
    """A fetcher by the settings, without a database."""
    from bot.app.parts import fetch_rules
    from bot.clock import SystemClock
    from bot.feeds.fetch import Fetcher
    from bot.settings import Settings

    async with Fetcher(fetch_rules(Settings.load()), SystemClock()) as fetcher:
        yield fetcher


def _print(found: "Sequence[Checked]") -> None:
    found = sorted(found, key=lambda one: (one.readable, one.title.casefold()))
    if len(found) == 1:
        _print_one(found[0])
        return
    rows = [
        (
            one.title,
            "read" if one.readable else (one.kind or "unreadable"),
            one.entries if one.readable else "",
            f"{one.newest.astimezone(local_zone()):%d %b %Y}" if one.newest else "",
        )
        for one in found
    ]
    empty = "No feed is read: feeds.opml is empty."
    print_table(("Feed", "Result", "Entries", "Newest"), rows, empty=empty)
    if rows:
        console().print()
        wrong = [(one.title, one.error or "; ".join(one.remarks)) for one in found]
        print_remarks("What is wrong", [(title, words) for title, words in wrong if words])
        bad = sum(not one.readable for one in found)
        console().print(f"\n{len(found) - bad} of {len(found)} can be read.")


def _print_one(one: "Checked") -> None:
    out = console()
    if one.error:
        out.print(one.error, soft_wrap=True)
        return
    newest = (
        f", the newest of {one.newest.astimezone(local_zone()):%d %b %Y %H:%M}"
        if one.newest
        else ""
    )
    entries = "1 entry" if one.entries == 1 else f"{one.entries} entries"
    out.print(
        f"“{one.title}” ({one.address}) can be read: {entries}{newest}.",
        soft_wrap=True,
    )
    for remark in one.remarks:
        out.print(f"  but {remark}.", soft_wrap=True)


def discover(
    url: Annotated[str, typer.Argument(help="Any address of a site.")], as_json: AsJson = False
) -> None:
    """Find the feeds of a site.

    Those that its page names, else those in the usual places.
    """
    run(lambda: _discover(url, as_json=as_json))


async def _discover(url: str, *, as_json: bool) -> None:
    from bot.feeds.discover import discover as found_at

    async with _fetcher() as fetcher:
        found = await found_at(url, fetcher)
    if as_json:
        print_json(found)
    else:
        print_table(
            ("Title", "Format", "Address"), [(one.title, one.kind, one.url) for one in found]
        )
