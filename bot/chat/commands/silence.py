"""`mute` and `quiet`."""

from bot.chat.call import Call, Who
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import Code, Message, TimeStyle, Tone, When, paragraph
from bot.services import Services
from bot.services.silence import Quiet


def declare(registry: Registry[Services]) -> None:
    """Declare the commands that silence a channel."""
    manager = Who.CHANNEL_MANAGER
    until = Option(
        name="until",
        kind=OptionKind.MOMENT,
        help="3h, 18:00, tomorrow, friday 9:00 … (a day unless said), or off",
        wide=True,
    )
    registry.command(
        "mute",
        help="Send nothing to this channel until a time; off ends it",
        who=manager,
        options=(until,),
        examples=("/mute 3h", "/mute until friday 9:00", "/mute off"),
    )(mute)
    registry.command(
        "quiet",
        help="Quiet hours of this channel: alerts wait until they end",
        who=manager,
        options=(
            Option(name="hours", help="such as 22:00-07:00, or off", wide=True),
            Option(name="zone", kind=OptionKind.ZONE, help="time zone, such as Europe/Berlin"),
            Option(
                name="breaking",
                kind=OptionKind.FLAG,
                help="whether breaking stories come all the same",
                named=True,
            ),
        ),
        examples=("/quiet 22:00-07:00", "/quiet 22-7 Europe/Berlin breaking:yes", "/quiet off"),
    )(quiet)


async def mute(call: Call[Services], *, until: str | None) -> Message:
    """Mute the channel, or end that."""
    done = await call.services.silence.mute(call.place, until or "", call.now)
    if done.until is None:
        title = "This channel hears alerts again" if done.before else "This channel was not muted"
        return Message(title=title, tone=Tone.GOOD)
    when = When(done.until, TimeStyle.DATE_TIME)
    return Message(
        title="This channel is muted",
        blocks=(
            paragraph("Until ", when, f" ({done.zone}). ", Code("/mute off"), " ends it sooner."),
            paragraph(
                "Stories that come meanwhile are not told later; ", Code("/latest"), " has them."
            ),
        ),
        tone=Tone.GOOD,
    )


async def quiet(
    call: Call[Services], *, hours: str | None, zone: str | None, breaking: bool | None
) -> Message:
    """Set, lift or show quiet hours."""
    done = await call.services.silence.quiet(
        call.place, call.actor, hours or "", zone=zone or "", breaking=breaking, now=call.now
    )
    return _quiet(done)


def _quiet(done: Quiet) -> Message:
    tone = Tone.GOOD if done.changed else Tone.INFO
    if done.hours is None:
        how = paragraph(Code("/quiet 22:00-07:00"), f" sets them (times in {done.zone}).")
        return Message(title="This channel has no quiet hours", blocks=(how,), tone=tone)
    start, end = done.hours.start, done.hours.end
    breaking = (
        "Breaking stories come all the same."
        if done.hours.let_breaking_through
        else "Breaking stories wait too; breaking:yes lets them through."
    )
    blocks = [
        paragraph(
            "Alerts that come meanwhile are told in the next digest, or in one list when the "
            "quiet hours end. " + breaking
        )
    ]
    if done.until is not None:
        blocks.append(paragraph("It is quiet now, until ", When(done.until), "."))
    title = f"Quiet hours: {start:%H:%M} to {end:%H:%M} ({done.zone})"
    return Message(title=title, blocks=tuple(blocks), tone=tone)
