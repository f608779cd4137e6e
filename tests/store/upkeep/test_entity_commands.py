"""The `entity` commands on a real database."""

import pytest

from bot.chat.call import Actor
from bot.errors import NotAllowed, NotFound, UsageError
from bot.model import EntityKind
from bot.store import entities as rows
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, READER
from tests.support.office import Office


async def test_the_catalog_is_listed_by_kind_or_part_of_a_name(office: Office) -> None:
    laws = await office.say("entity list law", actor=READER)
    assert "EU AI Act" in laws
    assert "Companies" not in laws
    assert "Anthropic" in await office.say("entity list anthro", actor=READER)


async def test_a_list_without_finds_says_what_to_try(office: Office) -> None:
    assert "Kinds are: person, company" in await office.say("entity list zzz", actor=READER)


async def test_one_entity_is_shown_by_any_of_its_names(office: Office) -> None:
    for typed in ("anthropic", "Anthropic PBC", "@AnthropicAI"):
        reply = await office.say(f"entity show {typed}", actor=READER)
        assert "Id: anthropic" in reply
        assert "Named in: 2 articles of the last 30 days" in reply


async def test_an_unknown_entity_gets_suggestions(office: Office) -> None:
    with pytest.raises(NotFound, match="Did you mean “Anthropic”"):
        await office.say("entity show anthropc")


async def test_an_added_entity_is_the_workspaces_alone_and_acts_at_once(office: Office) -> None:
    reply = await office.say('entity add Example Labs company aliases:"ExLabs" about:"A lab."')
    assert "example-labs is tracked from now on, written “Example Labs”, “ExLabs”." in reply
    assert "/watch test entity:example-labs 90 looks through the past ones" in reply
    assert office.live.refreshed == 1
    shown = await office.say("entity show exlabs")
    assert "Added by this workspace, for itself." in shown
    with pytest.raises(NotFound):
        await office.say("entity show exlabs", place=OTHER)
    async with office.store.read() as conn:
        (stored,) = await rows.of_everyone(conn)
        assert await rows.version(conn) == 1
    assert (stored.name, stored.kind, stored.line) == ("Example Labs", EntityKind.COMPANY, "A lab.")
    assert [alias.text for alias in stored.aliases] == ["Example Labs", "ExLabs"]


async def test_two_workspaces_may_add_the_same(office: Office) -> None:
    await office.say("entity add Example Labs company")
    await office.say("entity add Example Labs agency", place=OTHER)
    assert "Kind: company" in await office.say("entity show example-labs")
    assert "Kind: agency" in await office.say("entity show example-labs", place=OTHER)


async def test_an_alias_of_a_shared_entity_is_shown_where_it_was_added(office: Office) -> None:
    await office.say("entity alias anthropic Claude makers")
    assert "Added here: “Claude makers”" in await office.say("entity show claude makers")
    assert "Added here" not in await office.say("entity show anthropic", place=OTHER)


async def test_a_common_word_is_shown_with_its_matches_and_not_saved(office: Office) -> None:
    await office.publish("Target sued", text="A target is a target, and this target was missed.")
    reply = await office.say("entity add Target company")
    assert "Target is not added yet. “Target” is also a common word: it stands in lower" in reply
    assert "would have matched 1 article" in reply
    assert "• Target sued" in reply
    assert office.live.refreshed == 0
    assert "is tracked from now on" in await office.say("entity add Target company anyway:yes")


@pytest.mark.parametrize("line", ["entity alias anthropic Q", "entity add Quill company aliases:Q"])
async def test_a_single_letter_is_never_added_and_shows_its_matches(
    office: Office, line: str
) -> None:
    await office.publish("A star of Plan Q sued", text="He played in it.")
    reply = await office.say(f"{line} anyway:yes")
    assert "is not added. “Q” is a single letter, which can never be an alias." in reply
    assert "would have matched 1 article" in reply
    assert "• A star of Plan Q sued" in reply
    assert office.live.refreshed == 0


@pytest.mark.parametrize(
    ("alias", "doubt"),
    [
        pytest.param("AG", "“AG” is short and may mean something else", id="two-letters"),
        pytest.param("Government", "“Government” is a common word", id="common-word"),
        pytest.param("Injunction", "it stands in lower case in", id="lower-case-in-history"),
    ],
)
async def test_doubtful_aliases(office: Office, alias: str, doubt: str) -> None:
    await office.publish("An injunction here", text="One injunction, and another injunction.")
    reply = await office.say(f"entity alias anthropic {alias}")
    assert doubt in reply
    assert "anyway:yes" in reply


async def test_an_acronym_counts_only_as_written(office: Office) -> None:
    await office.publish("The ABLE act", text="Nobody is able to say so.")
    await office.say("entity add Agency for Better Legal Ethics agency aliases:ABLE")
    assert "“ABLE” (exactly so)" in await office.say("entity show able")


@pytest.mark.parametrize(
    ("line", "actor", "error"),
    [
        pytest.param("entity add New Lab company", MANAGER, NotAllowed, id="needs-the-right"),
        pytest.param("entity alias anthropic —", CHIEF, UsageError, id="nothing-to-look-for"),
        pytest.param("entity alias nobody Someone", CHIEF, NotFound, id="no-such-entity"),
        pytest.param("entity alias anthropic Anthropic", CHIEF, UsageError, id="known-alias"),
        pytest.param("entity add OpenAI company", CHIEF, UsageError, id="tracked-already"),
        pytest.param("entity add exlabs company", CHIEF, UsageError, id="added-before"),
        pytest.param("entity add New Lab planet", CHIEF, UsageError, id="no-such-kind"),
        pytest.param("entity remove openai", CHIEF, UsageError, id="shared"),
        pytest.param("entity remove example-labs alias:Nope", CHIEF, NotFound, id="no-such-alias"),
        pytest.param("entity remove example-labs", CHIEF, UsageError, id="subscribed-to"),
    ],
)
async def test_refused(office: Office, line: str, actor: Actor, error: type[Exception]) -> None:
    await office.say("entity add Example Labs company aliases:ExLabs")
    await office.say("subscribe example-labs")
    with pytest.raises(error) as raised:
        await office.say(line, actor=actor)
    assert len(str(raised.value)) > 20


async def test_another_workspaces_entity_cannot_be_removed(office: Office) -> None:
    await office.say("entity add Example Labs company")
    with pytest.raises(NotFound):
        await office.say("entity remove example-labs", place=OTHER)


async def test_removing_an_alias_keeps_the_others(office: Office) -> None:
    await office.say('entity add Example Labs company aliases:"ExLabs, Ex Labs Inc"')
    await office.say("entity remove example-labs alias:exlabs")
    assert "“ExLabs”" not in await office.say("entity show example-labs")
    await office.say("entity remove example-labs")
    with pytest.raises(NotFound):
        await office.say("entity show example-labs")


async def test_limit(office: Office) -> None:
    await office.reply("entity add Example Labs company", limit=1)
    with pytest.raises(UsageError, match="1 are the limit"):
        await office.reply("entity add Sample Labs company", limit=1)
    with pytest.raises(UsageError, match="1 are the limit"):
        await office.reply("entity alias openai Open AI Incorporated", limit=1)


async def test_a_name_in_another_script_gets_an_id(office: Office) -> None:
    await office.say("entity add 人工智能研究院 organisation")
    assert "Id: own" in await office.say("entity show 人工智能研究院", place=HOME)
