"""The registry as application commands: within Discord's limits, and read back as it was."""

import re
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.chat.call import Who
from bot.chat.commands import build
from bot.chat.discord.asking import place_of, right
from bot.chat.discord.commands import Asked, filled, fingerprint, form, payload, read
from bot.chat.discord.permissions import (
    application_of,
    invite_permissions,
    invite_url,
    missing,
    rights,
)
from bot.model import DestinationKind

COMMANDS = payload(build())
NAME = re.compile(r"[-_a-z0-9]{1,32}")


def options(command: dict[str, Any]) -> list[dict[str, Any]]:
    nested = [o for option in command["options"] for o in option.get("options", [])]
    return [*command["options"], *nested]


def size(command: dict[str, Any]) -> int:
    """Characters that count against a command's 8,000."""
    one = len(command["name"]) + len(command["description"])
    named = sum(len(o["name"]) + len(o["description"]) for o in options(command))
    values = [c for o in options(command) for c in o.get("choices", [])]
    return one + named + sum(len(c["name"]) + len(c["value"]) for c in values)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command["name"])
def test_every_command_keeps_the_limits(command: dict[str, Any]) -> None:
    assert size(command) <= 8000
    assert command["default_member_permissions"] is None
    for each in (command, *options(command)):
        assert NAME.fullmatch(each["name"])
        assert 1 <= len(each["description"]) <= 100
        assert len(each.get("options", [])) <= 25
        assert len(each.get("choices", [])) <= 25
        needed = [o.get("required", False) for o in each.get("options", [])]
        assert needed == sorted(needed, reverse=True)


def test_every_registered_command_is_there_once() -> None:
    names = [
        f"{c['name']} {o['name']}" if o["type"] == 1 else c["name"]
        for c in COMMANDS
        for o in (c["options"] or [{"type": 0}])
    ]
    assert sorted(set(names)) == sorted(command.name for command in build().commands)
    assert len(COMMANDS) <= 100


def test_the_fingerprint_changes_with_the_commands() -> None:
    assert fingerprint(COMMANDS) == fingerprint(payload(build()))
    assert fingerprint(COMMANDS[1:]) != fingerprint(COMMANDS)


def test_reads_a_nested_command_and_what_is_being_typed() -> None:
    typed = {"name": "watch", "type": 3, "value": "ru", "focused": True}
    data = {"name": "watch", "options": [{"name": "edit", "type": 1, "options": [typed]}]}
    assert read(data) == Asked(name="watch edit", values={"watch": "ru"}, focused="watch")
    assert read({"name": "latest"}) == Asked(name="latest", values={})


def test_reads_a_form_without_what_was_left_empty() -> None:
    rows = [
        {"type": 18, "component": {"custom_id": "to", "value": ""}},
        {"type": 18, "component": {"custom_id": "mode", "values": ["daily"]}},
        {"type": 18, "component": {"custom_id": "mention", "values": []}},
    ]
    data = {"custom_id": "pw-form:subscribe", "components": rows}
    assert filled(data) == Asked(name="subscribe", values={"mode": "daily"})


@pytest.mark.parametrize("name", ["subscribe", "watch add"])
async def test_forms_keep_the_limits(name: str) -> None:
    command, _ = build().find(name.split())
    made = form(command).to_dict()
    assert len(made["title"]) <= 45
    assert 1 <= len(made["components"]) <= 5
    for row in made["components"]:
        assert len(row["label"]) <= 45
        assert len(row["description"]) <= 100


@pytest.mark.parametrize(
    ("given", "who"),
    [
        pytest.param({}, Who.ANYONE, id="nobody-special"),
        pytest.param({"manage_channels": True}, Who.CHANNEL_MANAGER, id="manage-channels"),
        pytest.param({"manage_guild": True}, Who.WORKSPACE_MANAGER, id="manage-server"),
        pytest.param({"administrator": True}, Who.WORKSPACE_MANAGER, id="administrator"),
    ],
)
def test_rights(given: dict[str, bool], who: Who) -> None:
    assert right(discord.Permissions(**given)) is who


