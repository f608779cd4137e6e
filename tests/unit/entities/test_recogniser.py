"""The rules of recognition, each by itself on a small catalog of invented entities."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities import Catalog, Recogniser
from bot.model.entities import Alias, Entity, EntityKind, RecognisedEntity
from bot.model.ids import EntityId, WorkspaceId
from bot.text import scan
from bot.text.fold import fold
from bot.text.scan import Scanner


def entity(
    slug: str,
    *aliases: Alias | str,
    kind: EntityKind = EntityKind.COMPANY,
    workspace: WorkspaceId | None = None,
) -> Entity:
    return Entity(
        id=EntityId(slug),
        name=slug.replace("-", " ").title(),
        kind=kind,
        aliases=tuple(Alias(text=each) if isinstance(each, str) else each for each in aliases),
        workspace=workspace,
    )


PERSON = EntityKind.PERSON
CATALOG = Catalog(
    [
        entity("acme", "Acme", Alias(text="IMS", exact=True)),
        entity("acme-labs", "Acme Labs"),
        entity(
            "orion", Alias(text="Orion", exact=True, near=("model*", "ai"), not_near=("stars",))
        ),
        entity("delta", Alias(text="Delta", exact=True, not_near=("river", "Delta Force"))),
        entity(
            "jane-roe",
            "Jane Roe",
            Alias(text="Roe", exact=True, after_full=True, near=("acme",)),
            kind=PERSON,
        ),
        entity("max-stone", "Max Stone", Alias(text="Stone", exact=True), kind=PERSON),
        entity("bureau", "Bureau of Tests", Alias(text="the bureau", after_full=True)),
        entity("office", "Office of Trials", Alias(text="the bureau", after_full=True)),
        entity("weapon", Alias(text="robot army", plural=True)),
        entity("café", "Café Noir"),
        entity("nova", "Nova", kind=EntityKind.PRODUCT),
        entity("y-net", Alias(text="Y", exact=True, near=("platform",), after=("posted on", "on"))),
        entity("boycott", Alias(text="drop", near=("agencies", "cities"), also_near=("acme",))),
    ]
)


def reader(recogniser: Recogniser) -> Callable[[str, str], tuple[RecognisedEntity, ...]]:
    scanner = Scanner.build({"alias": recogniser.literals()})
    return lambda title, text: recogniser.recognise(scanner.scan(title, text))


READ = reader(Recogniser(CATALOG))


def places(title: str, text: str = "") -> list[tuple[str, str]]:
    """What was recognised where, as (id, words)."""
    fields = {"title": title, "text": text}
    return sorted(
        (each.id, fields[mention.field][mention.start : mention.end])
        for each in READ(title, text)
        for mention in each.mentions
    )


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        pytest.param("acme and ACME", "", [("acme", "ACME"), ("acme", "acme")], id="any-case"),
        pytest.param("ims or Ims or IMS?", "", [("acme", "IMS")], id="exact-case"),
        pytest.param("ACME AND IMS UNITE", "", [("acme", "ACME"), ("acme", "IMS")], id="shouted"),
        pytest.param("Acme\u2019s plan", "", [("acme", "Acme")], id="possessive-stays-outside"),
        pytest.param("Acme Labs opens", "", [("acme-labs", "Acme Labs")], id="longest-wins"),
        pytest.param("Acme\u2011Labs", "", [("acme-labs", "Acme\u2011Labs")], id="hyphen-variant"),
        pytest.param("Acme\u00a0Labs", "", [("acme-labs", "Acme\u00a0Labs")], id="no-break-space"),
        pytest.param("Cafe Noir", "", [("café", "Cafe Noir")], id="accent-off"),
        pytest.param("Cafe\u0301 Noir", "", [("café", "Cafe\u0301 Noir")], id="accent-apart"),
        pytest.param("Two robot armies", "", [("weapon", "robot armies")], id="plural"),
        pytest.param("Orion rises", "", [], id="near-is-wanting"),
        pytest.param("Orion, a new model", "", [("orion", "Orion")], id="near"),
        pytest.param("Orion is here", "The models are ready.", [("orion", "Orion")],
                     id="title-reads-on-in-the-lead"),
        pytest.param("", "Orion, an AI. " + "x " * 300 + "Orion grows.", [("orion", "Orion")] * 2,
                     id="one-sense-an-article"),
        pytest.param("", "Orion. " + "x " * 300 + " model", [], id="near-is-not-far"),
        pytest.param("The stars of Orion, an AI", "", [], id="not-near"),
        pytest.param("Delta floods", "The river rose.", [], id="not-near-in-the-lead"),
        pytest.param("Delta Force, and Delta flies", "", [("delta", "Delta")],
                     id="longer-name-blocks-its-own-place"),
        pytest.param("", "Roe spoke. Jane Roe left. Roe returned.",
                     [("jane-roe", "Jane Roe"), ("jane-roe", "Roe")], id="surname-after-full"),
        pytest.param("Roe resigns", "Jane Roe left.",
                     [("jane-roe", "Jane Roe"), ("jane-roe", "Roe")],
                     id="title-takes-the-full-name-of-the-text"),
        pytest.param("Roe leads Acme", "", [("acme", "Acme"), ("jane-roe", "Roe")],
                     id="surname-with-context"),
        pytest.param("Roe resigns", "", [], id="surname-alone"),
        pytest.param("Acme hires", "It hired Peter Roe. Roe said yes.", [("acme", "Acme")],
                     id="first-name-before-it"),
        pytest.param("", "Jane Roe and Peter Roe met. Roe spoke.", [("jane-roe", "Jane Roe")],
                     id="namesake-in-between"),
        pytest.param("", "Peter Roe met Jane Roe. Roe spoke.",
                     [("jane-roe", "Jane Roe"), ("jane-roe", "Roe")], id="the-last-named-counts"),
        pytest.param("", "In May Stone spoke. Yesterday Stone left.", [("max-stone", "Stone")] * 2,
                     id="no-names-before-it"),
        pytest.param("", "A song by Angie Stone played.", [], id="unknown-first-name"),
        pytest.param("", "A song by T. Stone played.", [], id="initial"),
        pytest.param("Max Stone Jr. sings", "", [("max-stone", "Max Stone")], id="full-name-stays"),
        pytest.param("Stone Jr. sings", "", [], id="junior"),
        pytest.param("Sen. Stone, CEO Stone, Mr Stone", "", [("max-stone", "Stone")] * 3,
                     id="titles-are-no-names"),
        pytest.param("", "The Bureau of Tests met. Then the Office of Trials. The bureau agreed.",
                     [("bureau", "Bureau of Tests"), ("office", "Office of Trials"),
                      ("office", "The bureau")], id="short-form-goes-to-the-last-named"),
        pytest.param("", "The bureau agreed.", [], id="short-form-alone"),
        pytest.param("Roe, he wrote on Y, “on ‘Y’”", "", [("y-net", "Y")] * 2, id="after"),
        pytest.param("Season Y of Y", "", [], id="after-nothing-of-the-kind"),
        pytest.param("Y, the platform", "", [("y-net", "Y")], id="near-instead-of-after"),
        pytest.param("Agencies drop Acme", "", [("acme", "Acme"), ("boycott", "drop")],
                     id="also-near"),
        pytest.param("Agencies drop plans", "", [], id="also-near-is-wanting"),
        pytest.param("Acme prices drop", "", [("acme", "Acme")], id="also-near-alone"),
        pytest.param("State Sec. Stone", "", [("max-stone", "Stone")], id="office-is-no-name"),
        pytest.param("Nova3.5 beats Nova4o", "", [("nova", "Nova"), ("nova", "Nova")],
                     id="version-clings-to-a-product"),
        pytest.param("Novak and Acme3", "", [], id="no-letters-cling-nor-to-a-company"),
        pytest.param("", "Inns of the Moor Street (IMS) met. IMS and Acme.", [("acme", "Acme")],
                     id="acronym-spelled-out-as-anothers"),
        pytest.param("", "The Inns of Moor Street, or IMS, met.", [],
                     id="acronym-after-or"),
        pytest.param("", "The Acme Institute of Sums (IMS) met. IMS paid.",
                     [("acme", "Acme"), ("acme", "IMS"), ("acme", "IMS")],
                     id="acronym-that-the-letters-do-not-spell"),
        pytest.param("", "Read https://example.org/acme-orion/ai at Acme.", [("acme", "Acme")],
                     id="address-names-nobody"),
        pytest.param("x \ud800 Acme", "", [("acme", "Acme")], id="lone-surrogate"),
        pytest.param("Acme发布", "", [("acme", "Acme")], id="script-without-spaces"),
    ],
)  # fmt: skip
def test_rule(title: str, text: str, found: list[tuple[str, str]]) -> None:
    assert places(title, text) == sorted(found)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param("Acme", "", True, id="title"),
        pytest.param("x", "One. Acme. Three.", True, id="second-sentence"),
        pytest.param("x", "One here. Two here. Acme is third.", False, id="third-sentence"),
        pytest.param("x", "One here. Two here. Acme, Acme, Acme.", True, id="three-times"),
        pytest.param("x", "One here. Two here. Acme, Acme.", False, id="twice"),
    ],
)
def test_salience(title: str, text: str, expected: bool) -> None:
    (found,) = READ(title, text)
    assert found.salient is expected


WORKSPACE = WorkspaceId(7)
OWN = entity("own", "Zenith", "Acme Labs West", workspace=WORKSPACE)


def test_overlay_acts_at_once_on_the_same_base() -> None:
    base = Recogniser(CATALOG)
    scanner = Scanner.build({"alias": base.literals()})
    overlaid = base.overlaid([OWN])
    more = scanner.extended({"alias": overlaid.added_literals()})
    found = overlaid.recognise(more.scan("Zenith joins Acme"))
    assert [(each.id, each.workspace) for each in found] == [("acme", None), ("own", WORKSPACE)]


def test_overlay_never_hides_what_others_see() -> None:
    read = reader(Recogniser(CATALOG, [OWN]))
    found = {each.id: each for each in read("Acme Labs West opens", "")}
    assert found[EntityId("acme-labs")].workspace is None
    assert found[EntityId("own")].mentions[0].end == len("Acme Labs West")


def test_overlay_can_be_taken_back() -> None:
    overlaid = Recogniser(CATALOG, [OWN]).overlaid([])
    assert reader(overlaid)("Zenith", "") == ()


PIECES = """
Acme ACME Labs acme+labs Roe Jane Jane+Roe Café+Noir Stone IMS model Orion Delta Force river
the+bureau Bureau+of+Tests robot+army \u00ad 中 . e\u0301 \ud800 Peter ﬁ"""
WORDS = st.lists(
    st.sampled_from([each.replace("+", " ") for each in PIECES.split()] + ["\n\n"]), max_size=25
)


@given(WORDS, WORDS, st.sampled_from([" ", "-", "\u00a0", "  "]))
def test_every_span_folds_to_an_alias_and_none_overlap(
    title: list[str], text: list[str], between: str
) -> None:
    fields = {"title": between.join(title), "text": between.join(text)}
    spans = []
    for found in READ(fields["title"], fields["text"]):
        known = CATALOG.get(found.id)
        assert known is not None
        spellings = {fold(alias.text).text for alias in known.aliases} | {"robot armies"}
        for mention in found.mentions:
            words = fields[mention.field][mention.start : mention.end]
            assert fold(words).text.replace("-", " ") in spellings
            spans.append((mention.field, mention.start, mention.end))
    spans.sort()
    for (field, _, end), (other, start, _) in pairwise(spans):
        assert field != other or end <= start


def test_megabytes_of_names() -> None:
    text = "Jane Roe of Acme met Peter Roe. Roe spoke. " * 10_000
    found = {each.id: len(each.mentions) for each in READ("", text)}
    read = scan.READ // (len(text) // 10_000)
    assert found == {"jane-roe": read + 1, "acme": read + 1}
