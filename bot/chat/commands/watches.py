"""`watch`: saved queries, each tried on history first."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.commands.trials import said, with_threshold
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Block,
    Code,
    Heading,
    Item,
    Line,
    Listing,
    Message,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.services import Services
from bot.services.watches.choice import label
from bot.services.watches.results import MANY, Kept, Tested

_QUERY = Option(
    name="query",
    kind=OptionKind.QUERY,
    help="words, “phrases”, AND OR NOT, title: source: entity: relevance>0.5",
    required=True,
    wide=True,
)
_WATCH = Option(
    name="watch", kind=OptionKind.WATCH, help="the watch by its label or name", required=True
)
_ANYWAY = Option(
    name="anyway",
    kind=OptionKind.FLAG,
    help="save it though it would bring a hundred alerts a day or more",
    default=False,
    named=True,
)
_DAYS = Option(
    name="days",
    kind=OptionKind.INTEGER,
    help="how many days of history to try it on",
    default=14,
    between=(1, 90),
)


def declare(registry: Registry[Services]) -> None:
    """Declare the commands about watches."""
    registry.command(
        "watch add",
        help="Save a query; each article that matches it alerts here, or you alone",
        options=[
            _QUERY,
            Option(name="name", help="what to call it", named=True),
            Option(
                name="deliver",
                help="to this channel, or to you as direct messages",
                choices=("here", "me"),
                default="here",
                named=True,
            ),
            Option(name="mention", kind=OptionKind.ROLE, help="one role that it pings"),
            _ANYWAY,
        ],
        examples=(
            '/watch add "supply chain risk" AND anthropic name:Designation',
            "/watch add entity:openai title:lawsuit deliver:me",
        ),
        slow=True,
    )(add)
    registry.command(
        "watch test",
        help="Try a query on history; saves nothing",
        options=[_QUERY, _DAYS],
        examples=("/watch test anthropic AND (injunction OR appeal) 30",),
        slow=True,
        private=True,
    )(test)
    registry.command("watch list", help="The watches of this channel, and your own", private=True)(
        listing
    )
    registry.command(
        "watch edit",
        help="Give a watch another query",
        options=[_WATCH, _QUERY, _ANYWAY],
        examples=("/watch edit w3 anthropic AND injunction",),
        slow=True,
    )(edit)
    registry.command(
        "watch pause",
        help="Pause a watch, or let a paused one go on",
        options=[_wide(_WATCH)],
        examples=("/watch pause w3",),
    )(pause)
    registry.command(
        "watch remove",
        help="Forget a watch",
        options=[_wide(_WATCH)],
        examples=("/watch remove w3",),
    )(remove)


def _wide(option: Option) -> Option:
    return Option(
        name=option.name, kind=option.kind, help=option.help, required=option.required, wide=True
    )


async def add(
    call: Call[Services],
    *,
    query: str,
    name: str | None,
    deliver: str,
    mention: str | None,
    anyway: bool,
) -> Message:
    """`watch add`."""
    kept = await call.services.watches.add(
        call.place,
        call.actor,
        query,
        now=call.now,
        name=name or "",
        own=deliver == "me",
        mention=mention,
        anyway=anyway,
    )
    if isinstance(kept, Tested):
        return _flood(kept, "It is not saved")
    where = "for you alone, as direct messages" if kept.own else "in this channel"
    verb = "was here already" if kept.there else "is saved"
    lead: Line = (Code(label(kept.watch.id)), f" {verb}. Alerts {where}: {kept.reading}.")
    return Message(
        title=f"Watching: {kept.watch.name}",
        blocks=(paragraph(*lead), *_tested(kept), _undo(kept)),
        tone=Tone.GOOD,
        private=kept.own,
    )


async def test(call: Call[Services], query: str, days: int) -> Message:
    """`watch test`."""
    tested = await call.services.watches.test(call.place, query, now=call.now, days=days)
    save: Line = ("To save it: ", Code(f"/watch add {tested.canonical}"))
    return Message(
        title="Watch test: nothing is saved",
        blocks=(
            paragraph(f"This asks for {tested.reading}."),
            *_figures(tested),
            paragraph(*save),
        ),
        private=True,
    )


async def listing(call: Call[Services]) -> Message:
    """`watch list`."""
    kept = await call.services.watches.listing(call.place, call.actor)
    if not kept:
        return Message(
            blocks=(paragraph("No watch yet. Try a query first: ", Code("/watch test anthropic")),),
            private=True,
        )
    channel = [one for one in kept if not one.own]
    own = [one for one in kept if one.own]
    blocks: list[Block] = []
    for title, some in (("This channel", channel), ("Yours alone", own)):
        if some:
            blocks += [Heading(title), _listed(some)]
    return Message(title="Watches", blocks=tuple(blocks), private=True)


async def edit(call: Call[Services], watch: str, query: str, anyway: bool) -> Message:
    """`watch edit`."""
    kept = await call.services.watches.edit(
        call.place, call.actor, watch, query, now=call.now, anyway=anyway
    )
    if isinstance(kept, Tested):
        return _flood(kept, "The watch is as it was")
    lead: Line = (Code(label(kept.watch.id)), f" now asks for {kept.reading}.")
    return Message(
        title=f"Watching: {kept.watch.name}",
        blocks=(paragraph(*lead), *_tested(kept)),
        tone=Tone.GOOD,
        private=kept.own,
    )


async def pause(call: Call[Services], watch: str) -> Message:
    """`watch pause`."""
    kept = await call.services.watches.pause(call.place, call.actor, watch, now=call.now)
    name = f" “{kept.watch.name}” "
    again = Code(f"/watch pause {label(kept.watch.id)}")
    words: Line = (
        ("is paused. To let it go on: ", again)
        if kept.watch.paused_reason
        else ("goes on. What it missed while paused is not told.",)
    )
    return Message(
        blocks=(paragraph(Code(label(kept.watch.id)), name, *words),),
        tone=Tone.GOOD,
        private=kept.own,
    )


async def remove(call: Call[Services], watch: str) -> Message:
    """`watch remove`."""
    kept = await call.services.watches.remove(call.place, call.actor, watch)
    again: Line = ("To have it again: ", Code(f"/watch add {kept.watch.query}"))
    return Message(
        blocks=(paragraph(f"“{kept.watch.name}” is removed. ", *again),),
        tone=Tone.GOOD,
        private=kept.own,
    )


def _tested(kept: Kept) -> list[Block]:
    if kept.tested is None:
        return []
    figures = _figures(kept.tested)
    if kept.tested.tried.all.alerts_a_day < MANY:
        return figures
    words = "That is a lot: past the channel's limit an hour they come as lists, not one by one."
    return [figures[0], paragraph(words), *figures[1:]]


def _flood(tested: Tested, lead: str) -> Message:
    rate = f"{tested.tried.all.alerts_a_day:,.0f}"
    words = f"{lead}: {tested.reading} would bring {rate} alerts a day, more than anybody reads. "
    advice: Line = (words, "Ask for more, such as ", Code(f"({tested.canonical}) relevance>0.5"))
    return Message(
        title="Too many alerts",
        blocks=(
            paragraph(*advice, "; or say the same again with ", Code("anyway:yes"), "."),
            *_figures(tested),
        ),
        tone=Tone.WARNING,
        private=True,
    )


def _figures(tested: Tested) -> list[Block]:
    figures, *rest = said(tested.tried)
    asked = "relevance" in tested.canonical
    warnings = [paragraph(warning) for warning in tested.warnings]
    return [figures, *warnings, *([] if asked else with_threshold(tested.tried)), *rest]


def _undo(kept: Kept) -> Block:
    which = label(kept.watch.id)
    change = Code(f"/watch edit {which} <query>")
    return paragraph("To change it: ", change, " · to end it: ", Code(f"/watch remove {which}"))


def _listed(kept: Sequence[Kept]) -> Listing:
    return Listing(tuple(_item(one) for one in kept))


def _item(one: Kept) -> Item:
    watch = one.watch
    state: Line = ("no alert yet",)
    if watch.last_alert_at is not None:
        state = ("last alert ", When(watch.last_alert_at, TimeStyle.RELATIVE))
    if watch.paused_reason is not None:
        state = (f"{watch.paused_reason} · ", *state)
    if watch.mention:
        state = (*state, f" · pings the role {watch.mention}")
    return Item(
        (Code(label(watch.id)), f" {watch.name}"),
        ((one.reading,), (Code(watch.query),), state),
    )
