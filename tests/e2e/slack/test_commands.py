"""What people type and press in a Slack workspace on loopback."""

import pytest

from bot.chat.call import Place
from bot.chat.commands import build
from tests.e2e.slack.conftest import Team
from tests.support.slack.member import Member

REGISTRY = build()


async def test_a_typed_command_is_acknowledged_and_answered(team: Team) -> None:
    reply = await team.anyone.type("latest anthropic")
    assert "Judge weighs injunction" in await reply.said()


async def test_the_command_alone_is_help_with_buttons(team: Team) -> None:
    reply = await team.chief.type("")
    [message] = await reply.messages()
    assert message["response_type"] == "ephemeral"
    buttons = [one["action_id"] for one in message["blocks"][-1]["elements"]]
    assert buttons == ["ui:subscribe", "ui:watch", "ui:latest", "ui:status"]
    assert "/policywire latest" in await reply.said()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("lates", "Did you mean “latest”", id="near"),
        pytest.param("watch ad x", "“watch add”", id="near-in-group"),
        pytest.param("watch", "/policywire watch", id="group-alone"),
        pytest.param("latest “open", "not closed", id="smart-quote-open"),
    ],
)
async def test_a_wrong_word_suggests_the_nearest(team: Team, typed: str, said: str) -> None:
    assert said in await (await team.anyone.type(typed)).said()


@pytest.mark.parametrize("command", REGISTRY.commands, ids=lambda one: one.name)
async def test_every_command_answers(team: Team, command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    values = {
        "story show": "s1",
        "why": "s1",
        "watch add": "anthropic",
        "watch test": "anthropic",
        "trend": "anthropic",
        "help": "latest",
        "subscribe": "anthropic",
    }
    reply = await team.admin.type(f"{name} {values.get(name, '')}".strip())
    said = await reply.said()
    assert said
    assert "went wrong" not in said


async def test_slack_quotes_and_entities_are_undone(team: Team) -> None:
    typed = "watch test “appeals court” AND relevance&gt;0.1"
    assert "matched" in await (await team.anyone.type(typed)).said()


async def test_mentions_and_links_are_arguments(team: Team) -> None:
    typed = "subscribe anthropic mention:&lt;!subteam^S012AB|@policy&gt;"
    raw = typed.replace("&lt;", "<").replace("&gt;", ">")
    assert "pings S012AB" in await (await team.admin.type(raw)).said()
    why = await team.anyone.type("why <https://npr.example/none|npr.example>")
    assert "Feeds of npr.example" in await why.said()


async def test_rights_follow_the_channel_and_the_workspace(team: Team) -> None:
    refused = await team.anyone.type("subscribe anthropic")
    assert "right to manage this channel" in await refused.said()
    assert "Subscribed to Anthropic" in await (await team.chief.type("subscribe anthropic")).said()
    assert "right to manage this workspace" in await (await team.chief.type("settings")).said()
    assert "Settings" in await (await team.admin.type("settings")).said()
    team.slack.home.person("U0OPER", "oper")
    operator = Member(slack=team.slack, id="U0OPER")
    assert "The whole installation" in await (await operator.type("status")).said()


async def test_a_subscription_joins_the_channel_or_says_how_to_invite(team: Team) -> None:
    await (await team.chief.type("subscribe anthropic")).messages()
    assert team.slack.called("conversations.join") == [{"channel": "C0NEWS"}]
    team.slack.home.channel("C0PRIV", "secret", private=True)
    inside = Member(slack=team.slack, id="U0ADMIN", channel="C0PRIV", channel_name="privategroup")
    said = await (await inside.type("subscribe anthropic")).said()
    assert "Subscribed to Anthropic" in said
    assert "/invite @policywire" in said


async def test_a_watch_of_ones_own_is_private(team: Team) -> None:
    reply = await team.anyone.type("watch add anthropic deliver:me")
    [message] = await reply.messages()
    assert message["response_type"] == "ephemeral"
    direct = Member(slack=team.slack, id="U0ANY", channel="D9", channel_name="directmessage")
    assert "Yours alone" in await (await direct.type("watch list")).said()


async def test_a_file_comes_to_the_person_alone(team: Team) -> None:
    here = Place(platform="slack", workspace="T0HOME", channel="C0NEWS")
    await team.office.feed("Own", of=(await team.office.workspace(here)).id)
    await (await team.admin.type("feed export")).messages()
    await team.slack.until(lambda: team.slack.home.files)
    [(channel, name, content)] = team.slack.home.files
    assert (channel, name.endswith(".opml")) == ("D0ADMIN", True)
    assert b"<opml" in content


async def test_an_alerts_buttons_answer_the_person(team: Team) -> None:
    await (await team.chief.type("subscribe anthropic")).messages()
    offer = await team.chief.press("pw:post-latest", "1")
    assert "in a moment" in await offer.said()
    for action in ("why", "sources", "mute-story", "unmute-story", "not-relevant"):
        reply = await team.chief.press(f"pw:{action}", "1")
        [message] = await reply.messages()
        assert message["response_type"] == "ephemeral"
        assert "went wrong" not in await reply.said()
    refused = await team.anyone.press("pw:mute-story", "1")
    assert "right to manage this channel" in await refused.said()


@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param(("pw:gone", "1"), id="unknown-action"),
        pytest.param(("pw:why", "999"), id="pruned"),
        pytest.param(("pw:why", "<&>"), id="no-number"),
    ],
)
async def test_an_old_button_says_so(team: Team, pressed: tuple[str, str]) -> None:
    said = await (await team.anyone.press(*pressed)).said()
    assert said
    assert "went wrong" not in said


