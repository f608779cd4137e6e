"""`entity`: who and what is tracked, and what a workspace adds to it for itself."""

from collections.abc import Sequence

from bot.chat.call import Call, Who
from bot.chat.commands.trials import said
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Block,
    Code,
    Fields,
    Heading,
    Inline,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    Tone,
    paragraph,
)
from bot.model import Alias, Entity, EntityKind
from bot.services import Services
from bot.services.entities import Added

_KINDS = tuple(kind.value for kind in EntityKind)
_ENTITY = Option(
    name="entity", kind=OptionKind.ENTITY, help="the entity by name, alias or id", required=True
)
_ANYWAY = Option(
    name="anyway",
    kind=OptionKind.FLAG,
    help="add it though something speaks against it",
    default=False,
    named=True,
)
_MOST_NAMES = 6


def declare(registry: Registry[Services]) -> None:
    """Declare the commands about entities."""
    registry.command(
        "entity list",
        help="Who and what is tracked, of one kind or by part of a name",
        options=[Option(name="search", help="a kind such as agency, or part of a name", wide=True)],
        examples=("/entity list agency", "/entity list anthropic"),
    )(listing)
    registry.command(
        "entity show",
        help="One entity: its kind, the ways it is written, how often it was named",
        options=[_wide(_ENTITY)],
        examples=("/entity show Claude",),
    )(show)
    registry.command(
        "entity add",
        help="Track somebody or something new, for this workspace alone",
        who=Who.WORKSPACE_MANAGER,
        options=[
            Option(name="name", help="the full name", required=True, wide=True),
            Option(name="kind", help="what it is", choices=_KINDS, required=True),
            Option(
                name="aliases", help="other ways it is written, with commas between", named=True
            ),
            Option(name="about", help="what it is, in one line", named=True),
            _ANYWAY,
        ],
        examples=('/entity add Example Labs company aliases:"ExLabs, Example AI"',),
        slow=True,
    )(add)
    registry.command(
        "entity alias",
        help="Another way in which an entity is written, for this workspace alone",
        who=Who.WORKSPACE_MANAGER,
        options=[
            _ENTITY,
            Option(name="alias", help="the way it is written", required=True, wide=True),
            _ANYWAY,
        ],
        examples=("/entity alias anthropic Claude maker",),
        slow=True,
    )(alias)
    registry.command(
        "entity remove",
        help="Forget what this workspace added: an entity, or one alias",
        who=Who.WORKSPACE_MANAGER,
        options=[_wide(_ENTITY), Option(name="alias", help="only this alias", named=True)],
        examples=('/entity remove anthropic alias:"Claude maker"',),
    )(remove)


def _wide(option: Option) -> Option:
    return Option(
        name=option.name, kind=option.kind, help=option.help, required=option.required, wide=True
    )


async def listing(call: Call[Services], search: str | None) -> Message:
    """`entity list`."""
    listed = await call.services.entities.listing(call.place, search or "")
    if not listed.total:
        hint = ("Kinds are: ", ", ".join(_KINDS), ". To add one: ", Code("/entity add"))
        return Message(blocks=(paragraph(f"Nothing matches “{search}”. ", *hint),), private=True)
    blocks: list[Block] = []
    if listed.own:
        blocks += [Heading("Added here"), Listing(tuple(_item(entity) for entity in listed.own))]
    for kind in EntityKind:
        some = [entity for entity in listed.shared if entity.kind is kind]
        if some:
            names = ", ".join(entity.name for entity in some)
            blocks += [Heading(_plural(kind)), paragraph(names)]
    footer: Line = ("See one: ", Code("/entity show <entity>"))
    left = listed.total - len(listed.own) - len(listed.shared)
    if left:
        footer = (f"{left} more; say a kind or part of a name. ", *footer)
    return Message(
        title=f"{listed.total} tracked", blocks=tuple(blocks), footer=footer, private=True
    )


async def show(call: Call[Services], entity: str) -> Message:
    """`entity show`."""
    shown = await call.services.entities.show(call.place, entity, now=call.now)
    one = shown.entity
    fields = [
        NamedField("Kind", (one.kind.value,)),
        NamedField("Id", (Code(one.id),)),
        NamedField("Written", (_written(one.aliases),)),
    ]
    if shown.added:
        fields.append(NamedField("Added here", (_written(shown.added),)))
    fields.append(NamedField("Named in", (f"{shown.named:,} articles of the last 30 days",)))
    blocks: list[Block] = [paragraph(one.line)] if one.line else []
    footer: Line = (
        ("Added by this workspace, for itself.",)
        if shown.own
        else ("Latest: ", Code(f"/latest {one.id}"))
    )
    return Message(
        title=one.name, blocks=(*blocks, Fields(tuple(fields))), footer=footer, private=True
    )


