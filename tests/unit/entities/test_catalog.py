"""The catalog's file: what it gives, how files merge, and how it says what is wrong."""

from pathlib import Path

import pytest

from bot.entities import Catalog, load_catalog
from bot.errors import ConfigError
from bot.model.entities import EntityKind, Mark
from bot.model.ids import EntityId

PROMISED = """
anthropic openai google xai microsoft meta claude grok chatgpt gemini department-of-defense
white-house us-congress nist ftc csis donald-trump pete-hegseth dario-amodei emil-michael sam-altman
elon-musk jerry-mcginn supply-chain-risk defense-production-act autonomous-weapons mass-surveillance
all-lawful-purposes red-lines classified-ai federal-phaseout anthropic-ipo eu-ai-act export-controls
"""


def load(tmp_path: Path, *sources: str) -> Catalog:
    paths = []
    for number, source in enumerate(sources):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(source, encoding="utf-8")
    return load_catalog(*paths)


@pytest.mark.parametrize("slug", PROMISED.split())
def test_promised_ids_are_there(catalog: Catalog, slug: str) -> None:
    assert catalog.get(EntityId(slug)) is not None


def test_every_entity_says_what_it_is(catalog: Catalog) -> None:
    assert len(catalog.all()) >= 90
    assert [each.id for each in catalog.all() if not each.line] == []


def test_reads_rules(tmp_path: Path) -> None:
    catalog = load(
        tmp_path,
        """
contexts: {ai: [model*, AI], land: [Norse, Danish]}
entities:
  - id: orion
    name: Orion
    kind: product
    marks: [ai]
    aliases:
      - {text: [Orion], exact: true, near: [<ai>, acme], not_near: [stars]}
      - {text: orion array, plural: true}
      - OA
    not: [Orion Nebula, "<land> Orion"]
""",
    )
    (orion,) = catalog.all()
    assert (orion.kind, orion.marks) == (EntityKind.PRODUCT, frozenset({Mark.AI}))
    first, second, third = orion.aliases
    assert (first.exact, first.near) == (True, ("model*", "AI", "acme"))
    assert first.not_near == ("stars", "Orion Nebula", "Norse Orion", "Danish Orion")
    assert (second.plural, second.exact, third.exact) == (True, False, True)


def test_name_is_an_alias_of_its_own_accord(tmp_path: Path) -> None:
    (acme,) = load(tmp_path, "entities: [{id: a, name: Acme, kind: company}]").all()
    assert [alias.text for alias in acme.aliases] == ["Acme"]


def test_files_merge_by_id_and_key(tmp_path: Path) -> None:
    catalog = load(
        tmp_path,
        "entities: [{id: a, name: Acme, kind: company, marks: [ai]}, {id: b, name: B, kind: law}]",
        "entities: [{id: a, name: Acme Ltd}, {id: b, enabled: false}]",
    )
    assert [(each.name, each.marks) for each in catalog.all()] == [
        ("Acme Ltd", frozenset({Mark.AI}))
    ]


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        pytest.param("entities:\n  - {id: a, name: A b, kind: tool}", 2, "none of", id="kind"),
        pytest.param("entities:\n  - {id: a, name: A b, kind: law, colour: red}", 2, "unknown key",
                     id="unknown-key"),
        pytest.param("entities:\n  - {id: a, name: A b, kind: law}\n  - {id: a}", 3, "twice",
                     id="double-id"),
        pytest.param("entities:\n  - id: a\n    id: b", 3, "twice", id="double-key"),
        pytest.param("entities:\n  - {name: A b}", 2, "needs an id", id="no-id"),
        pytest.param("entities:\n  - {id: a, kind: law}", 2, "needs a name", id="no-name"),
        pytest.param("entities:\n  - {id: A b, name: x, kind: law}", 2, "is no id", id="bad-id"),
        pytest.param("entities:\n- {id: a, name: A, kind: law, aliases: [{text: x, near: [<z>]}]}",
                     2, "no context", id="no-such-context"),
        pytest.param("contexts: {x: [<y>], y: [<x>]}\nentities:\n"
                     "- {id: a, name: A, kind: law, aliases: [{text: x, near: [<x>]}]}",
                     3, "holds itself: x → y → x", id="contexts-in-a-circle"),
        pytest.param("entities:\n- {id: a, name: A b, kind: law, aliases: ['-']}", 2,
                     "nothing to look for", id="empty-alias"),
        pytest.param("entities:\n- {id: a, name: A b, kind: law, aliases: [{exact: true}]}", 2,
                     "needs its text", id="alias-without-text"),
        pytest.param("entities:\n- {id: a, name: A b, kind: law, enabled: perhaps}", 2,
                     "true or false", id="flag"),
        pytest.param("entities: yes", 1, "a list", id="no-list"),
        pytest.param("entities:\n  - {id: a]\n", 2, "no YAML", id="no-yaml"),
        pytest.param("# nothing", 1, "empty", id="empty"),
    ],
)  # fmt: skip
def test_bad_file_says_where(tmp_path: Path, source: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        load(tmp_path, source)
    assert caught.value.line == line
    assert str(tmp_path) in str(caught.value)


def test_a_context_may_hold_others(tmp_path: Path) -> None:
    source = "contexts: {sea: [bay, <lake>], lake: [tarn]}\nentities:\n- id: a\n  name: A\n"
    source += "  kind: law\n  aliases: [{text: x, near: [a <sea>, <lake> to <lake>]}]"
    (entity,) = load(tmp_path, source).all()
    assert entity.aliases[-1].near == ("a bay", "a tarn", "tarn to tarn")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_catalog(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("openai", "openai", id="id"),
        pytest.param("OPENAI", "openai", id="any-case"),
        pytest.param("department of war", "department-of-defense", id="alias"),
        pytest.param(" Pete  Hegseth ", "pete-hegseth", id="spaces"),
        pytest.param("Musk", "elon-musk", id="surname"),
        pytest.param("eu ai act", "eu-ai-act", id="name"),
    ],
)
def test_finds_what_was_typed(catalog: Catalog, typed: str, slug: str) -> None:
    found = catalog.find(typed)
    assert found is not None
    assert found.id == slug


def test_unknown_name_gets_the_nearest(catalog: Catalog) -> None:
    assert catalog.find("anthropc") is None
    assert catalog.suggest("anthropc")[0] == "Anthropic"
    assert catalog.suggest("zzqqx") == ()
