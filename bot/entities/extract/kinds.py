"""What kind of thing a name is: by its last word, its neighbours, and lists of names."""

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.entities.extract.gazetteer import bodies
from bot.entities.extract.gazetteer.bodies import COMPANY_NOUNS, PRODUCT_HEADS
from bot.entities.extract.gazetteer.places import DEMONYMS, LOCATING, PLACE_HEADS, PLACES
from bot.entities.extract.gazetteer.vocabulary import is_field
from bot.entities.extract.reading import Word
from bot.model.entities import EntityKind

Evidence = defaultdict[EntityKind, float]
_SMALL = frozenset({"of", "for", "on", "and", "the", "a", "in", "at", "against", "to", "from"})
_NEXT = re.compile(r"\s(?:\w+\s)?([\w-]+)")
_ADJACENT = re.compile(r"\s([\w-]+)")
_LAST = re.compile(r"([\w-]+)(,?)\s[“\"]?$")
_APPOSITION = re.compile(r",\s(?:a|an|the|its|their|which|one of|[A-Z][\w-]+['’]s)\b([^,.;]{3,80})")
_ITS_HEAD = re.compile(
    r"['’]s?\s(?:\w+\s)?(?:chief|CEO|founder|co-founder|shares|stock|customers|investors|share"
    r"|general counsel|board|president|spokesman|spokeswoman|headquarters|managing|revenue"
    r"|lawyers)\b"
)
_OWN = re.compile(
    r"\s(?:shares|stock|CEO|executives|employees|engineers|declined|spokes\w+|officials)\b"
)
SILENT = re.compile(
    r"\s(?:did|has|have|had|would|could)(?: not|n['’]t)(?: \w+){0,2} "
    r"(?:comment|respond|reply|answer)"
)
_CHIEF_OF = re.compile(r"\b(?:executive|CEO|founder|president|head|boss|counsel) (?:of|at|for) $")
_WORKS = frozenset({"scored", "flagged", "hallucinated", "works", "crashed", "runs", "answered"})
"""What software does; a company rather says."""
_NAMED = re.compile(r"\b(?:called|named|dubbed|nicknamed|known as|its|their) [“\"]?$")
_OFFERING = re.compile(
    r"\b(?:uses?|using|used|launch\w*|releas\w*|unveil\w*|licen[cs]es?|sells?|makes?|made|behind"
    r"|running|runs|switched to|version of|launch of|rollout of|use of|lik)(?: the)? $"
)
_DEALING = re.compile(
    r"\b(?:against|sued|suing|fined|acquired|between|with|by|rivals?|including|such as|like|told)"
    r"(?: \w+)? $"
)
_THE = re.compile(r"[\w,] The $")
"""Within a sentence the capital belongs to the name, which is mostly a newspaper's."""
_OWN_NOUN = re.compile(r"(?:['’]s?|\b[Ii]ts|\b[Tt]heir)(?: [a-z-]+){1,4}, $")
_OWNS = re.compile(r"['’]s?\s(?:[a-z]+\s)?([a-z-]+)")
_EMPLOYED = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+ (?:of|at) $")
_OWNED = re.compile(r"[A-Z][\w&]+['’]s? $")
_CAMEL = re.compile(r"[A-Z]?[a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]\w*")
_LIST_OF_FIRMS = re.compile(
    r"\b(?:firms|companies|makers|startups|start-ups|rivals|carriers|providers|developers|investors"
    r"|giants|banks|retailers|vendors|contractors)\b[^.;]{0,60}$"
)
_NAMING_AGENCIES = frozenset({"australia", "canada", "england", "ireland", "scotland", "wales"})
_PLACE_BEFORE = re.compile(r"(?:^|\s)(\w+)(?:\sthe)?\s$")
_LABELLED = {
    "union": EntityKind.ORGANISATION, "charity": EntityKind.ORGANISATION,
    "party": EntityKind.ORGANISATION, "newspaper": EntityKind.ORGANISATION,
    "magazine": EntityKind.ORGANISATION, "nonprofit": EntityKind.ORGANISATION,
    "foundation": EntityKind.ORGANISATION, "campaign": EntityKind.ORGANISATION,
    "watchdog": EntityKind.ORGANISATION, "ministry": EntityKind.AGENCY,
}  # fmt: skip
"""What a common noun directly behind a name calls it."""
_TREATIES = frozenset({"convention", "treaty", "accord", "accords", "protocol", "charter"})
_STATION = re.compile(r"[KW][A-Z]{3}(?:-[A-Z]{2})?")
_COURT = re.compile(r"\b(?:county|high|circuit|district|state|federal|appeals|supreme)$")


