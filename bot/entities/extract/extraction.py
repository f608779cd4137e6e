"""Seed article to proposals: all rules in order, the weightiest first, sixty at most."""

import math
from collections.abc import Sequence

from bot.entities.catalog import Catalog
from bot.entities.extract.concepts import Concept, find_concepts
from bot.entities.extract.figures import find_dates, find_money
from bot.entities.extract.gather import Group, gather, surname_of, without_legal_form
from bot.entities.extract.gazetteer.bodies import HEADS_ALONE
from bot.entities.extract.gazetteer.people import GIVEN
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.gazetteer.vocabulary import OPENERS, is_field
from bot.entities.extract.known import Known, find_known, part_known
from bot.entities.extract.laws import find_laws
from bot.entities.extract.mentions import Mention, find_mentions
from bot.entities.extract.reading import Reading, read
from bot.entities.extract.values import Extracted, Proposal
from bot.model.entities import EntityKind
from bot.text.scan import searched

MOST = 60
_IN_TITLE, _IN_LEAD, _LEAD = 3.0, 1.5, 600
_ROLE, _KNOWN, _SEVERAL_WORDS = 1.0, 1.0, 0.5


def extract(title: str, text: str, catalog: Catalog) -> Extracted:
    """Who and what an article names, as proposals for the catalog, with sums and dates.

    Pure; takes any text (2 MB of it are read at most) and never raises for its content.
    """
    reading = read(title, text)
    known = find_known(reading, catalog)
    laws = find_laws(reading)
    mentions = _without_overlaps(laws, find_mentions(reading))
    groups = gather(part_known(mentions, known))
    groups = [group for group in groups if not _is_short_for_known(group, known)]
    proposals = [_known(each, reading) for each in known if len(each.places) > each.swallowed]
    proposals += [_proposal(group, reading) for group in groups if _stands(group)]
    taken = "\n".join(f" {searched(form)} " for p in proposals for form in (p.name, *p.aliases))
    proposals += [
        _concept(concept, reading)
        for concept in find_concepts(reading)
        if not any(f" {searched(form)} " in taken for form in (concept.name, *concept.forms))
    ]
    proposals.sort(key=lambda proposal: -proposal.weight)
    stated = f"{reading.title}\n{reading.dateline}\n{reading.text}"
    return Extracted(
        entities=tuple(proposals[:MOST]), money=find_money(stated), dates=find_dates(stated)
    )


def _without_overlaps(laws: Sequence[Mention], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those that lie within a numbered law in favour of it.

    The parties of a case are somebody apart from it.
    """
    spans = [(law.start, law.end) for law in laws if "v." not in law.words]
    free = [
        mention
        for mention in mentions
        if mention.in_title
        or not any(start < mention.end and mention.start < end for start, end in spans)
    ]
    return sorted([*laws, *free], key=lambda mention: (not mention.in_title, mention.start))


def _is_short_for_known(group: Group, known: Sequence[Known]) -> bool:
    """“Parliament” after the European Parliament; it becomes the known entity's alias."""
    if len(group.words) > 1 or group.kind is not EntityKind.AGENCY:
        return False
    for each in known:
        if any(searched(form).split()[-1:] == list(group.lower) for form in each.forms):
            each.forms |= group.forms
            each.places += [(m.start, m.end, m.in_title) for m in group.mentions]
            return True
    return False


def _stands(group: Group) -> bool:
    """Whether enough speaks for a name: not only an opening capital, nor only a place's place."""
    if all(mention.weak for mention in group.mentions):
        return False
    strength = max(group.evidence.values(), default=0.0)
    if len(group.words) == 1 and strength < 0.5 and len(group.mentions) < 2:
        return False
    placed = sum(mention.placed for mention in group.mentions)
    return not (2 * placed >= len(group.mentions) and strength < 1.5 and len(group.words) < 3)


def _proposal(group: Group, reading: Reading) -> Proposal:
    kind = group.kind or _default_kind(group)
    name = " ".join(next(iter(group.forms)).split())
    forms = dict.fromkeys([name, *group.forms])
    if kind is EntityKind.COMPANY:
        name = without_legal_form(name.split())
    if kind is EntityKind.PERSON and len(group.words) > 1:
        forms[surname_of(group.words)] = None
    return Proposal(
        name=name,
        kind=kind,
        aliases=_aliases(name, forms),
        weight=_weight(group.mentions, reading, name, role=any(m.role for m in group.mentions)),
        role=next((mention.role for mention in group.mentions if mention.role), ""),
        mentions=len(group.mentions),
    )


def _default_kind(group: Group) -> EntityKind:
    """Two or three words without a sign are mostly a person, one word a company."""
    if len(group.words) == 1:
        if group.lower[0] in GIVEN:
            return EntityKind.PERSON
        return EntityKind.ORGANISATION if group.words[0].isupper() else EntityKind.COMPANY
    plain = not any(
        word in OPENERS
        or word in PLACES
        or word in DEMONYMS
        or word in HEADS_ALONE
        or is_field(word)
        for word in group.lower
    )
    person = (
        plain
        and len(group.words) == 2
        and all(w.replace("-", "").isalpha() and w.istitle() for w in group.words)
    )
    return EntityKind.PERSON if person else EntityKind.ORGANISATION


def _aliases(name: str, forms: Sequence[str] | dict[str, None]) -> tuple[str, ...]:
    """The forms that differ from the name, each once."""
    seen = {searched(name)}
    kept: list[str] = []
    for form in forms:
        if (key := searched(form)) and key not in seen:
            seen.add(key)
            kept.append(form)
    return tuple(kept)


def _known(each: Known, reading: Reading) -> Proposal:
    places = [
        Mention("", (), start, end, in_title=in_title) for start, end, in_title in each.places
    ]
    weight = _weight(places, reading, "", role=bool(each.roles)) + _KNOWN
    forms = dict(each.forms)
    if each.entity.kind is EntityKind.PERSON:
        forms[surname_of(each.entity.name.split())] = None
    return Proposal(
        name=each.entity.name,
        kind=each.entity.kind,
        aliases=_aliases(each.entity.name, forms),
        known_id=each.entity.id,
        weight=weight,
        role=next(iter(each.roles), ""),
        mentions=len(each.places),
    )


def _concept(concept: Concept, reading: Reading) -> Proposal:
    title = searched(reading.title)
    weight = math.log2(1 + concept.count) + _IN_TITLE * (searched(concept.name) in title)
    return Proposal(
        name=concept.name,
        kind=EntityKind.CONCEPT,
        aliases=_aliases(concept.name, sorted(concept.forms)),
        weight=weight,
        mentions=concept.count,
    )


def _weight(mentions: Sequence[Mention], reading: Reading, name: str, *, role: bool) -> float:
    """By how often, how early and as what a name stands in the article."""
    weight = math.log2(1 + len(mentions))
    in_title = any(m.in_title for m in mentions) or (name and name in reading.title)
    weight += _IN_TITLE * bool(in_title)
    weight += _IN_LEAD * any(m.start < _LEAD and not m.in_title for m in mentions)
    return weight + _ROLE * role + _SEVERAL_WORDS * (" " in name)