async def add(
    call: Call[Services],
    *,
    name: str,
    kind: str,
    aliases: str | None,
    about: str | None,
    anyway: bool,
) -> Message:
    """`entity add`."""
    others = [alias for part in (aliases or "").split(",") if (alias := part.strip())]
    added = await call.services.entities.add(
        call.place,
        call.actor,
        name,
        EntityKind(kind),
        now=call.now,
        aliases=others,
        line=about or "",
        anyway=anyway,
    )
    if not added.saved:
        return refused(added, name)
    written = _written(added.entity.aliases)
    then: Line = (f" is tracked from now on, written {written}. ", "To be told of it: ")
    return Message(
        title=added.entity.name,
        blocks=(
            paragraph(Code(added.entity.id), *then, Code(f"/subscribe {added.entity.id}")),
            *said(added.trial.tried),
            paragraph(*earlier(added.entity.id)),
        ),
        tone=Tone.GOOD,
    )


def earlier(name: str) -> Line:
    """That articles of the past do not get the entity, and how they are looked through."""
    asked = f'entity:"{name}"' if " " in name else f"entity:{name}"
    return (
        "/latest and /trend know it in articles that come from now on; ",
        Code(f"/watch test {asked} 90"),
        " looks through the past ones.",
    )


async def alias(
    call: Call[Services],
    entity: str,
    alias: str,
    anyway: bool,
) -> Message:
    """`entity alias`."""
    added = await call.services.entities.alias(
        call.place, call.actor, entity, (alias,), now=call.now, anyway=anyway
    )
    if not added.saved:
        return refused(added, f"“{alias}”")
    undo = Code(f'/entity remove {added.entity.id} alias:"{alias}"')
    return Message(
        title=added.entity.name,
        blocks=(
            paragraph(
                f"{_written(added.aliases)} now means {added.entity.name} here. ",
                "To take it back: ",
                undo,
            ),
            *said(added.trial.tried),
        ),
        tone=Tone.GOOD,
    )


async def remove(call: Call[Services], entity: str, alias: str | None) -> Message:
    """`entity remove`."""
    removed = await call.services.entities.remove(
        call.place, call.actor, entity, alias or "", now=call.now
    )
    what = f"“{removed.alias}” of {removed.entity.name}" if removed.alias else removed.entity.name
    done = f"{what}, as this workspace had added it, is removed. Past alerts stay."
    return Message(blocks=(paragraph(done),), tone=Tone.GOOD)


def refused(added: Added, name: str) -> Message:
    """Why what was to be added is not, or not yet, with what it would have matched."""
    doubts = "; ".join(added.trial.doubts)
    lead = f"{name} is not added." if added.trial.never else f"{name} is not added yet."
    return Message(
        title="It cannot be added" if added.trial.never else "Think again?",
        blocks=(
            paragraph(f"{lead} {doubts[0].upper()}{doubts[1:]}."),
            *said(added.trial.tried),
            paragraph("Give a longer way to write the name.")
            if added.trial.never
            else paragraph("To add it all the same, say the same with ", Code("anyway:yes"), "."),
        ),
        tone=Tone.WARNING,
        private=True,
    )


def _item(entity: Entity) -> Item:
    about: tuple[Line, ...] = ((entity.line,),) if entity.line else ()
    names: Inline = f" {entity.name}, {entity.kind}: {_written(entity.aliases)}"
    return Item((Code(entity.id), names), about)


def _written(aliases: Sequence[Alias]) -> str:
    """The ways it is written, with the rule where one of them has a rule."""
    words = [f"“{alias.text}”{_rule(alias)}" for alias in aliases[:_MOST_NAMES]]
    left = len(aliases) - len(words)
    return ", ".join(words) + (f" and {left} more" if left else "")


def _rule(alias: Alias) -> str:
    if alias.after_full:
        return " (after the full name, or in context)"
    if alias.near:
        return " (in context)"
    return " (exactly so)" if alias.exact else ""


def _plural(kind: EntityKind) -> str:
    word = kind.value.capitalize()
    irregular = {"Person": "People", "Company": "Companies", "Agency": "Agencies"}
    return irregular.get(word, word + "s")
