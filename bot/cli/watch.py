"""`policywire watch`: a query held against stored history."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.asking import AsJson, Which, asking, show
from bot.cli.output import print_json
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.services.watches.results import Tested


def declare(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Try keyword watches on stored history.")
    group.callback()(lambda: None)
    group.command("test")(try_out)
    app.add_typer(group, name="watch")


def try_out(
    query: Annotated[list[str], typer.Argument(help='Such as: anthropic AND "supply chain risk"')],
    days: Annotated[int, typer.Option(min=1, max=90, help="How many days of history.")] = 14,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Say what a watch would have brought; saves nothing."""
    run(lambda: _try_out(" ".join(query), days, which, as_json=as_json))


async def _try_out(query: str, days: int, which: str | None, *, as_json: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which)
        if as_json:
            now, watches = parts.clock.now(), parts.services.watches
            print_json(_jsonable(await watches.test(here.place, query, now=now, days=days)))
        else:
            show(await here.reply("watch test", {"query": query, "days": days}), parts)


def _jsonable(tested: "Tested") -> dict[str, Any]:
    from bot.model import story_label

    tried = tested.tried
    return {
        "query": tested.canonical,
        "reading": tested.reading,
        "warnings": list(tested.warnings),
        "days": tried.days,
        "matched": tried.matched,
        "whole": tried.whole,
        "alerts": tried.all.alerts,
        "alerts_a_day": round(tried.all.alerts_a_day, 2),
        "alerts_if_relevant": tried.relevant.alerts,
        "examples": [
            {
                "title": one.article.title,
                "url": one.url,
                "outlet": one.article.outlet,
                "published": one.article.published.at,
                "story": story_label(one.story) if one.story is not None else None,
                "relevance": round(one.relevance, 4),
                "matched": [
                    {
                        "text": one.article.field(span.field)[span.start : span.end],
                        "start": span.start,
                        "end": span.end,
                        "field": span.field,
                    }
                    for span in one.spans
                ],
            }
            for one in tried.examples
        ],
    }
