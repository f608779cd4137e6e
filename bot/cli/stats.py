"""`policywire stats`: how much there is, and how much came lately."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.asking import AsJson
from bot.cli.output import console, counted, local_zone, print_json, print_table
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.store.counts import Flow, Stock

_SPANS = {"last 24 h": timedelta(days=1), "last 7 days": timedelta(days=7)}
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_FLOW = {
    "articles": "Articles",
    "relevant": "  of them relevant",
    "stories": "Stories begun",
    "told": "Alerts told",
    "messages": "Messages sent",
}


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stats")(stats)


def stats(as_json: AsJson = False) -> None:
    """Count articles, stories, alerts, feeds and orders."""
    flows, stock, place = run(_counted)
    if as_json:
        print_json(_jsonable(flows, stock, place))
        return
    rows = [
        (label, *(f"{getattr(flow, name):,}" for flow in flows.values()))
        for name, label in _FLOW.items()
    ]
    print_table(("", *flows), rows)
    console().print()
    for line in _lines(stock, place):
        console().print(line)


async def _counted() -> "tuple[dict[str, Flow], Stock, str]":
    from bot.store import counts

    async with opened() as parts, parts.store.read() as conn:
        now, threshold = parts.clock.now(), parts.settings.behaviour.alerts.threshold
        starts = {name: now - span for name, span in _SPANS.items()} | {"all": _BEGINNING}
        flows = {
            name: await counts.flow(conn, since=start, threshold=threshold)
            for name, start in starts.items()
        }
        return flows, await counts.stock(conn), parts.store.place


def _lines(stock: "Stock", place: str) -> list[str]:
    since = f" since {stock.since.astimezone(local_zone()):%d %b %Y}" if stock.since else ""
    return [
        f"Read: {counted(stock.feeds, 'feed')}. Ordered: "
        f"{counted(stock.subscriptions, 'subscription')} and "
        f"{counted(stock.watches, 'watch', 'watches')}, in "
        f"{counted(stock.destinations, 'channel')} of {counted(stock.workspaces, 'workspace')}.",
        f"Waiting: {counted(stock.waiting, 'message')}. Refused by a platform: {stock.parked:,}. "
        f"Not taken in: {counted(stock.failed_entries, 'entry', 'entries')}.",
        f"{place}: {stock.size / 2**20:,.1f} MiB{since}.",
    ]


def _jsonable(flows: "dict[str, Flow]", stock: "Stock", place: str) -> dict[str, Any]:
    named = {name.replace(" ", "_"): flow for name, flow in flows.items()}
    kept = {field.name: getattr(stock, field.name) for field in fields(stock)}
    return {**named, **kept, "database": place}
