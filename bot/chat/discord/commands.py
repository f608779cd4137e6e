"""The registry as application commands, and what an interaction says of one. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import AppCommandOptionType as Kind

from bot.chat.cutting import cut
from bot.chat.registry import Command, Option, OptionKind, Registry

ORDERS = frozenset({"subscribe", "watch add"})
"""Commands that make alerts come: without options they open a form, and whether the bot may post
there is looked at before they run."""
COMPLETED = frozenset(
    {
        OptionKind.ABOUT,
        OptionKind.TARGET,
        OptionKind.ENTITY,
        OptionKind.FEED,
        OptionKind.WATCH,
        OptionKind.SUBSCRIPTION,
        OptionKind.STORY,
        OptionKind.ZONE,
    }
)
"""Kinds of names that are completed while they are typed."""
CHANNEL_TYPES = (0, 5, 10, 11, 12, 15)
"""Text, announcement, threads (under announcements, public, private), forum.

Media channels (16) are documented, but not in Discord's description of its API: were they refused,
no command at all would be told.
"""
_GUILD_ONLY = [0]
_MOST_CHOICES = 25
_KINDS = {
    OptionKind.INTEGER: Kind.integer,
    OptionKind.NUMBER: Kind.number,
    OptionKind.FLAG: Kind.boolean,
    OptionKind.CHANNEL: Kind.channel,
    OptionKind.ROLE: Kind.role,
}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command as it was used: its name, values as given, and the option being typed."""

    name: str
    values: Mapping[str, Any]
    focused: str | None = None


def payload(registry: Registry[Any]) -> list[Json]:
    """All commands as the API wants them; who may use one is judged when it is used."""
    roots: dict[str, Json] = {}
    for command in registry.commands:
        first, *second = command.path
        if not second:
            roots[first] = _root(first, command.help, _options(command))
            continue
        root = roots.setdefault(first, _root(first, "", []))
        root["options"].append(
            {
                "type": Kind.subcommand.value,
                "name": second[0],
                "description": command.help,
                "options": _options(command),
            }
        )
        names = ", ".join(option["name"] for option in root["options"])
        root["description"] = cut(f"{first.capitalize()}: {names}", 100)
    return list(roots.values())


def fingerprint(commands: Sequence[Json]) -> str:
    """Says whether the commands are those that Discord has already."""
    text = json.dumps(commands, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def read(data: Mapping[str, Any]) -> Asked:
    """What an interaction's data say of a command."""
    words, options = [str(data["name"])], data.get("options", [])
    while options and options[0]["type"] in {Kind.subcommand.value, Kind.subcommand_group.value}:
        words.append(str(options[0]["name"]))
        options = options[0].get("options", [])
    return Asked(
        name=" ".join(words),
        values={str(option["name"]): option.get("value") for option in options},
        focused=next((str(o["name"]) for o in options if o.get("focused")), None),
    )


def form(command: Command) -> discord.ui.Modal:
    """The command's first five options to fill in; its id names the command."""
    modal = discord.ui.Modal(title=f"/{command.name}", custom_id=f"pw-form:{command.name}")
    for option in command.options[:5]:
        field: discord.ui.Item[Any] = _field(option)
        label = option.name.replace("-", " ").capitalize()
        modal.add_item(
            discord.ui.Label(text=label[:45], description=option.help[:100], component=field)
        )
    modal.stop()
    return modal


def filled(data: Mapping[str, Any]) -> Asked:
    """A form as it was sent in; what was left empty is left out."""
    values: dict[str, Any] = {}
    for row in data.get("components", []):
        for item in [row["component"]] if "component" in row else row.get("components", []):
            value = item.get("value") or next(iter(item.get("values") or []), None)
            if value not in (None, ""):
                values[str(item["custom_id"])] = value
    return Asked(name=str(data["custom_id"]).partition(":")[2], values=values)


def _root(name: str, description: str, options: list[Json]) -> Json:
    return {
        "type": 1,
        "name": name,
        "description": description,
        "options": options,
        "contexts": _GUILD_ONLY,
        "integration_types": [0],
        "default_member_permissions": None,
    }


def _options(command: Command) -> list[Json]:
    """Discord wants those that are needed first."""
    ordered = sorted(command.options, key=lambda option: not option.required)
    return [_option(option, required=command.name not in ORDERS) for option in ordered]


def _option(option: Option, *, required: bool) -> Json:
    kind = _KINDS.get(option.kind, Kind.string) if not option.choices else Kind.string
    made: Json = {
        "type": kind.value,
        "name": option.name,
        "description": option.help,
        "required": option.required and required,
    }
    if option.choices:
        made["choices"] = [{"name": c, "value": c} for c in option.choices[:_MOST_CHOICES]]
    elif option.kind in COMPLETED:
        made["autocomplete"] = True
    if kind is Kind.channel:
        made["channel_types"] = list(CHANNEL_TYPES)
    if option.between is not None and kind in {Kind.integer, Kind.number}:
        made["min_value"], made["max_value"] = option.between
    return made


def _field(option: Option) -> discord.ui.Item[Any]:
    if option.choices:
        return discord.ui.Select(
            custom_id=option.name,
            required=option.required,
            min_values=int(option.required),
            options=[
                discord.SelectOption(label=choice, default=choice == option.default)
                for choice in option.choices[:_MOST_CHOICES]
            ],
        )
    if option.kind is OptionKind.ROLE:
        return discord.ui.RoleSelect(custom_id=option.name, required=False, min_values=0)
    if option.kind is OptionKind.CHANNEL:
        types = [discord.ChannelType(number) for number in CHANNEL_TYPES]
        return discord.ui.ChannelSelect(
            custom_id=option.name, required=False, min_values=0, channel_types=types
        )
    long = option.kind is OptionKind.QUERY
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return discord.ui.TextInput(
        custom_id=option.name,
        style=style,
        required=option.required,
        max_length=4000 if long else 200,
    )
