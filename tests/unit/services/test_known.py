"""What people mean by a name: entity, topic, seed, outlet, else words to search for."""

import pytest

from bot.model import Alias, Entity, EntityId, EntityKind, Feed, FeedId, Target, TargetKind
from bot.services.known import AboutKind
from tests.support.wiring import known

OWN = [
    Entity(
        id=EntityId("acme-lobby"),
        name="Acme Lobby",
        kind=EntityKind.ORGANISATION,
        aliases=(Alias(text="ALB"),),
    )
]
FEEDS = [
    Feed(
        id=FeedId(1),
        url="https://feeds.npr.example/rss",
        title="NPR",
        outlet="NPR",
        site="https://www.npr.example/",
    ),
    Feed(id=FeedId(2), url="https://wire.example/a", title="W", outlet="The Wire Desk"),
]


@pytest.mark.parametrize(
    ("typed", "kind", "id_"),
    [
        pytest.param("", AboutKind.ALL, "", id="nothing-is-all"),
        pytest.param("openai", AboutKind.ENTITY, "openai", id="entity-id"),
        pytest.param("Department of War", AboutKind.ENTITY, "department-of-defense", id="alias"),
        pytest.param("ACME lobby", AboutKind.ENTITY, "acme-lobby", id="the-workspace's-own"),
        pytest.param("alb", AboutKind.ENTITY, "acme-lobby", id="own-alias"),
        pytest.param("courts and liability", AboutKind.TOPIC, "courts", id="topic"),
        pytest.param("pentagon-dispute", AboutKind.SEED, "pentagon-dispute", id="seed"),
        pytest.param("npr", AboutKind.OUTLET, "NPR", id="outlet"),
        pytest.param("https://www.npr.example/x", AboutKind.OUTLET, "NPR", id="outlet-by-site"),
        pytest.param("wire desk", AboutKind.OUTLET, "The Wire Desk", id="outlet-without-article"),
        pytest.param("red tape", AboutKind.SEARCH, "red tape", id="else-a-search"),
    ],
)
def test_a_question_is_about(typed: str, kind: AboutKind, id_: str) -> None:
    about = known().about(typed, OWN, FEEDS)
    assert (about.kind, about.id) == (kind, id_)


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("", Target()),
        ("ALL", Target()),
        ("openai", Target(kind=TargetKind.ENTITY, id="openai")),
        ("military", Target(kind=TargetKind.TOPIC, id="military")),
        ("The Pentagon dispute", Target(kind=TargetKind.SEED, id="pentagon-dispute")),
        ("npr", None),
    ],
)
def test_a_target(typed: str, target: Target | None) -> None:
    assert known().target(typed) == target


def test_the_nearest_names_are_suggested_the_workspaces_own_too() -> None:
    assert "Anthropic" in known().suggest("Antropic")
    assert "Acme Lobby" in known().suggest("acme loby", OWN)


def test_a_target_that_is_no_longer_defined_keeps_its_id() -> None:
    assert known().name_of(Target(kind=TargetKind.ENTITY, id="gone-corp")) == "gone-corp"
