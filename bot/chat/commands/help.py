"""`help`, made from the registry itself."""

from bot.chat.call import Call, Who
from bot.chat.registry import Command, Option, Registry, nearest_names
from bot.errors import NotFound
from bot.message import (
    Block,
    Code,
    Heading,
    Item,
    Line,
    Listing,
    Message,
    paragraph,
)
from bot.services import Services

_SUBJECTS = (
    ("Read", ("latest", "story", "why", "brief", "trend", "deadlines")),
    ("Be told", ("subscribe", "unsubscribe", "subscriptions", "watch", "mute", "quiet")),
    ("Track", ("entity", "feed")),
)
_OTHERS = "Look after it"


def declare(registry: Registry[Services]) -> None:
    """Declare `help` over all that the registry holds when it is asked."""

    async def show(call: Call[Services], command: str | None) -> Message:
        """`help`."""
        if command is None:
            return _overview(registry, call.actor.may)
        words = command.lower().removeprefix("/").split()
        group = [one for one in registry.commands if list(one.path[: len(words)]) == words]
        if not group:
            names = [*(one.name for one in registry.commands), *(_groups(registry))]
            near = nearest_names(" ".join(words), dict.fromkeys(names))
            raise NotFound("command", command, near, instead="/help lists them all.")
        if len(group) > 1:
            return Message(
                title=f"/{' '.join(words)}",
                blocks=(Listing(tuple(_item(one) for one in group)),),
                footer=("More on one: ", Code(f"/help {group[0].name}")),
                private=True,
            )
        return _one(group[0])

    registry.command(
        "help",
        help="All commands, or one with its options and examples",
        options=[Option(name="command", help="a command, such as watch add", wide=True)],
        examples=("/help", "/help watch add"),
    )(show)


def _groups(registry: Registry[Services]) -> list[str]:
    return list(dict.fromkeys(one.path[0] for one in registry.commands))


def _overview(registry: Registry[Services], may: Who) -> Message:
    """What this person may use, by subject; how much more there is for others."""
    mine = [one for one in registry.commands if one.who <= may]
    blocks: list[Block] = []
    placed: set[str] = set()
    for subject, words in _SUBJECTS:
        some = [one for word in words for one in mine if one.path[0] == word]
        placed |= {one.name for one in some}
        blocks += _section(subject, some)
    blocks += _section(_OTHERS, [one for one in mine if one.name not in placed])
    more = len(registry.commands) - len(mine)
    footer: Line = ("One in full: ", Code("/help <command>"))
    if more:
        footer = (*footer, f" · {more} more for those who manage channels or the workspace")
    return Message(title="What you can ask for", blocks=tuple(blocks), footer=footer, private=True)


def _section(subject: str, commands: list[Command]) -> list[Block]:
    if not commands:
        return []
    return [Heading(subject), Listing(tuple(_item(one) for one in commands))]


def _item(command: Command) -> Item:
    return Item((Code(command.usage()),), ((command.help,),))


def _one(command: Command) -> Message:
    blocks: list[Block] = [paragraph(f"{command.help}.")]
    if command.options:
        options = tuple(_option(option) for option in command.options)
        blocks += [Heading("Options"), Listing(options)]
    if command.examples:
        examples = tuple(Item((Code(example),)) for example in command.examples)
        blocks += [Heading("Examples"), Listing(examples)]
    footer: Line = (f"Needs {command.who.words}.",) if command.who > Who.ANYONE else ()
    return Message(title=command.usage(), blocks=tuple(blocks), footer=footer, private=True)


def _option(option: Option) -> Item:
    facts = [option.help]
    if option.choices:
        facts.append(f"one of {', '.join(option.choices)}")
    if option.between is not None:
        facts.append(f"from {option.between[0]:g} to {option.between[1]:g}")
    if option.default is not None:
        default = option.default
        said = ("yes" if default else "no") if isinstance(default, bool) else str(default)
        facts.append(f"{said} unless told otherwise")
    if option.named:
        facts.append(f"typed as {option.name}:…")
    return Item((Code(option.name), " needed" if option.required else ""), (("; ".join(facts),),))
