"""`policywire why`: why an article came to a channel, or which stage held it back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.asking import AsJson, Which, asking, show
from bot.cli.output import print_json
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.services.why import Answer


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why")(why)


def why(
    about: Annotated[
        list[str],
        typer.Argument(
            metavar="URL|ID|WORDS",
            help="An article's address, a story's id, or words of a headline.",
        ),
    ],
    which: Which = None,
    channel: Annotated[
        str | None, typer.Option(help="The channel that it is about, by name or id.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say why an article was alerted, or what held it back."""
    run(lambda: _why(" ".join(about), which, channel, as_json=as_json))


async def _why(about: str, which: str | None, channel: str | None, *, as_json: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which, channel)
        if as_json:
            print_json(
                _jsonable(await parts.services.why.ask(here.place, about, parts.clock.now()))
            )
        else:
            show(await here.reply("why", {"about": about}), parts)


def _jsonable(answer: "Answer") -> dict[str, Any]:
    from bot.message import plain
    from bot.services.unseen import Unseen
    from bot.services.why import Choice

    if isinstance(answer, Choice):
        return {"seen": None, "asked": answer.asked, "may_be": answer.articles}
    if isinstance(answer, Unseen):
        return {
            "seen": False,
            "asked": answer.asked,
            "verdict": plain(answer.headline),
            "outlet": answer.outlet,
            "feeds": answer.feeds,
        }
    here = answer.here
    return {
        "seen": True,
        "story": answer.line,
        "report": answer.report,
        "counted": plain(answer.counted),
        "threshold": answer.needed,
        "changes": answer.changes,
        "notes": [plain(note) for note in answer.notes],
        "verdict": plain(here.headline),
        "because": plain(here.because),
        "remedy": plain(here.remedy),
        "orders": [
            {
                "order": stand.order,
                "takes": stand.takes,
                "against": [plain(words) for words in stand.words],
                "remedy": plain(stand.remedy),
            }
            for stand in here.stands
        ],
    }
