"""Where reports differ: two values for one thing, which no report explains by giving both."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.model import Report
from bot.stories.claims.statements import Statement, is_day, written_as
from bot.stories.claims.values import Claim, ClaimKind, Dispute, Printed
from bot.stories.lookback import hides_its_subject
from bot.stories.stems import stem

SAME_THING = 0.5
"""How alike the words around two values must be, 0 to 1, for both to be of one thing."""
_COMPARED = 6
"""Statements of one value that are compared with those of another; the first are enough."""
_CLOSE, _LEAST_CLOSE = 0.33, 2
"""So many words must stand by both values, within eight words of each."""
_OF_PLAY = frozenset(
    stem(word)
    for word in (
        "yards",
        "passes",
        "points",
        "goals",
        "rebounds",
        "touchdowns",
        "minutes",
        "seconds",
    )
)
"""A game has many plays, each with its own count of these."""
_LEAST_LETTERS = 2
"""What says what is disputed has more letters: a unit such as “km” does not."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the report that makes it."""

    report: Report
    statement: Statement


def disputes_in(stated: Sequence[Stated]) -> list[Dispute]:
    """What reports differ on, the most printed first.

    Both values must be of one unit and stand among the same words, each the only one of its sort in
    its sentence, whose subject is named: of a list, or of what “he” did, nobody can tell. Where one
    report prints both, they are two things, or it says itself how they differ.
    """
    rarity = _rarity(stated)
    found: list[Dispute] = []
    for group in _comparable(stated):
        found += _within(group, rarity)
    return sorted(found, key=lambda one: -sum(len(side.outlets()) for side in one.sides))


def claim(stated: Sequence[Stated]) -> Claim:
    """One claim of statements with the same key, each report's first; at least one."""
    once = {one.report.id: one for one in reversed(stated)}
    first = stated[0].statement
    speakers = (one.statement.speaker for one in stated)
    return Claim(
        kind=first.kind,
        value=first.written,
        printed=tuple(_printed(one) for _, one in sorted(once.items())),
        speaker=next((speaker for speaker in speakers if speaker), ""),
    )


def _printed(one: Stated) -> Printed:
    article = one.report.judged.article
    return Printed(
        report=one.report.id,
        outlet=article.outlet,
        url=article.url,
        origin=one.report.origin,
        written=one.statement.written,
        sentence=one.statement.sentence,
    )


def _comparable(stated: Sequence[Stated]) -> Iterator[list[Stated]]:
    """Figures of one unit, and days of the year."""
    groups: defaultdict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        figure = one.statement.figure
        if figure is not None:
            if not figure.of_more and figure.unit not in _OF_PLAY:
                groups[f"{figure.unit} {figure.is_change}"].append(one)
        elif one.statement.kind is ClaimKind.DATE and is_day(one.statement.key):
            groups["day"].append(one)
    yield from groups.values()


def _within(group: Sequence[Stated], rarity: Mapping[str, float]) -> Iterator[Dispute]:
    by_key: defaultdict[str, list[Stated]] = defaultdict(list)
    for one in group:
        by_key[one.statement.key].append(one)
    printed = {key: {one.report.id for one in ones} for key, ones in by_key.items()}
    most_printed = sorted(by_key, key=lambda key: -len(printed[key]))
    settled: set[str] = set()
    for key in most_printed:
        if key in settled:
            continue
        sides, alike = {key: by_key[key]}, Counter[str]()
        for other in most_printed:
            if other in settled or any(printed[side] & printed[other] for side in sides):
                continue
            pair = _differ(by_key[key], by_key[other], rarity)
            if pair:
                ours, theirs = (one.statement for one in pair)
                alike.update(_shared(ours, theirs, rarity))
                sides[key] = _of_one_thing(sides[key], theirs, rarity)
                sides[other] = _of_one_thing(by_key[other], ours, rarity)
        if len(sides) > 1:
            settled.update(sides)
            first = sides[key][0].statement
            yield Dispute(
                kind=first.kind,
                about=_named(alike, first),
                sides=tuple(claim(side) for side in sides.values()),
            )


