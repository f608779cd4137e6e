"""The Home tab on loopback: what stands there, and what can be changed there."""

from tests.e2e.slack.conftest import Team
from tests.e2e.slack.test_forms import one, typed
from tests.support.slack.blocks import shown
from tests.support.slack.member import Member
from tests.support.slack.workspace import BOT_USER, Json


async def opened(team: Team, member: Member, says: str = "Status") -> Json:
    """The tab as the person sees it after opening it, once it says this."""
    team.slack.home.homes.pop(member.id, None)
    await member.event({"type": "app_home_opened", "user": member.id, "tab": "home"})
    return await member.home(says)


def buttons(view: Json) -> dict[str, str]:
    """The tab's buttons by id, with their values."""
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return {b["action_id"]: b.get("value", "") for row in rows for b in row}


async def test_the_tab_of_a_new_workspace_shows_the_first_steps(team: Team) -> None:
    view = await opened(team, team.anyone)
    said = shown(view["blocks"])
    assert "No channel has one yet." in said
    assert "Judge weighs injunction" in said
    assert "Status" in said
    assert set(buttons(view)) == {"ui:subscribe", "ui:watch", "ui:latest", "ui:status"}


async def test_subscriptions_are_shown_changed_and_removed(team: Team) -> None:
    await (await team.chief.type("subscribe anthropic daily")).messages()
    view = await opened(team, team.chief, "#news: Anthropic, daily at 08:00")
    which = buttons(view)["home:edit-subscription"]
    form = await team.chief.form(await team.chief.press("home:edit-subscription", which, view=view))
    assert form["blocks"][0]["text"]["text"] == "#news: Anthropic"
    assert form["blocks"][1]["element"]["initial_option"]["value"] == "daily"
    impossible = {"mode": one("daily"), "sources": one("1"), "quiet": typed("late")}
    refused = await team.chief.submit(form, impossible)
    assert set((await team.slack.acknowledged(refused.envelope) or {})["errors"]) == {"quiet"}
    await team.chief.submit(form, {"mode": one("weekly"), "sources": one("2")})
    view = await team.chief.home("#news: Anthropic, weekly on Monday at 08:00")
    assert "daily" not in shown(view["blocks"])
    which = buttons(view)["home:end-subscription"]
    await team.chief.press("home:end-subscription", which, view=view)
    await team.chief.home("No channel has one yet.")


async def test_who_does_not_manage_the_channel_cannot_remove(team: Team) -> None:
    await (await team.chief.type("subscribe anthropic")).messages()
    view = await opened(team, team.anyone, "#news: Anthropic")
    assert "home:end-subscription" not in buttons(view)
    which = buttons(await opened(team, team.chief))["home:end-subscription"]
    await team.anyone.press("home:end-subscription", which, view=view)
    await team.slack.until(lambda: "D0ANY" in team.slack.home.channels)
    await team.slack.until(lambda: team.slack.said("D0ANY"))
    assert "right to manage this channel" in team.slack.said("D0ANY")[0]["text"]
    await opened(team, team.anyone, "#news: Anthropic")


async def test_what_a_private_channel_ordered_is_only_counted_for_others(team: Team) -> None:
    team.slack.home.channel("C0PRIV", "secret", private=True, members={BOT_USER})
    inside = Member(slack=team.slack, channel="C0PRIV", channel_name="privategroup")
    await (await inside.type("subscribe anthropic")).messages()
    await (await inside.type("watch add injunction name:Ours")).messages()
    for member in (team.chief, team.admin):
        assert "Ours" in shown((await opened(team, member, "Anthropic, instant"))["blocks"])
    said = shown((await opened(team, team.anyone, "1 in private channels."))["blocks"])
    assert "Anthropic, instant" not in said
    assert "Ours" not in said


async def test_a_channels_watch_is_changed_by_who_manages_the_channel(team: Team) -> None:
    await (await team.chief.type("watch add anthropic")).messages()
    assert "home:edit-watch" not in buttons(await opened(team, team.anyone, "#news: anthropic"))
    view = await opened(team, team.chief, "#news: anthropic")
    which = buttons(view)["home:edit-watch"]
    form = await team.chief.form(await team.chief.press("home:edit-watch", which, view=view))
    await team.chief.submit(form, {"query": typed("openai")})
    await team.chief.home("#news: openai")


async def test_ones_own_watch_is_changed_and_removed(team: Team) -> None:
    await (await team.anyone.type("watch add anthropic deliver:me")).messages()
    assert "home:edit-watch" not in buttons(await opened(team, team.chief))
    view = await opened(team, team.anyone)
    which = buttons(view)["home:edit-watch"]
    form = await team.anyone.form(await team.anyone.press("home:edit-watch", which, view=view))
    assert form["blocks"][1]["element"]["initial_value"] == "anthropic"
    bad = await team.anyone.submit(form, {"query": typed("AND")})
    answer = await team.slack.acknowledged(bad.envelope)
    assert answer is not None
    assert set(answer["errors"]) == {"query"}
    await team.anyone.submit(form, {"query": typed("openai")})
    await team.anyone.home("openai")
    await team.anyone.press("home:end-watch", which, view=view)
    await team.anyone.home("None yet")


async def test_a_crowded_tab_stays_within_a_view(team: Team) -> None:
    for number in range(24):
        await (await team.admin.type(f"watch add anthropic AND word{number}")).messages()
    await opened(team, team.admin, "… and 9 more watches.")
