"""What one occurrence says about the others of an article, and which of two that overlap stays."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.entities.rules import Rule
from bot.model.articles import Field
from bot.model.ids import EntityId


class Ground(IntEnum):
    """Why an occurrence counts, the surest first; what needs more stands last."""

    CONTEXT = 0
    PLAIN = 1
    NEEDS_CONTEXT = 2
    NEEDS_FULL_NAME = 3


@dataclass(slots=True)
class Found:
    """One occurrence; `at` and `to` count folded characters of title and text as one."""

    rule: Rule
    field: Field
    start: int
    end: int
    at: int
    to: int
    ground: Ground = Ground.PLAIN
    distance: int = 0

    @property
    def entity(self) -> EntityId:
        return self.rule.entity.id


@dataclass(slots=True)
class Dismissed:
    """What was turned down, as far as it speaks about the other occurrences."""

    namesakes: dict[EntityId, list[int]]
    blocked: dict[tuple[EntityId, str], int]


def without_minority(sure: Sequence[Found], dismissed: Dismissed) -> list[Found]:
    """One sense an article: an alias blocked as often as not falls everywhere, unless supported."""
    supported = {found.entity for found in sure if found.ground is Ground.CONTEXT}
    free: dict[tuple[EntityId, str], int] = defaultdict(int)
    for found in sure:
        free[found.entity, found.rule.alias.text] += 1
    supported |= {entity for entity, alias in free if not dismissed.blocked.get((entity, alias))}
    return [
        found
        for found in sure
        if found.entity in supported
        or dismissed.blocked.get(key := (found.entity, found.rule.alias.text), 0) < free[key]
    ]


def full_names(sure: Iterable[Found]) -> dict[EntityId, list[int]]:
    """Where each entity stands under a name that needs no other, in order."""
    full: dict[EntityId, list[int]] = {}
    for found in sure:
        if not (rule := found.rule).alias.after_full and not (rule.surname or rule.first_name):
            full.setdefault(found.entity, []).append(found.at)
    for places in full.values():
        places.sort()
    return full


def is_no_namesakes(found: Found, full: dict[EntityId, list[int]], dismissed: Dismissed) -> bool:
    """Whether a short name still counts although a namesake stands in the article.

    It does after its full name, and in a text where the short name alone came first.
    """
    others = dismissed.namesakes.get(found.entity)
    rule = found.rule
    if not others or not (rule.alias.after_full or rule.surname or rule.first_name):
        return True
    first = found.field == "text" and found.ground is Ground.PLAIN and found.at < others[0]
    return first or is_after_full(found, full, dismissed)


def is_after_full(found: Found, full: dict[EntityId, list[int]], dismissed: Dismissed) -> bool:
    """Whether the short name follows its full name, and no namesake came in between.

    A title may use the short name of whoever the text names in full.
    """
    places = full.get(found.entity, ())
    before = bisect_left(places, found.at)
    if not before:
        return found.field == "title" and bool(places)
    found.distance = found.at - places[before - 1]
    others = dismissed.namesakes.get(found.entity, ())
    other = bisect_left(others, found.at)
    return not other or others[other - 1] < places[before - 1]


def longest(found: Iterable[Found]) -> list[Found]:
    """What stays of overlapping occurrences: the longest, then the surest, then the nearest."""
    kept: list[Found] = []
    cluster: list[Found] = []
    reach = 0
    for each in sorted(found, key=lambda each: each.at):
        if each.at >= reach:
            kept += _longest_of(cluster)
            cluster = []
        cluster.append(each)
        reach = max(reach, each.to)
    return kept + _longest_of(cluster)


def _longest_of(cluster: list[Found]) -> list[Found]:
    if len(cluster) < 2:
        return cluster
    cluster.sort(key=lambda each: (each.at - each.to, each.ground, each.distance, each.at))
    kept: list[Found] = []
    for each in cluster:
        if all(each.to <= other.at or each.at >= other.to for other in kept):
            kept.append(each)
    return kept
