"""`trend`: a chart of stories a day."""

import asyncio

from bot.chat.call import Call
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import Code, Message, Picture, paragraph
from bot.services import Services
from bot.services.charts.columns import columns
from bot.services.charts.series import in_words, span, summed_up

_MOST_DAYS = 365


def declare(registry: Registry[Services]) -> None:
    """Declare the command."""
    registry.command(
        "trend",
        help="A chart of the stories a day about a person, company, agency, law or product",
        options=(
            Option(
                name="entity",
                kind=OptionKind.ENTITY,
                help="whom or what the stories are about",
                required=True,
                wide=True,
            ),
            Option(
                name="days",
                kind=OptionKind.INTEGER,
                help=f"how many days back, 2 to {_MOST_DAYS}",
                default=30,
                between=(2, _MOST_DAYS),
            ),
        ),
        examples=("/trend anthropic", "/trend eu ai act 90"),
        slow=True,
    )(trend)


async def trend(call: Call[Services], *, entity: str, days: int) -> Message:
    """The chart, with its numbers in words."""
    # Pillow takes 5 MiB that most processes never need.
    from bot.services.charts.picture import daily_png  # noqa: PLC0415

    series = await call.services.trends.daily(call.place, entity, days=days, now=call.now)
    # Drawing takes half a second, for which the chat must not stand still.
    png = await asyncio.to_thread(daily_png, series)
    return Message(
        title=f"{series.name}: stories a day",
        blocks=(
            paragraph(f"{span(series)}: {summed_up(series)}."),
            paragraph(Code(f"/latest {series.name}"), " has the newest of them."),
        ),
        picture=Picture("trend.png", png, in_words(series), columns(series)),
    )