def _of_one_thing(
    side: Sequence[Stated], against: Statement, rarity: Mapping[str, float]
) -> list[Stated]:
    """Those that give their value for what the other side gives its own; all if none is left."""
    return [one for one in side if _shared(one.statement, against, rarity)] or list(side)


def _differ(
    ours: Sequence[Stated], theirs: Sequence[Stated], rarity: Mapping[str, float]
) -> tuple[Stated, Stated] | None:
    """A statement of each value for one and the same thing, None where they do not disagree."""
    for one in ours[:_COMPARED]:
        for other in theirs[:_COMPARED]:
            a, b = one.statement, other.statement
            if one.report.origin == other.report.origin:
                continue
            if a.figure and b.figure and a.figure.agrees_with(b.figure):
                return None
            if _shared(a, b, rarity):
                return one, other
    return None


def _shared(one: Statement, other: Statement, rarity: Mapping[str, float]) -> dict[str, float]:
    """The stems that stand near both values, by weight; empty where too few do."""
    weights = {
        term: near * other.near[term] * rarity[term]
        for term, near in one.near.items()
        if term in other.near
    }
    close = sum(min(one.near[term], other.near[term]) >= _CLOSE for term in weights)
    if close < _LEAST_CLOSE or not (_is_clear(one) and _is_clear(other)):
        return {}
    if _name_others(one, other) or _at_other_times(one, other) or _of_other_cases(one, other):
        return {}
    norms = [
        sum(near**2 * rarity[term] for term, near in each.near.items()) ** 0.5
        for each in (one, other)
    ]
    alike = sum(weights.values()) / (norms[0] * norms[1] or 1.0)
    return weights if alike >= SAME_THING else {}


def _is_clear(one: Statement) -> bool:
    """Whether its sentence tells what the value is of; nobody can tell of a list, or of “he”."""
    return one.is_alone and not hides_its_subject(one.sentence)


def _of_other_cases(one: Statement, other: Statement) -> bool:
    """Whether another count in the sentences, as of videos seen, says that they tell of others."""
    return any(
        one.beside[unit] != other.beside[unit] for unit in one.beside.keys() & other.beside.keys()
    )


def _name_others(one: Statement, other: Statement) -> bool:
    """Whether both values stand by names, and by none in common; a day always stands by one."""
    if one.kind is ClaimKind.DATE and not one.names & other.names:
        return True
    ours, theirs = (
        {term for term in each.names if each.near.get(term, 0.0) >= _CLOSE} for each in (one, other)
    )
    return bool(ours) and bool(theirs) and not ours & theirs


def _at_other_times(one: Statement, other: Statement) -> bool:
    """Whether both tell of days or years, and of none in common."""
    return bool(one.times) and bool(other.times) and not one.times & other.times


def _rarity(stated: Sequence[Stated]) -> dict[str, float]:
    """How much a stem tells one thing of the story from another."""
    held = Counter(term for one in stated for term in one.statement.near)
    # Smoothed: in a story of two reports the words of both would else count for nothing.
    return {term: log(1 + (len(stated) + 10) / (count + 5)) for term, count in held.items()}


def _named(alike: Mapping[str, float], first: Statement) -> str:
    """The heaviest of the shared stems as the first report writes it, with another one that stands
    right beside it: “contract”, “Tel Aviv”.
    """
    telling = [term for term in sorted(alike) if len(term) > _LEAST_LETTERS] or sorted(alike)
    heaviest, *others = sorted(telling, key=lambda term: -alike[term])
    word = written_as(heaviest, first.sentence)
    beside = (written_as(term, first.sentence) for term in others)
    pairs = (pair for other in beside for pair in (f"{word} {other}", f"{other} {word}"))
    return next((pair for pair in pairs if pair in first.sentence), word)
