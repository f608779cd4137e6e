"""From mentions to entities: the full name, the surname, the short form and the acronym are one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.entities.extract.gazetteer.bodies import (
    COMPANIES,
    COMPANY_HEADS,
    COMPANY_SUFFIXES,
    HEADS_ALONE,
    LAW_HEADS,
)
from bot.entities.extract.gazetteer.people import GIVEN, PARTICLES, SUFFIXES
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.gazetteer.vocabulary import is_field
from bot.entities.extract.kinds import Evidence
from bot.entities.extract.mentions import Mention
from bot.model.entities import EntityKind
from bot.text.scan import searched

_SMALL = frozenset({"of", "for", "on", "and", "the", "a", "in", "at", "to", "from", "&"})
_PREFIXABLE = frozenset(
    {EntityKind.COMPANY, EntityKind.PRODUCT, EntityKind.ORGANISATION, EntityKind.EVENT}
)
_ENOUGH = 0.5
_MOST = 300
"""Names that are compared with each other; an article of 1,000 words has about 60."""


@dataclass(slots=True)
class Group:
    """The mentions of one entity, with the ways in which they name it in order of appearance."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=lambda: defaultdict(float))
    gone: bool = False
    lower: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.lower = tuple(searched(word).rstrip(".,") for word in self.words)

    @property
    def kind(self) -> EntityKind | None:
        """The kind with the most evidence; None where nothing speaks."""
        best = max(self.evidence.items(), key=lambda item: item[1], default=None)
        return best[0] if best and best[1] >= _ENOUGH else None

    @property
    def first(self) -> int:
        return min((m.start for m in self.mentions if not m.in_title), default=0)


def gather(mentions: Iterable[Mention]) -> list[Group]:
    """The entities that the mentions name, in order of first mention."""
    groups: dict[str, Group] = {}
    for mention in mentions:
        key = searched(mention.name)
        group = groups.setdefault(key, Group(mention.words))
        _add(group, mention)
    most = sorted(groups.values(), key=lambda each: (-len(each.mentions), each.first))[:_MOST]
    by_length = sorted(most, key=lambda each: (-len(each.words), each.first))
    _support(by_length)
    _merge_persons(by_length)
    _merge_acronyms(by_length)
    _merge_by_words(by_length)
    _merge_short(by_length)
    return sorted((g for g in by_length if not g.gone), key=lambda each: each.first)


def _add(group: Group, mention: Mention) -> None:
    group.mentions.append(mention)
    group.forms[mention.name] = None
    if mention.acronym and _abbreviates(mention.acronym, group.words):
        group.forms[mention.acronym] = None
    for kind, score in mention.evidence.items():
        group.evidence[kind] += score


def _join(into: Group, other: Group, *, alias: bool = True) -> None:
    into.mentions += other.mentions
    if alias:
        into.forms |= other.forms
    own = into.kind
    for kind, score in other.evidence.items():
        # What a short form does tells less than the full name's own words.
        into.evidence[kind] += score if own is None or kind is own else score / 3
    other.gone = True


def _support(groups: Sequence[Group]) -> None:
    """A short form that comes later tells whether the longer one is a person or a body."""
    singles = {group.lower[0] for group in groups if len(group.words) == 1}
    for group in groups:
        lower = group.lower
        if not 2 <= len(lower) <= 4 or not all(w[:1].isalpha() for w in lower):
            continue
        plain = not any(w in HEADS_ALONE or w in COMPANY_HEADS or is_field(w) for w in lower)
        if plain and lower[-1] in singles and group.words[-1][0].isupper():
            group.evidence[EntityKind.PERSON] += 2
        elif lower[0] in singles and group.evidence[EntityKind.PERSON] < 2:
            group.evidence[EntityKind.COMPANY] += 1


def _surname(words: Sequence[str]) -> tuple[str, ...]:
    """The last name, with its particles, without “Jr.”."""
    last = len(words)
    while last > 1 and words[last - 1] in SUFFIXES:
        last -= 1
    first = last - 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    return tuple(words[first:last])


def _merge_persons(groups: Sequence[Group]) -> None:
    people = [g for g in groups if len(g.words) > 1 and g.kind is EntityKind.PERSON]
    full: list[Group] = []
    for person in people:
        same = next((p for p in full if _same_person(p.lower, person.lower)), None)
        if same is not None:
            _join(same, person)
        else:
            full.append(person)
    for group in groups:
        if group.gone or group in full:
            continue
        named = [p for p in full if group.lower in (_surname(p.lower), _surname(p.lower)[-1:])]
        if named:
            _join(max(named, key=lambda p: (p.first <= group.first, p.first)), group)
            continue
        called = [p for p in full if group.lower == p.lower[:1]]
        given = group.lower[0] in GIVEN or any(mention.role for mention in group.mentions)
        if called and given and group.kind in {None, EntityKind.PERSON}:
            _join(called[0], group, alias=False)


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """“Jane Q. Roe” and “Jane Roe”, “Jane Roe Jr.” and “Jane Roe”."""
    ends = one[-len(other) :] == other or other[-len(one) :] == one
    return ends or (one[0] == other[0] and _surname(one) == _surname(other))


