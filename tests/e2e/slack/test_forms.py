"""The forms of `subscribe` and `watch add`, filled in by people on loopback."""

from typing import Any

import pytest

from tests.e2e.slack.conftest import Team
from tests.support.slack.blocks import shown


def one(value: str) -> dict[str, Any]:
    return {"value": {"selected_option": {"value": value}}}


def typed(value: str) -> dict[str, Any]:
    return {"value": {"value": value}}


def several(*values: str) -> dict[str, Any]:
    return {"pick:target": {"selected_options": [{"value": value} for value in values]}}


def wish(**given: Any) -> dict[str, Any]:
    return {"to": several("anthropic"), "mode": one("daily"), "sources": one("1"), **given}


async def test_subscribe_without_words_opens_a_form(team: Team) -> None:
    view = await team.chief.form(await team.chief.type("subscribe"))
    assert view["callback_id"] == "form:subscribe"
    found = await team.chief.search(view, "anthr")
    assert found[0]["value"] == "anthropic"
    reply = await team.chief.submit(view, wish(to=several("anthropic", "openai")))
    assert await team.slack.acknowledged(reply.envelope) is None
    first, second = await reply.messages(2)
    assert "Subscribed to Anthropic in" not in shown(first["blocks"])
    assert "Subscribed to Anthropic" in shown(first["blocks"])
    assert "Subscribed to OpenAI" in shown(second["blocks"])
    assert first["response_type"] == "in_channel"
    listed = await team.chief.type("subscriptions")
    assert "daily at 08:00" in await listed.said()


async def test_a_form_sets_quiet_hours_and_takes_all_by_default(team: Team) -> None:
    view = await team.chief.form(await team.chief.press("ui:subscribe"))
    reply = await team.chief.submit(view, wish(to=several(), quiet=typed("22:00-07:00")))
    assert "all AI policy" in await reply.said()
    assert "22:00 to 07:00" in await (await team.chief.type("quiet")).said()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        pytest.param({"quiet": typed("late")}, "quiet", "22:00", id="quiet-hours"),
        pytest.param({"to": several("nobody-at-all")}, "to", "nobody-at-all", id="unknown-name"),
        pytest.param({"mode": one("<!here>")}, "to", "mode", id="impossible-mode"),
        pytest.param({"sources": one("99")}, "to", "from 1 to 10", id="impossible-number"),
        pytest.param({"to": {"pick:target": 7}, "mode": None}, None, "", id="malformed"),
    ],
)
async def test_an_error_is_shown_on_its_field(
    team: Team, values: dict[str, Any], field: str | None, words: str
) -> None:
    view = await team.chief.form(await team.chief.type("subscribe"))
    reply = await team.chief.submit(view, wish(**values))
    answer = await team.slack.acknowledged(reply.envelope)
    if field is None:
        assert answer is None
        return
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert words in answer["errors"][field]


async def test_who_does_not_manage_the_channel_is_told_in_the_form(team: Team) -> None:
    view = await team.admin.form(await team.admin.type("subscribe"))
    reply = await team.anyone.submit(view, wish())
    answer = await team.slack.acknowledged(reply.envelope)
    assert answer is not None
    assert "right to manage this channel" in answer["errors"]["channel"]
    refused = await team.anyone.type("subscribe")
    assert "right to manage this channel" in await refused.said()


async def test_a_watch_is_tried_inside_its_form_and_then_saved(team: Team) -> None:
    view = await team.chief.form(await team.chief.type("watch add"))
    values = {"query": typed("“appeals court”"), "deliver": one("here"), "name": typed("Appeals")}
    await team.chief.press("ui:test", view={**view, "state": {"values": values}})
    await team.slack.until(lambda: team.slack.called("views.update"))
    assert "would have matched 1 article" in shown(team.slack.home.views[view["id"]]["blocks"])
    reply = await team.chief.submit(view, values)
    assert "Watching: Appeals" in await reply.said()


async def test_a_query_that_cannot_be_read_is_marked(team: Team) -> None:
    view = await team.chief.form(await team.chief.press("ui:watch"))
    values = {"query": typed("anthropic AND"), "deliver": one("me")}
    await team.chief.press("ui:test", view={**view, "state": {"values": values}})
    await team.slack.until(lambda: team.slack.called("views.update"))
    assert "anthropic AND" in shown(team.slack.home.views[view["id"]]["blocks"])
    reply = await team.chief.submit(view, values)
    answer = await team.slack.acknowledged(reply.envelope)
    assert answer is not None
    assert set(answer["errors"]) == {"query"}


async def test_a_form_submitted_twice_counts_once(team: Team) -> None:
    view = await team.anyone.form(await team.anyone.type("watch add"))
    values = {"query": typed("anthropic"), "deliver": one("me")}
    reply = await team.anyone.submit(view, values)
    [message] = await reply.messages()
    assert message["response_type"] == "ephemeral"
    await team.anyone.again(reply)
    await (await team.anyone.type("status")).messages()
    assert len(team.slack.responses[reply.address]) == 1
