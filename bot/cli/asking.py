"""Who asks on the command line, and where: the operator, in one workspace, with all rights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import NotFound, UsageError

if TYPE_CHECKING:
    from bot.app.parts import Parts
    from bot.message import Inline, Message
    from bot.model import Destination, Workspace, WorkspaceId
    from bot.services.asking import Actor, Place

HOME = "console"

Which = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        metavar="PLATFORM:ID",
        help="Whose feeds and orders count; needed only where there are several.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True, slots=True)
class Asking:
    """The parts, and the place that the operator asks in; `tenant` None before it is stored."""

    parts: "Parts"
    place: "Place"
    tenant: "WorkspaceId | None"

    @property
    def actor(self) -> "Actor":
        """The same person as at the console."""
        from bot.services.asking import Actor, Who

        return Actor(id="you", name="you", may=Who.OPERATOR)

    async def reply(self, command: str, values: Mapping[str, str | int | None]) -> "Message":
        """What a chat command answers here; raises UsageError as it does."""
        from bot.chat.call import Call

        parts = self.parts
        call = Call(
            services=parts.services, place=self.place, actor=self.actor, now=parts.clock.now()
        )
        return await parts.registry.run(call, command, values)


async def asking(parts: "Parts", which: str | None, channel: str | None = None) -> Asking:
    """In the workspace that is named, else the only one of a chat platform, else the console's.

    Raises UsageError where a workspace or channel must be named, NotFound where there is none such.
    """
    from bot.services.asking import Place
    from bot.store import places

    async with parts.store.read() as conn:
        workspace = chosen(await places.all_workspaces(conn), which)
        known = await places.destinations_of(conn, workspace.id) if workspace else []
    if workspace is None or workspace.platform == HOME:
        there = workspace.external_id if workspace else HOME
        named = channel.removeprefix("#") if channel else HOME
        place = Place(platform=HOME, workspace=there, channel=named)
        return Asking(parts, place, workspace.id if workspace else None)
    where = chosen_channel(known, channel)
    place = Place(
        platform=workspace.platform,
        workspace=workspace.external_id,
        workspace_name=workspace.name,
        channel=where.channel if where else "",
        channel_name=where.name if where else "",
    )
    return Asking(parts, place, workspace.id)


def chosen(known: "Sequence[Workspace]", which: str | None) -> "Workspace | None":
    """The workspace to act for; None: the console's, which may not be stored yet."""
    names = {f"{one.platform}:{one.external_id}": one for one in known}
    if which is not None:
        if which in {HOME, f"{HOME}:{HOME}"}:
            return names.get(f"{HOME}:{HOME}")
        found = names.get(which) or next((one for one in known if one.name == which), None)
        if found is None:
            raise NotFound("workspace", which, tuple([*names, HOME][:3]))
        return found
    chats = [name for name, one in names.items() if one.platform != HOME]
    if len(chats) > 1:
        listed = ", ".join(f"{name} ({names[name].name or 'unnamed'})" for name in chats[:5])
        more = f" and {len(chats) - 5} more" if len(chats) > 5 else ""
        raise UsageError(f"Say for which workspace with --workspace: {listed}{more}, or {HOME}.")
    return names[chats[0]] if chats else names.get(f"{HOME}:{HOME}")


def chosen_channel(known: "Sequence[Destination]", channel: str | None) -> "Destination | None":
    """The channel that is named by its id or name, else the only one; None where none is meant."""
    if channel is None:
        return known[0] if len(known) == 1 else None
    wanted = channel.removeprefix("#")
    for one in known:
        if wanted in {one.channel, one.name}:
            return one
    raise NotFound("channel", channel, tuple(one.name or one.channel for one in known[:3]))


def show(message: "Message", parts: "Parts") -> None:
    """Print a reply as the console does, and say where its commands are typed."""
    from bot.chat.console.screen import Screen
    from bot.cli.output import console, local_zone, side

    Screen(console(), zone=local_zone()).message(message, now=parts.clock.now())
    if any(part.startswith("/") for part in _codes(message)):
        side().print("Commands that begin with / are typed in chat or in `policywire console`.")


def _codes(message: "Message") -> "Iterator[str]":
    from bot.message import Code, Fields, Listing, Paragraph

    lines: list[tuple[Inline, ...]] = [message.footer]
    for block in message.blocks:
        match block:
            case Paragraph(parts=parts):
                lines.append(parts)
            case Listing(items=items):
                lines += [line for item in items for line in (item.line, *item.notes)]
            case Fields(fields=fields):
                lines += [field.value for field in fields]
            case _:
                pass
    return (part.text for line in lines for part in line if isinstance(part, Code))