def head_of(names: Sequence[Word]) -> str:
    """The word that says what a body is: before the first small word, else the last."""
    for at, word in enumerate(names):
        if word.lower in _SMALL - {"and"} and at and names[at - 1].lower != "&":
            return names[at - 1].lower
    body = [w for w in names if w.lower not in bodies.COMPANY_SUFFIXES and not w.text.isdigit()]
    return body[-1].lower if body else names[-1].lower


def judge(names: Sequence[Word], before: str, after: str) -> Evidence:
    """The evidence for each kind but person; empty where nothing speaks."""
    found: Evidence = defaultdict(float)
    _by_list(names, found)
    _by_head(names, found)
    _by_neighbours(names, before, after, found)
    return found


_LISTS = (
    (bodies.OUTLETS, EntityKind.ORGANISATION),
    (bodies.COMPANIES, EntityKind.COMPANY),
    (bodies.AGENCIES, EntityKind.AGENCY),
    (bodies.BODIES, EntityKind.ORGANISATION),
    (bodies.PRODUCTS, EntityKind.PRODUCT),
)


def _by_list(names: Sequence[Word], found: Evidence) -> None:
    whole = " ".join(word.lower for word in names)
    for listed, kind in _LISTS:
        if whole in listed:
            found[kind] += 6
    brand = len(names) > 1 and names[0].lower in bodies.COMPANIES
    if brand and names[1].lower not in bodies.COMPANY_HEADS | bodies.BODY_HEADS:
        found[EntityKind.PRODUCT] += 1.5
    elif brand:
        found[EntityKind.COMPANY] += 4.5


def _by_head(names: Sequence[Word], found: Evidence) -> None:
    last = names[-1].lower
    if last in bodies.COMPANY_SUFFIXES and len(names) > 1:
        found[EntityKind.COMPANY] += 6
        return
    final = next((w.lower for w in reversed(names) if not w.text.isdigit()), last)
    if final in bodies.LAW_HEADS and len(names) > 1 and _is_legal(names, final):
        found[EntityKind.LAW] += 6
        return
    if len(names) < 2:
        return
    head = head_of(names)
    if head in _TREATIES and any(word.lower in _SMALL for word in names):
        found[EntityKind.LAW] += 6
        return
    if head in bodies.EVENT_HEADS:
        found[EntityKind.EVENT] += 3
    if head in bodies.AGENCY_HEADS or is_field_of_a_country(names):
        found[EntityKind.AGENCY] += 4
    elif head in bodies.BODY_HEADS:
        found[EntityKind.ORGANISATION] += 4
    elif head in bodies.JOINING["for"] and any(word.lower == "for" for word in names):
        found[EntityKind.ORGANISATION] += 3
    elif last in bodies.COMPANY_HEADS:
        found[EntityKind.COMPANY] += 3
    if any(word.text == "&" for word in names):
        found[EntityKind.COMPANY] += 2
    if head == "council" and "industry" in {word.lower for word in names}:
        found[EntityKind.ORGANISATION] += 4


def _is_legal(names: Sequence[Word], final: str) -> bool:
    """Whether a code is one of law: the Penal Code, not the Da Vinci Code."""
    before = {word.lower for word in names[:-1]}
    return final != "code" or any(is_field(word) or word in PLACES for word in before)


def _by_neighbours(names: Sequence[Word], before: str, after: str, found: Evidence) -> None:
    _by_what_follows(after, found)
    _by_what_stands_before(before, found)
    _by_dealings(before, 1 if len(names) == 1 else 0.4, found)
    if len(names) == 1 and after.startswith(",") and _OWN_NOUN.search(before):
        found[EntityKind.PRODUCT] += 1
    if names[-1].text[0].isdigit() and len(names) > 1:
        of_a_union = names[-2].lower == "local"
        found[EntityKind.ORGANISATION if of_a_union else EntityKind.PRODUCT] += (
            4 if of_a_union else 2
        )
    if any(char.isdigit() for char in names[-1].text) and "-" in names[-1].text:
        found[EntityKind.PRODUCT] += 1.5
    if len(names) == 1 and _CAMEL.fullmatch(names[0].text):
        found[EntityKind.PRODUCT] += 0.4
        found[EntityKind.COMPANY] += 0.5
    if len(names) == 1 and _STATION.fullmatch(names[0].text):
        found[EntityKind.ORGANISATION] += 1


