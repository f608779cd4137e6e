"""Names that are completed while they are typed, and forms to fill in."""

from tests.support.discord.server import Server, choices, shown


async def test_names_are_completed(server: Server) -> None:
    found = choices(await server.reader.autocomplete(server.policy, "latest", "about", "anthr"))
    assert found["Anthropic (company)"] == "anthropic"
    await server.manager.slash(server.policy, "subscribe", to="anthropic")
    subscribed = await server.manager.autocomplete(server.policy, "unsubscribe", "which", "")
    assert list(choices(subscribed)) == ["Anthropic, instant"]
    stories = await server.reader.autocomplete(server.policy, "story show", "id", "story 1")
    assert list(choices(stories).values()) == ["s2"]


async def test_subscribe_without_options_opens_a_form(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "subscribe")
    assert opened_form.modal is not None
    filled = {"to": "anthropic", "mode": ["daily"], "min-sources": "2"}
    reply = await server.manager.submit_modal(opened_form, filled)
    assert "Subscribed to Anthropic" in shown(reply)
    assert "2 independent origins" in shown(reply)


async def test_watch_add_without_options_opens_a_form(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "watch add")
    reply = await server.manager.submit_modal(opened_form, {"query": "ruled OR court"})
    assert "Watching" in shown(reply)


async def test_a_form_that_is_wrong_says_so(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "subscribe")
    reply = await server.manager.submit_modal(opened_form, {"to": "nobody of that name"})
    assert reply.ephemeral
    assert "There is no" in shown(reply)
