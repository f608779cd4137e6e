"""`story merge` and `story split`: what an operator puts right by hand."""

from bot.chat.call import Call, Who
from bot.chat.commands.stories import counted, linked
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import Code, Message, Tone, paragraph
from bot.services import Services


def declare(registry: Registry[Services]) -> None:
    """Declare the commands; the service asks for more than the registry where many share it."""
    registry.command(
        "story merge",
        help="Two stories are one event: the older id stays, the other forwards (operators)",
        who=Who.WORKSPACE_MANAGER,
        options=(
            Option(name="id", kind=OptionKind.STORY, help="one story's id", required=True),
            Option(name="other", kind=OptionKind.STORY, help="the other's id", required=True),
        ),
        examples=("/story merge s2k s2m",),
    )(merge)
    registry.command(
        "story split",
        help="Reports that tell of another event become a story of their own (operators)",
        who=Who.WORKSPACE_MANAGER,
        options=(
            Option(name="id", kind=OptionKind.STORY, help="the story's id", required=True),
            Option(
                name="reports",
                help="their numbers in /story show, such as 2 or 2,4-6",
                required=True,
            ),
            Option(
                name="alert",
                kind=OptionKind.FLAG,
                help="whether channels that ordered such stories hear of the new one",
                default=False,
                named=True,
            ),
        ),
        examples=("/story split s2k 3", "/story split s2k 2,4-6 alert:yes"),
    )(split)


async def merge(call: Call[Services], *, id: str, other: str) -> Message:  # noqa: A002 - the option's name
    """Make one story of two."""
    done = await call.services.corrections.merge(call.place, call.actor, id, other, call.now)
    kept = done.kept
    said = f"{done.gone} is part of {kept.label} now: {counted(done.reports, 'report')}. "
    links = (
        f"{counted(done.links, 'message')} that told it apart will link to the older one."
        if done.links
        else "No message had told it apart."
    )
    return Message(
        title=f"Merged into {kept.label}",
        blocks=(
            paragraph(linked(kept.title, kept.url)),
            paragraph(said, links, " Nobody is alerted."),
        ),
        tone=Tone.GOOD,
    )


async def split(call: Call[Services], *, id: str, reports: str, alert: bool) -> Message:  # noqa: A002 - the option's name
    """Part reports off a story."""
    done = await call.services.corrections.split(
        call.place, call.actor, id, reports, call.now, alert=alert
    )
    told = (
        "Channels that ordered such stories hear of it."
        if done.alerts
        else "Nobody who heard of the whole is alerted."
    )
    return Message(
        title=f"{counted(done.moved, 'report')} split off as {done.part.label}",
        blocks=(
            paragraph(f"{done.part.label}: ", linked(done.part.title, done.part.url)),
            paragraph(f"{done.stays.label} stays: ", linked(done.stays.title, done.stays.url)),
            paragraph(
                told, " ", Code(f"/story merge {done.stays.label} {done.part.label}"), " undoes it."
            ),
        ),
        tone=Tone.GOOD,
    )
