"""The lexicons behind relevance, read from config/topics.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.entities.yamlfile import Marked, read_yaml
from bot.model.ids import TopicId
from bot.text.scan import searched


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A named list of weighted terms; weights are over 0 and at most 1."""

    id: TopicId
    name: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What speaks for AI, what for policy (by topic), and what against both."""

    ai: Topic
    policy: tuple[Topic, ...]
    against: tuple[Topic, ...]
    ignore: tuple[str, ...] = ()
    """Longer expressions in which a term means something else ("rate limits")."""
    acts: tuple[tuple[str, float], ...] = ()
    """What who governs does (bans, fines): policy only beside policy or a place."""
    places: tuple[str, ...] = ()
    """States, countries and capitals: they act, but by themselves say little."""
    weighty: frozenset[str] = frozenset()
    """The terms above, as they are written there, that lift a clear story to the top."""

    def get(self, topic_id: str) -> Topic | None:
        """The policy topic of this id: what one can subscribe to."""
        return next((topic for topic in self.policy if topic.id == topic_id), None)

    def find(self, typed: str) -> Topic | None:
        """The policy topic that a person means by its id or name, in any case."""
        wanted = searched(typed)
        return next(
            (t for t in self.policy if wanted in {searched(t.id), searched(t.name)}),
            None,
        )


def load_topics(path: Path, *more: Path) -> Topics:
    """The lexicons of one file; later ones replace `ai` and each topic, and add to other lists.

    Raises ConfigError with file and line.
    """
    ai: Topic | None = None
    lists: dict[str, dict[str, None]] = {"ignore": {}, "places": {}, "weighty": {}}
    acts: dict[str, float] = {}
    groups: dict[str, dict[str, Topic | None]] = {"topics": {}, "against": {}}
    for each in (path, *more):
        top = read_yaml(each)
        keys = top.mapping({"ai", "topics", "against", "acts", *lists})
        if "ai" in keys:
            ai = Topic(id=TopicId("ai"), name="AI", terms=_terms(keys["ai"]))
        elif ai is None:
            raise top.error("needs the list “ai”")
        for name, listed in lists.items():
            if name in keys:
                listed.update(dict.fromkeys(_listed(keys[name])))
        if "acts" in keys:
            acts |= dict(_terms(keys["acts"]))
        for group, found in groups.items():
            if group in keys:
                found.update(_topics(keys[group]))
    assert ai is not None
    return Topics(
        ai=ai,
        policy=_kept(groups["topics"]),
        against=_kept(groups["against"]),
        ignore=tuple(lists["ignore"]),
        acts=tuple(acts.items()),
        places=tuple(lists["places"]),
        weighty=frozenset(lists["weighty"]),
    )


def _kept(found: dict[str, Topic | None]) -> tuple[Topic, ...]:
    return tuple(topic for topic in found.values() if topic is not None)


def _topics(entries: Marked) -> dict[str, Topic | None]:
    found: dict[str, Topic | None] = {}
    for entry in entries.items():
        keys = entry.mapping({"id", "name", "terms", "enabled"})
        if "id" not in keys:
            raise entry.error("a topic needs an id")
        topic = keys["id"].text()
        if topic in found:
            raise keys["id"].error(f"the topic “{topic}” stands in this file twice")
        if "enabled" in keys and not keys["enabled"].flag():
            found[topic] = None
            continue
        if "terms" not in keys:
            raise entry.error(f"the topic “{topic}” needs its terms")
        name = keys["name"].text() if "name" in keys else topic
        found[topic] = Topic(id=TopicId(topic), name=name, terms=_terms(keys["terms"]))
    return found


def _terms(weights: Marked) -> tuple[tuple[str, float], ...]:
    terms: dict[str, float] = {}
    for weight, listed in weights.mapping().items():
        terms |= dict.fromkeys(_listed(listed), _weight(weight, listed))
    return tuple(terms.items())


def _weight(typed: str, listed: Marked) -> float:
    try:
        weight = float(typed)
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1:
        raise listed.error(f"“{typed}” is no weight: a number over 0, at most 1")
    return weight


def _listed(listed: Marked) -> Sequence[str]:
    for item in listed.items():
        if not searched(item.text().rstrip("*")):
            raise item.error(f"“{item.text()}” holds nothing to look for")
    return listed.texts()
