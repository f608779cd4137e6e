"""Completion of names."""

import pytest

from bot.services.complete import MOST
from tests.support.newsroom import HOME, MANAGER, OTHER, READER
from tests.support.office import Office


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        pytest.param("entity", "anth", ("anthropic", "Anthropic (company)"), id="entity"),
        pytest.param("target", "all", ("all", "all AI policy"), id="everything"),
        pytest.param("target", "courts", ("courts", "Courts and liability (topic)"), id="topic"),
        pytest.param(
            "about",
            "pentagon d",
            ("pentagon-dispute", "The Pentagon dispute (seed story)"),
            id="word-within",
        ),
        pytest.param("entity", "antropic", ("anthropic", "Anthropic (company)"), id="misspelt"),
        pytest.param("zone", "new york", ("America/New_York", "America/New York"), id="zone"),
        pytest.param("watch", "cour", ("w1", "Courts"), id="watch"),
        pytest.param("subscription", "", ("#1", "Anthropic, instant"), id="subscription"),
        pytest.param("story", "chat", ("s2", "Injunction sought over a chatbot (s2)"), id="story"),
    ],
)
async def test_completes(office: Office, kind: str, typed: str, first: tuple[str, str]) -> None:
    await office.say("subscribe anthropic")
    await office.say("watch add injunction name:Courts")
    completer = office.services().complete
    found = await completer.complete(kind, typed, HOME, MANAGER, now=office.now)
    assert found[0] == first
    assert len(found) <= MOST


async def test_nothing_typed_offers_the_first_ones(office: Office) -> None:
    completer = office.services().complete
    assert len(await completer.complete("entity", "", HOME, READER, now=office.now)) == MOST


async def test_other_kinds_are_not_completed(office: Office) -> None:
    completer = office.services().complete
    assert await completer.complete("query", "a", HOME, READER, now=office.now) == []


async def test_another_workspaces_names_are_never_offered(office: Office) -> None:
    other = await office.workspace(OTHER)
    await office.publish("Private filing", outlet="Private", of=other.id)
    await office.say("entity add Example Labs company", place=OTHER)
    await office.say("watch add secret", place=OTHER)
    completer = office.services().complete
    for kind in ("entity", "watch", "feed", "story"):
        found = await completer.complete(kind, "", HOME, MANAGER, now=office.now)
        assert not any(
            word in label for _, label in found for word in ("Example", "secret", "Private")
        )
    own = await completer.complete("entity", "exam", OTHER, MANAGER, now=office.now)
    assert own[0] == ("example-labs", "Example Labs (company)")
