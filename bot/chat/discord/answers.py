"""What interactions ask for → the registry's commands, buttons and completions → replies."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import discord
import structlog

from bot.chat.call import Call
from bot.chat.discord.asking import Asking, asking, destination, elsewhere
from bot.chat.discord.commands import ORDERS, Asked, filled, form, read
from bot.chat.discord.components import Mark, More, Press, Turn
from bot.chat.discord.components import read as read_id
from bot.chat.discord.desk import Desk
from bot.chat.discord.permissions import missing
from bot.chat.discord.replies import CLOSED, OUTDATED, Interaction, Replies
from bot.chat.registry import Command, OptionKind
from bot.errors import ChannelUnavailable, NotAllowed, PolicywireError, SendError, UsageError
from bot.message import Message
from bot.model import DestinationKind
from bot.services import Services

_COMPLETION_SECONDS = 2.5
_UNMARKED = Mark()
_VOICES = frozenset({discord.ChannelType.voice, discord.ChannelType.stage_voice})
_log = structlog.get_logger(__name__)


class Answers:
    """Answers every interaction; `channel` gives a channel that the client knows."""

    def __init__(self, desk: Desk, channel: Callable[[int], object | None]) -> None:
        self._desk, self._channel, self._replies = desk, channel, Replies()

    async def take(self, interaction: Interaction) -> None:
        """Answer a command, a completion, a button or a form."""
        data: Any = interaction.data or {}
        match interaction.type:
            case discord.InteractionType.autocomplete:
                await self._complete(interaction, read(data))
            case discord.InteractionType.application_command:
                await self._command(interaction, read(data))
            case discord.InteractionType.modal_submit if data["custom_id"].startswith("pw-form:"):
                await self._answer(interaction, filled(data))
            case discord.InteractionType.component:
                await self._pressed(interaction, str(data["custom_id"]))
            case _:
                pass

    async def _command(self, interaction: Interaction, asked: Asked) -> None:
        if asked.name in ORDERS and not asked.values:
            command, _ = self._desk.registry.find(asked.name.split())
            here = self._asking(interaction)
            if here.actor.may >= command.who:
                await self._replies.open(interaction, form(command))
                return
        await self._answer(interaction, asked)

    async def _answer(self, interaction: Interaction, asked: Asked) -> None:
        private = any(c.name == asked.name and c.private for c in self._desk.registry.commands)
        await self._replies.answer(interaction, self._run(interaction, asked), private=private)

    async def _run(self, interaction: Interaction, asked: Asked) -> Message:
        desk = self._desk
        command, _ = desk.registry.find(asked.name.split())
        here = self._asking(interaction)
        there, values = self._addressed(interaction, command, asked, here)
        if command.name in ORDERS and values.get("deliver") != "me":
            await self._reachable(interaction, here, there)
        message = await desk.registry.run(self._call(there), command.name, values)
        if there is here:
            return message
        # Buttons act in the channel where they are pressed, which is not the one that was meant.
        return Message(
            title=message.title,
            blocks=message.blocks,
            tone=message.tone,
            above=(f"In #{there.place.channel_name or there.place.channel}",),
            private=message.private,
        )

    async def _pressed(self, interaction: Interaction, custom_id: str) -> None:
        match read_id(custom_id):
            case Press() as press:
                work = self._act(interaction, press)
                await self._replies.answer(interaction, work, private=True)
            case Turn() as turn:
                await self._replies.turn(interaction, turn)
            case More(mark=mark):
                work = self._more(interaction, mark)
                await self._replies.answer(interaction, work, private=True, page=1)
            case None:
                await self._replies.say(interaction, OUTDATED)

    async def _act(self, interaction: Interaction, press: Press) -> Message:
        call = self._call(self._asking(interaction, press.mark))
        return await self._desk.registry.press(call, press.action, press.argument)

    async def _more(self, interaction: Interaction, mark: Mark) -> Message:
        """The further pages of a post, for the person who presses alone."""
        place, message = self._asking(interaction, mark).place, interaction.message
        ref = f"{message.channel.id}/{message.id}" if message is not None else ""
        found = await self._desk.told.again(place, ref)
        if found is None:
            return CLOSED
        return Message(
            title=found.title,
            blocks=found.blocks,
            footer=found.footer,
            tone=found.tone,
            topic=found.topic,
            private=True,
            pages=found.pages,
        )

    async def _complete(self, interaction: Interaction, asked: Asked) -> None:
        choices = []
        try:
            async with asyncio.timeout(_COMPLETION_SECONDS):
                choices = await self._choices(interaction, asked)
        except (PolicywireError, TimeoutError) as error:
            _log.info("not_completed", command=asked.name, error=str(error))
        try:
            await interaction.response.autocomplete(choices)
        except discord.HTTPException as error:
            _log.info("completion_late", error=str(error))

    async def _choices(
        self, interaction: Interaction, asked: Asked
    ) -> list[discord.app_commands.Choice[str]]:
        command, _ = self._desk.registry.find(asked.name.split())
        option = next((o for o in command.options if o.name == asked.focused), None)
        if option is None:
            return []
        here = self._asking(interaction)
        typed = str(asked.values.get(option.name) or "")
        found = await self._desk.services.complete.complete(
            option.kind.value, typed, here.place, here.actor, now=self._desk.clock.now()
        )
        return [
            discord.app_commands.Choice(name=label[:100] or value, value=value)
            for value, label in found[:25]
        ]

    def _asking(self, interaction: Interaction, mark: Mark = _UNMARKED) -> Asking:
        return asking(interaction, self._kind_of, self._desk.rights, mark)

    def _call(self, who: Asking) -> Call[Services]:
        desk = self._desk
        return Call(services=desk.services, place=who.place, actor=who.actor, now=desk.clock.now())

    def _kind_of(self, channel: int) -> int | None:
        known = self._channel(channel)
        return known.type.value if isinstance(known, discord.abc.GuildChannel) else None

    def _addressed(
        self, interaction: Interaction, command: Command, asked: Asked, here: Asking
    ) -> tuple[Asking, dict[str, Any]]:
        """The channel that is meant, and the values with ids in the services' words."""
        values, there = dict(asked.values), here
        data: Any = interaction.data or {}
        resolved: Mapping[str, Any] = data.get("resolved", {})
        for option in command.options:
            given = values.get(option.name)
            if given is None:
                continue
            if option.kind is OptionKind.CHANNEL:
                del values[option.name]
                channel = resolved.get("channels", {}).get(str(given))
                if channel is None:
                    raise UsageError("That channel cannot be seen. Choose one from the list.")
                meant = elsewhere(interaction, channel, self._kind_of, self._desk.rights)
                there = here if meant.place.channel == here.place.channel else meant
            elif option.kind is OptionKind.ROLE:
                role = resolved.get("roles", {}).get(str(given), {})
                values[option.name] = _role(interaction, str(given), role)
        return there, values

    async def _reachable(self, interaction: Interaction, here: Asking, there: Asking) -> None:
        """Raises NotAllowed naming what the bot lacks in the channel."""
        kind = DestinationKind(there.place.kind)
        if kind is DestinationKind.DIRECT:
            return
        named = f"#{there.place.channel_name}" if there.place.channel_name else "this channel"
        if there is here and kind is DestinationKind.CHANNEL:
            voice = interaction.channel is not None and interaction.channel.type in _VOICES
            lacking = missing(interaction.app_permissions, kind, voice=voice)
            if lacking:
                raise _closed(named, "the bot lacks " + ", ".join(lacking))
            return
        try:
            # Whether a thread is locked or a forum wants tags, no interaction says.
            await self._desk.reach.check(destination(there.place))
        except ChannelUnavailable as error:
            raise _closed(named, error.reason) from error
        except SendError as error:
            raise UsageError(f"Discord could not be asked about {named}: {error}.") from error


def _role(interaction: Interaction, given: str, role: Mapping[str, Any]) -> str:
    """The role as people type it; everybody's role by its name, so that it is refused as such."""
    if given == str(interaction.guild_id):
        return "@everyone"
    may_ping = interaction.app_permissions.mention_everyone or role.get("mentionable", True)
    if not may_ping:
        raise NotAllowed(
            f"The role “{role.get('name', given)}” cannot be pinged by the bot. In the server's "
            "settings allow anyone to mention it, or give the bot “Mention All Roles”."
        )
    return f"<@&{given}>"


def _closed(channel: str, why: str) -> NotAllowed:
    return NotAllowed(
        f"Alerts cannot be posted in {channel}: {why}. Change that in the channel's "
        "settings under Permissions, then try again."
    )
