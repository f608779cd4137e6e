"""The sample wire has in it what the demo and the measurements need."""

from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.demo.files import load
from bot.demo.wire import Body, CreditStyle, GuidStyle, Item, Validators
from bot.model import ArticleKind, EntityId, Tier

ROOT = Path(__file__).parents[3]
WIRE = load(ROOT / "seeds" / "2026-02-anthropic-pentagon" / "wire")
PLAYED = [item for item in WIRE.items if WIRE.starts < item.published <= WIRE.ends]
EVENTS: dict[str, list[Item]] = defaultdict(list)
for _item in PLAYED:
    if _item.gold.event:
        EVENTS[_item.gold.event].append(_item)


def words(item: Item) -> str:
    return " ".join([item.revisions[0].title, *item.revisions[0].paragraphs])


def origins(items: list[Item]) -> set[str]:
    return {(item.credit or item.outlet).id for item in items}


def namesakes(word: str) -> list[Item]:
    return [item for item in PLAYED if word in words(item) and not item.gold.relevant]


def test_sizes() -> None:
    assert len(PLAYED) >= 75
    assert len({item.outlet.id for item in PLAYED}) >= 8
    assert {item.published.date().day for item in PLAYED} >= {2, 3, 4}
    assert {Tier.PRIMARY, Tier.WIRE, Tier.OTHER} == {item.outlet.tier for item in PLAYED}


def test_a_backlog_precedes_the_demo() -> None:
    old = [item for item in WIRE.items if item.published <= WIRE.starts]
    assert len(old) >= 15
    assert sum(item.gold.relevant for item in old) >= 5


def test_no_link_is_used_twice_by_an_outlet() -> None:
    links = Counter(item.outlet.site + item.path for item in WIRE.items)
    assert max(links.values()) == 1


def test_an_event_is_told_by_two_or_more() -> None:
    counts = Counter(item.gold.event for item in WIRE.items if item.gold.event)
    assert not [event for event, count in counts.items() if count < 2]


def test_one_event_is_told_by_many_outlets_that_name_the_agency_differently() -> None:
    told = EVENTS["anthropic-sues"]
    assert len({item.outlet.id for item in told}) >= 8
    assert len(origins(told)) >= 5
    for name in ("Pentagon", "Defense Department", "Department of War"):
        assert any(name in item.revisions[0].title for item in told), name


def test_reprints_make_fewer_origins_than_outlets() -> None:
    told = EVENTS["suppliers-ask-clarity"]
    assert len({item.outlet.id for item in told}) == 4
    assert origins(told) == {"northline"}
    styles = {feed.outlet.id: feed.credit for feed in WIRE.feeds}
    assert {styles[item.outlet.id] for item in told if item.credit} == {*CreditStyle}


def test_a_ruling_is_breaking() -> None:
    told = sorted(EVENTS["partial-pause"], key=lambda item: item.published)
    first_hour = [i for i in told if i.published - told[0].published <= timedelta(hours=1)]
    assert len(origins(first_hour)) >= 5


def test_the_saga_goes_on_in_events_of_its_own() -> None:
    saga = ["anthropic-sues", "contractors-certify", "hearing-set", "partial-pause", "appeal"]
    begins = [min(item.published for item in EVENTS[event]) for event in saga]
    assert begins == sorted(begins)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("openai-classified-deal", "google-classified-deal", id="two-companies"),
        pytest.param("house-oversight-vote", "senate-commerce-vote", id="two-committees"),
    ],
)
def test_twins_look_alike(one: str, other: str) -> None:
    def common(a: Item, b: Item) -> float:
        left, right = ({*words(i).lower().split()} for i in (a, b))
        return len(left & right) / len(left | right)

    assert max(common(a, b) for a in EVENTS[one] for b in EVENTS[other]) > 0.25