def _by_what_follows(after: str, found: Evidence) -> None:
    adjacent = _ADJACENT.match(after)
    word = adjacent[1] if adjacent else ""
    if word in PRODUCT_HEADS:
        found[EntityKind.PRODUCT] += 3
    if word in _LABELLED:
        found[_LABELLED[word]] += 5
    if word in _WORKS:
        found[EntityKind.PRODUCT] += 1
    if word == "family":
        found[EntityKind.PRODUCT] += 1
    if _ITS_HEAD.match(after) or _OWN.match(after) or SILENT.match(after):
        found[EntityKind.COMPANY] += 2
    owned = _OWNS.match(after)
    if owned and owned[1] in PRODUCT_HEADS:
        found[EntityKind.COMPANY] += 1.5
    apposition = _APPOSITION.match(after)
    if apposition:
        _by_nouns(re.findall(r"[\w-]+", apposition[1].lower())[:7], found)


def _by_nouns(nouns: Sequence[str], found: Evidence) -> None:
    """The first telling noun of an apposition: “a Finnish start-up that sells signing chips”."""
    for noun in nouns:
        if noun in COMPANY_NOUNS - {"unit", "group", "app"}:
            found[EntityKind.COMPANY] += 2.5
        elif noun in bodies.BODY_NOUNS:
            found[EntityKind.ORGANISATION] += 2.5
        elif noun in PRODUCT_HEADS:
            found[EntityKind.PRODUCT] += 2.5
        else:
            continue
        return


def _by_what_stands_before(before: str, found: Evidence) -> None:
    last = _LAST.search(before)
    if last:
        noun, comma = last[1], last[2]
        if noun in PRODUCT_HEADS:
            found[EntityKind.PRODUCT] += 2.5
        elif noun in COMPANY_NOUNS:
            found[EntityKind.COMPANY] += 2.5 if not comma else 2
        elif noun in bodies.BODY_NOUNS:
            found[EntityKind.ORGANISATION] += 1.5
    if _CHIEF_OF.search(before):
        found[EntityKind.COMPANY] += 2
    if _EMPLOYED.search(before):
        found[EntityKind.COMPANY] += 1
    if _THE.search(before):
        found[EntityKind.ORGANISATION] += 2
    if _LIST_OF_FIRMS.search(before):
        found[EntityKind.COMPANY] += 1.5


def _by_dealings(before: str, share: float, found: Evidence) -> None:
    """What is done with it; of names of several words it tells less, for most are persons'."""
    if _NAMED.search(before):
        found[EntityKind.PRODUCT] += 1.5 * share
    if _OFFERING.search(before):
        found[EntityKind.PRODUCT] += share
    if _OWNED.search(before):
        found[EntityKind.PRODUCT] += 1.5 * share
    if share == 1 and _DEALING.search(before):
        found[EntityKind.COMPANY] += 0.6


def is_field_of_a_country(names: Sequence[Word]) -> bool:
    """Whether an agency is so named: Health Canada, Historic England, Police Scotland."""
    return len(names) == 2 and names[1].lower in _NAMING_AGENCIES and is_field(names[0].lower)


def is_place(names: Sequence[Word], after: str) -> bool:
    """Whether words name a place, a people or a language rather than anyone."""
    lowered = [word.lower for word in names]
    whole = " ".join(lowered)
    if whole in PLACES or whole.removeprefix("the ") in PLACES:
        return True
    if all(word in PLACES or word in DEMONYMS for word in lowered):
        return True
    if lowered[-1] in {"republic", "republics"} and lowered[0] in DEMONYMS:
        return True
    if lowered[-1] in PLACE_HEADS and len(lowered) < 4 and head_of(names) == lowered[-1]:
        return not _COURT.search(whole)
    if lowered[0] in {
        "river",
        "mount",
        "lake",
        "fort",
        "cape",
        "port",
        "san",
        "santa",
        "st",
        "saint",
        "los",
    }:
        return len(lowered) < 3 and lowered[0] != "st"
    state = re.match(r",\s([A-Z][\w.]*(?: [A-Z]\w+)?)", after)
    return bool(state and state[1].lower().rstrip(".") in PLACES and len(lowered) < 3)


def may_be_place(before: str) -> bool:
    """Whether a name stands where places stand: “in Medford”, “the road to Medford”."""
    preposition = _PLACE_BEFORE.search(before)
    return bool(preposition and preposition[1] in LOCATING)