@pytest.mark.parametrize(
    ("channel", "parent", "number", "kind"),
    [
        pytest.param({"id": "5", "type": 0}, None, "5", "channel", id="text"),
        pytest.param({"id": "5", "type": 5}, None, "5", "channel", id="announcement"),
        pytest.param({"id": "5", "type": 15}, None, "5", "forum", id="forum"),
        pytest.param({"id": "5", "type": 11, "parent_id": "3"}, 0, "5", "thread", id="thread"),
        pytest.param({"id": "5", "type": 11, "parent_id": "3"}, 15, "3", "forum", id="forum-post"),
    ],
)
def test_places(channel: dict[str, Any], parent: int | None, number: str, kind: str) -> None:
    place = place_of(channel, "9", "Desk", lambda _: parent)
    assert (place.channel, place.kind, place.workspace) == (number, kind, "9")


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        pytest.param(DestinationKind.CHANNEL, ("Send Messages",), id="channel"),
        pytest.param(DestinationKind.THREAD, ("Send Messages in Threads",), id="thread"),
        pytest.param(
            DestinationKind.FORUM, ("Send Messages", "Send Messages in Threads"), id="forum"
        ),
    ],
)
def test_what_is_missing_depends_on_the_place(
    kind: DestinationKind, lacking: tuple[str, ...]
) -> None:
    has = discord.Permissions(
        view_channel=True, embed_links=True, attach_files=True, read_message_history=True
    )
    assert missing(has, kind) == lacking
    assert missing(discord.Permissions(administrator=True), kind) == ()


def test_rights_in_a_channel_follow_discords_order() -> None:
    view, send = (discord.Permissions(**{name: True}).value for name in _TWO)
    guild = {"id": "9", "owner_id": "1", "roles": [
        {"id": "9", "permissions": str(view)}, {"id": "7", "permissions": "0"},
    ]}  # fmt: skip
    me = {"user": {"id": "2"}, "roles": ["7"]}
    overwrites = [
        {"id": "9", "allow": "0", "deny": str(view)},
        {"id": "7", "allow": str(view | send), "deny": "0"},
        {"id": "2", "allow": "0", "deny": str(send)},
    ]
    has = rights(guild, me, {"permission_overwrites": overwrites})
    assert (has.view_channel, has.send_messages) == (True, False)
    assert rights({**guild, "owner_id": "2"}, me, {}).administrator


_TWO = ("view_channel", "send_messages")


def test_the_invitation_asks_for_what_is_used_and_no_more() -> None:
    asked = invite_permissions()
    assert not asked.administrator
    assert not asked.manage_guild
    for kind in DestinationKind:
        assert missing(asked, kind) == ()
    assert asked.create_public_threads
    assert asked.mention_everyone
    assert invite_permissions().value == 309237894144
    assert invite_url(12).endswith("scope=bot+applications.commands&permissions=309237894144")


def test_the_documentation_has_the_same_number() -> None:
    text = (Path(__file__).parents[4] / "docs" / "discord.md").read_text(encoding="utf-8")
    assert str(invite_permissions().value) in text


@pytest.mark.parametrize(
    ("token", "application"),
    [
        pytest.param(
            "MTEyMjMzNDQ1NTY2Nzc4ODk5.Gabcde." + "x" * 38, 112233445566778899, id="a-bots"
        ),
        pytest.param("MTIzNDU2Nzg5MDEyMzQ1Njc4.G.x", 123456789012345678, id="without-padding"),
        pytest.param("loopback.token", None, id="no-number"),
        pytest.param("\N{SNOWMAN}.x.y", None, id="no-base64"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_token_says_which_application_is_invited(token: str, application: int | None) -> None:
    assert application_of(token) == application