async def test_a_repeated_envelope_does_nothing_twice(team: Team) -> None:
    reply = await team.chief.type("subscribe anthropic")
    await reply.messages()
    await team.chief.again(reply)
    press = await team.chief.press("pw:not-relevant", "1")
    await press.messages()
    await team.chief.again(press)
    other = await team.chief.type("status")
    await other.messages()
    assert len(team.slack.responses[reply.address]) == 1
    assert len(team.slack.responses[press.address]) == 1


async def test_a_person_of_another_workspace_is_not_answered(team: Team) -> None:
    stranger = Member(slack=team.slack, id="U9", team="T9OTHER")
    reply = await stranger.type("latest")
    [message] = await reply.messages()
    assert message["text"] == "policywire is not installed in your workspace."
    guest = Member(slack=team.slack, id="U0GUEST")
    team.slack.home.users["U0GUEST"] = {"id": "U0GUEST", "team_id": "T9OTHER", "is_admin": True}
    assert "right to manage" in await (await guest.type("subscribe anthropic")).said()
    assert (await (await guest.type("latest")).said()).strip()


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        pytest.param("slash_commands", {"command": "/policywire"}, id="empty-command"),
        pytest.param("slash_commands", {"command": "/other", "text": "x"}, id="other-command"),
        pytest.param("interactive", {"type": "block_actions", "actions": []}, id="no-action"),
        pytest.param("interactive", {"type": "block_actions", "actions": 7}, id="no-list"),
        pytest.param(
            "interactive", {"type": "view_submission", "view": {"callback_id": 1}}, id="no-form"
        ),
        pytest.param(
            "interactive",
            {"type": "view_submission", "view": {"callback_id": "form:subscribe", "state": "x"}},
            id="form-of-nothing",
        ),
        pytest.param("events_api", {"event": {"type": "app_home_opened"}}, id="no-user"),
        pytest.param("events_api", {}, id="nothing"),
    ],
)
async def test_a_malformed_payload_harms_nothing(
    team: Team, kind: str, payload: dict[str, object]
) -> None:
    await team.slack.send(kind, {**payload, "team_id": "T0HOME", "user_id": "U0ANY"})
    assert "Status" in await (await team.anyone.type("status")).said()
