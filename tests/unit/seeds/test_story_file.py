"""The seed stories: complete, dated, and naming only entities that the catalog defines."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
STORIES = sorted((ROOT / "seeds").glob("*/story.yaml"))
RELATIONS = {
    "accepted", "applies_to", "belongs_to", "contracts_with", "held_by", "holds", "leads",
    "made_by", "makes", "orders", "oversees", "owns", "part_of", "planned_by", "plans", "seeks",
    "shares", "threatened_against",
}  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return story


def catalog() -> set[str]:
    """Ids in config/entities.yaml: a list of entities, each with an id."""
    document = yaml.safe_load((ROOT / "config" / "entities.yaml").read_text("utf-8"))
    rows = document["entities"] if isinstance(document, dict) else document
    return {*rows} if isinstance(rows, dict) else {row["id"] for row in rows}


def test_there_is_a_seed() -> None:
    assert [path.parent.name for path in STORIES] == ["2026-02-anthropic-pentagon"]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.parent.name)
class TestStory:
    def test_it_says_what_it_is_and_whence(self, path: Path) -> None:
        story = read(path)
        assert story["id"] == path.parent.name
        assert story["title"]
        assert story["about"]
        assert story["source"]["outlet"]
        assert isinstance(story["source"]["dated"], date)

    def test_every_event_and_commitment_has_a_time(self, path: Path) -> None:
        story = read(path)
        rows = [(row, "when") for row in story["events"]]
        rows += [(row, "due") for row in story["commitments"]]
        for row, key in rows:
            assert row["what"]
            assert row["who"]
            when = row.get(key)
            assert when is not None or row["about"], row["id"]
            assert when is None or isinstance(when, date)
            assert not isinstance(when, datetime) or when.tzinfo is not None

    def test_no_id_is_used_twice(self, path: Path) -> None:
        story = read(path)
        for part in ("entities", "events", "commitments"):
            ids = [row["id"] for row in story[part]]
            assert len(ids) == len(set(ids)), part

    def test_relations_point_to_entities_of_the_story(self, path: Path) -> None:
        story = read(path)
        own = {row["id"] for row in story["entities"]}
        for row in story["entities"]:
            assert row["role"]
            for relation in row.get("relations", ()):
                [(kind, other)] = relation.items()
                assert kind in RELATIONS
                assert other in own | {"chatgpt", "gemini", "grok"}
        assert {who for row in story["events"] for who in row["who"]} <= own
        assert {who for row in story["commitments"] for who in row["who"]} <= own

    def test_every_entity_is_in_the_catalog(self, path: Path) -> None:
        story = read(path)
        named = {row["id"] for row in story["entities"]} | {
            other
            for row in story["entities"]
            for relation in row.get("relations", ())
            for other in relation.values()
        }
        assert named <= catalog()