@pytest.mark.parametrize(
    "word",
    [
        "Gemini", "grok", "Claude", "Meta", "meta", "Michael", "Emil", "Musk", "Amodei", "Altman",
        "pentagon", "anthropic", "DPA", "FTC", "CSIS", "Red Line", "supply chain risk",
        "export controls", "War Department", "White house", "trump",
    ],
)  # fmt: skip
def test_namesakes(word: str) -> None:
    assert namesakes(word)


def test_some_ai_policy_names_nothing_tracked() -> None:
    nameless = [i for i in PLAYED if i.gold.relevant and not i.gold.entities]
    assert len(nameless) >= 3
    assert {"af-school-chatbots", "cv-school-chatbots"} <= {item.id for item in nameless}


def test_some_news_names_a_tracked_entity_and_is_no_ai_policy() -> None:
    assert len([i for i in PLAYED if i.gold.entities and not i.gold.relevant]) >= 3


@pytest.mark.parametrize("kind", ArticleKind, ids=str)
def test_every_kind_of_piece(kind: ArticleKind) -> None:
    assert any(item.gold.kind is kind for item in PLAYED)


@pytest.mark.parametrize(
    "named",
    [
        pytest.param("1:26-cv-09137", id="docket"),
        pytest.param("H.R. 11973", id="house-bill"),
        pytest.param("S. 5973", id="senate-bill"),
        pytest.param("10 U.S.C. § 3252", id="statute"),
        pytest.param("91 FR 98213", id="federal-register"),
        pytest.param("15 CFR Part 744", id="regulation"),
        pytest.param("32024R1689", id="celex"),
        pytest.param("NIST-2026-0990", id="agency-docket"),
        pytest.param("H.B. 911", id="state-bill"),
    ],
)
def test_documents_are_named_by_number(named: str) -> None:
    assert any(named in words(item) for item in WIRE.items)


def test_a_burst_and_the_night() -> None:
    times = sorted(item.published for item in PLAYED)
    assert any(
        later - earlier <= timedelta(minutes=5)
        for earlier, later in zip(times, times[9:], strict=False)
    )
    nightly = [
        item
        for item in PLAYED
        if not 7 <= (item.published.astimezone(WIRE.starts.tzinfo)).hour < 22 and item.gold.relevant
    ]
    assert len(nightly) >= 6


def test_edits_and_lies() -> None:
    assert any(len({r.title for r in item.revisions}) > 1 for item in PLAYED)
    assert any(len({r.paragraphs for r in item.revisions}) > 1 for item in PLAYED)
    assert {item.dated[:16] for item in PLAYED if item.dated is not None} == {
        "",
        "Fri, 01 Jan 2099",
        "Thu, 01 Jan 1970",
    }
    reused = Counter(item.guid for item in PLAYED if item.guid)
    assert max(reused.values()) == 2


def test_feeds_have_habits() -> None:
    feeds = [feed for feed in WIRE.feeds if feed.broken is None]
    assert {feed.body for feed in feeds} == {*Body}
    assert {feed.guid for feed in feeds} == {*GuidStyle}
    assert {feed.validators for feed in feeds} == {*Validators}
    assert len([feed for feed in WIRE.feeds if feed.broken]) == 2
    assert any(len(item.feeds) > 1 for item in PLAYED)


def test_plain_text_feeds_get_no_markup() -> None:
    plain = {feed.id for feed in WIRE.feeds if feed.body in {Body.TEXT, Body.TEASER}}
    marked = [
        item.id
        for item in WIRE.items
        for revision in item.revisions
        if plain & {*item.feeds} and "<" in "".join(revision.paragraphs[:1])
    ]
    assert not marked


def test_all_addresses_are_invented() -> None:
    assert all(outlet.site.endswith(".example") for outlet in {f.outlet for f in WIRE.feeds})


def test_labels_name_only_entities_of_the_catalog() -> None:
    document = yaml.safe_load((ROOT / "config" / "entities.yaml").read_text("utf-8"))
    rows = document["entities"] if isinstance(document, dict) else document
    known = {*rows} if isinstance(rows, dict) else {row["id"] for row in rows}
    labels: set[EntityId] = set().union(*(item.gold.entities for item in WIRE.items))
    assert labels <= known