def _merge_acronyms(groups: Sequence[Group]) -> None:
    bodies = [g for g in groups if len(g.words) > 1 and g.kind is not EntityKind.PERSON]
    for group in groups:
        if group.gone or len(group.words) != 1 or not _is_acronym(group.words[0]):
            continue
        for body in bodies:
            if body.gone or body is group:
                continue
            given = any(searched(form) == group.lower[0] for form in body.forms)
            if given or _initials(body.words, group.words[0]) or _is_spelled_out(group, body):
                _join(body, group)
                break


def _merge_by_words(groups: Sequence[Group]) -> None:
    """“Senate Bill 12, known as the Safe Roads Act”; the Department of X and the X Department."""
    laws = [group for group in groups if group.kind is EntityKind.LAW and not group.gone]
    for law in laws:
        for other in laws:
            if other is not law and not (other.gone or law.gone) and _is_known_as(law, other):
                _join(law, other)
    for group in groups:
        turned = _turned(group.lower)
        for other in groups if turned else ():
            if other is not group and not other.gone and other.lower == turned:
                _join(group, other)


def _is_known_as(law: Group, other: Group) -> bool:
    return any(
        mention.also == another.start for mention in law.mentions for another in other.mentions
    )


def _turned(words: Sequence[str]) -> tuple[str, ...]:
    """“Department of Commerce” for “Commerce Department”, empty for what is no department."""
    if len(words) > 2 and words[0] in {"department", "ministry"} and words[1] in {"of", "for"}:
        return (*words[2:], words[0])
    return ()


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 9 and sum(char.isupper() for char in word) >= max(2, len(word) // 2)


def _initials(words: Sequence[str], acronym: str) -> bool:
    letters = acronym.replace(".", "").replace("&", "").upper()
    full = "".join(word[0] for word in words if word[0].isalnum()).upper()
    short = "".join(w[0] for w in words if w.lower() not in _SMALL and w[0].isalnum()).upper()
    return letters in {full, short} and len(letters) > 1


def _is_spelled_out(group: Group, body: Group) -> bool:
    """“BEUC, the European Consumer Organisation”."""
    return any(
        0 < other.start - mention.end <= len(", the ")
        for mention in group.mentions
        for other in body.mentions
        if body.kind in {EntityKind.ORGANISATION, EntityKind.AGENCY}
    )


def _abbreviates(acronym: str, words: Sequence[str]) -> bool:
    """Whether a bracket behind a name may hold its short form, rather than a place or a party."""
    name = " ".join(words).lower()
    at = 0
    for letter in (char.lower() for char in acronym if char.isalpha()):
        at = name.find(letter, at) + 1
        if not at:
            return False
    return searched(acronym) not in PLACES


def _merge_short(groups: Sequence[Group]) -> None:
    """Short forms into the longer name that begins or, after a place, ends with them."""
    for group in groups:
        if group.gone:
            continue
        fits = [other for other in groups if not other.gone and _is_short_for(group, other)]
        if fits:
            best = min(fits, key=lambda g: (g.kind is not EntityKind.COMPANY, g.first))
            _join(best, group)


def _is_short_for(group: Group, other: Group) -> bool:
    short, long = group.lower, other.lower
    if group is other or len(short) >= len(long):
        return False
    rest = long[len(short) :] if long[: len(short)] == short else None
    if rest is not None:
        if all(word in COMPANY_SUFFIXES for word in rest):
            return True
        if other.kind is EntityKind.LAW:
            return short[-1] in LAW_HEADS
        own = short[-1] not in PLACES | DEMONYMS and not (len(short) == 1 and is_field(short[0]))
        own = own and not (" ".join(short) in COMPANIES and not set(rest) & COMPANY_HEADS)
        return other.kind in _PREFIXABLE and own and group.kind is not EntityKind.PERSON
    ends = long[-len(short) :] == short
    if ends and other.kind is EntityKind.PERSON:
        return len(short) > 1
    return ends and all(
        word in PLACES | DEMONYMS | {"the", "royal"} for word in long[: -len(short)]
    )


def without_legal_form(words: Sequence[str]) -> str:
    """A company's name without “Inc.”; the name itself where nothing else would remain."""
    kept = list(words)
    while len(kept) > 1 and searched(kept[-1]).rstrip(".") in COMPANY_SUFFIXES:
        kept.pop()
    return " ".join(kept).rstrip(",")


def surname_of(words: Sequence[str]) -> str:
    """A person's last name as written, particles included."""
    kept = len(_surname([searched(word).rstrip(".,") for word in words]))
    bare = [word for word in words if searched(word).rstrip(".,") not in SUFFIXES] or list(words)
    return " ".join(bare[-kept:]).rstrip(",")
