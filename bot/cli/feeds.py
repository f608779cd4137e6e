"""`policywire feeds`: the feeds that are read, added, checked, found, and listed in OPML."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import feed_checks, feed_files
from bot.cli.asking import HOME, AsJson, Asking, Which, asking
from bot.cli.output import console, local_zone, print_json, print_remarks, print_table, side
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.services.feeds.kept import FeedAdded, FeedLine, Several


def declare(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="The feeds that are read.")
    group.command("add")(add)
    group.command("list")(listing)
    group.command("remove")(remove)
    feed_checks.declare(group)
    feed_files.declare(group)
    app.add_typer(group, name="feeds")


def add(
    url: Annotated[str, typer.Argument(help="The address of a site or of its feed.")],
    *,
    every: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="How often to ask it; else its own rhythm decides."),
    ] = None,
    outlet: Annotated[str, typer.Option(help="What alerts call it; else the feed's title.")] = "",
    tier: Annotated[
        int, typer.Option(min=1, max=3, help="1 a primary source, 2 a wire, 3 others.")
    ] = 3,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Read a site: finds its feed, or says which ones it has."""
    run(lambda: _add(url, every, outlet, tier, which, as_json=as_json))


async def _add(
    url: str, every: float | None, outlet: str, tier: int, which: str | None, *, as_json: bool
) -> None:
    from bot.model import Tier
    from bot.services.feeds.kept import Several

    async with opened() as parts:
        here = await asking(parts, which)
        added = await parts.services.feeds.add(
            here.place,
            here.actor,
            url,
            now=parts.clock.now(),
            every=timedelta(seconds=every) if every is not None else None,
            outlet=outlet,
            tier=Tier(tier),
        )
    if as_json:
        print_json(added)
    elif isinstance(added, Several):
        _print_several(added)
    else:
        console().print(_added(added, here), soft_wrap=True)
    if isinstance(added, Several):
        raise typer.Exit(1)


def _print_several(several: "Several") -> None:
    side().print(f"{several.site} has {len(several.found)} feeds. Add one by its own address:")
    print_table(
        ("Title", "Format", "Address"), [(one.title, one.kind, one.url) for one in several.found]
    )


def _added(added: "FeedAdded", here: Asking) -> str:
    lead = f"“{added.title}” ({added.address})"
    if added.shared:
        return f"{lead} is read for everyone already, by feeds.opml."
    if added.there:
        return f"{lead} is read for {_whom(here)} already; nothing is changed."
    return (
        f"{lead} is added for {_whom(here)}. What it lists at the first poll becomes history; what "
        "comes after that alerts."
    )


def _whom(here: Asking) -> str:
    place = here.place
    if place.platform == HOME:
        return "the console"
    return place.workspace_name or f"{place.platform}:{place.workspace}"


def listing(
    failing: Annotated[bool, typer.Option("--failing", help="Only those in trouble.")] = False,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """List the feeds that are read, and how they do."""
    run(lambda: _listing(which, failing=failing, as_json=as_json))


async def _listing(which: str | None, *, failing: bool, as_json: bool) -> None:
    from bot.services.feeds.kept import failing as is_failing
    from bot.services.feeds.kept import label

    async with opened() as parts:
        here = await asking(parts, which)
        lines = await parts.services.feeds.listing(here.place, now=parts.clock.now())
    chosen = [line for line in lines if not failing or is_failing(line)]
    if as_json:
        print_json(chosen)
        return
    nothing = "No feed is in trouble." if lines else "No feed is read: feeds.opml is empty."
    print_table(
        ("Id", "Feed", "Read for", "Health", "Polled", "Next"),
        [_row(line, here) for line in chosen],
        empty=nothing,
    )
    if chosen:
        causes = [(f"{label(line.id)} {line.title}", line.health.cause) for line in chosen
                  if is_failing(line)]  # fmt: skip
        if causes:
            console().print()
        print_remarks("In trouble", causes)
        own = sum(line.own for line in lines)
        troubled = sum(map(is_failing, lines))
        console().print(
            f"\n{len(lines)} feeds: {len(lines) - own} for everyone, {own} for {_whom(here)}; "
            f"{troubled} in trouble."
        )


def _row(line: "FeedLine", here: Asking) -> tuple[object, ...]:
    from bot.services.feeds.kept import label

    return (
        label(line.id),
        line.title,
        _whom(here) if line.own else "everyone",
        line.health.state,
        line.polled_at.astimezone(local_zone()).strftime("%d %b %H:%M") if line.polled_at else "",
        line.next_poll_at.astimezone(local_zone()).strftime("%d %b %H:%M")
        if line.next_poll_at
        else "never",
    )


def remove(
    feed: Annotated[list[str], typer.Argument(help="By its id, title or address.")],
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Stop reading a feed that was added, and showing what only it has brought."""
    run(lambda: _remove(" ".join(feed), which, as_json=as_json))


async def _remove(feed: str, which: str | None, *, as_json: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which)
        line = await parts.services.feeds.remove(here.place, feed, now=parts.clock.now())
    if as_json:
        print_json(line)
    else:
        words = (
            f"“{line.title}” is no longer read for {_whom(here)}. What only it has brought is not "
            "shown there until it is added again."
        )
        console().print(words, soft_wrap=True)
