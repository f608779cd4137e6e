"""Alerts by the real outbox to a Slack on loopback: channels that close, tokens that end."""

from datetime import timedelta

import pytest

from bot.alerts.delivery import Tally
from tests.e2e.slack.conftest import Team
from tests.support.delivering import deliver
from tests.support.slack.blocks import shown
from tests.support.slack.server import Trouble
from tests.support.slack.workspace import BOT_USER, Json

pytestmark = pytest.mark.parametrize("mode", ["socket"], indirect=True)


async def subscribed(team: Team) -> None:
    """The channel hears of Anthropic, and policywire is in it."""
    team.slack.home.channels["C0NEWS"].members.add(BOT_USER)
    await (await team.chief.type("subscribe anthropic")).messages()


async def story(team: Team, title: str) -> Tally:
    """A story comes in, and what is due is delivered."""
    team.clock.advance(timedelta(minutes=1))
    team.office.now = team.clock.now()
    await team.office.publish(title, about=["anthropic"], text="The court ruled on Friday.")
    return await delivered(team)


async def delivered(team: Team) -> Tally:
    return await deliver(team.office, team.platform.sender, team.clock)


async def test_a_channel_archived_meanwhile_is_parked_with_slacks_word_and_resumes(
    team: Team,
) -> None:
    await subscribed(team)
    assert (await story(team, "Court backs Anthropic")).posted == 1
    team.slack.home.channels["C0NEWS"].archived = True
    assert (await story(team, "Senate questions Anthropic")).parked == 1
    assert "is_archived" in await (await team.chief.type("subscriptions")).said()
    assert "is_archived" in shown((await home(team, "paused"))["blocks"])
    team.slack.home.channels["C0NEWS"].archived = False
    team.clock.advance(timedelta(minutes=2))
    await delivered(team)
    await delivered(team)
    said = [message["text"] for message in team.slack.said()]
    assert [sum(title in one for one in said) for title in ("Court backs", "Senate q")] == [1, 1]
    assert "is_archived" not in await (await team.chief.type("subscriptions")).said()


async def home(team: Team, says: str) -> Json:
    """The Home tab of who made the channel."""
    await team.chief.event({"type": "app_home_opened", "user": team.chief.id, "tab": "home"})
    return await team.chief.home(says)


async def test_a_revoked_token_pauses_the_workspace_and_a_working_one_wakes_it(
    team: Team,
) -> None:
    await subscribed(team)
    token, workspace = team.slack.teams.popitem()
    assert (await story(team, "Court backs Anthropic")).parked == 1
    team.slack.teams[token] = workspace
    assert not team.slack.said()
    team.clock.advance(timedelta(minutes=2))
    await delivered(team)
    await delivered(team)
    assert len(team.slack.said()) == 1


async def test_retry_after_is_obeyed_to_the_second(team: Team) -> None:
    await subscribed(team)
    limited = Trouble(word="ratelimited", status=429, retry_after="30")
    team.slack.trouble("chat.postMessage", limited)
    assert (await story(team, "Court backs Anthropic")).waited == 1
    team.clock.advance(timedelta(seconds=29))
    await delivered(team)
    assert len(team.slack.called("chat.postMessage")) == 1
    team.clock.advance(timedelta(seconds=1))
    assert (await delivered(team)).posted == 1


async def test_history_is_read_only_for_an_unknown_outcome(team: Team) -> None:
    await subscribed(team)
    await story(team, "Court backs Anthropic")
    assert not team.slack.called("conversations.history")
    team.slack.trouble("chat.postMessage", Trouble(stores=True, drops=True))
    await story(team, "Senate questions Anthropic")
    team.clock.advance(timedelta(minutes=1))
    assert (await delivered(team)).found == 1
    assert len(team.slack.called("conversations.history")) == 1
    assert len(team.slack.said()) == 2
