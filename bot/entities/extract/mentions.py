"""Every name that a reading mentions, each with what its place says about it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.entities.extract.gazetteer.bodies import HEADS_ALONE, OUTLETS, PRODUCTS
from bot.entities.extract.gazetteer.people import GIVEN, SAYING
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.gazetteer.vocabulary import NO_NAMES, OPENERS
from bot.entities.extract.kinds import (
    SILENT,
    Evidence,
    is_field_of_a_country,
    is_place,
    judge,
    may_be_place,
)
from bot.entities.extract.names import Chain, find_chains
from bot.entities.extract.persons import (
    evidence,
    is_named_like_a_person,
    role_after,
    role_before,
    split_titled,
)
from bot.entities.extract.reading import Reading, Word, words_of
from bot.model.entities import EntityKind

_BEFORE, _AFTER = 70, 110
_ACRONYM = re.compile(r"\s\((?:the |or )?[“\"]?([A-Z][\w&-]{1,11}|[A-Z]\w+ [A-Z]{2,6})[”\"]?\)")
_OR = re.compile(
    r",? (?:or|(?:also |better )?known as|commonly called) (?:the )?"
    r"[“\"]?([A-Z][A-Z0-9a-z&-]{1,11})[”\"]?[,.]"
)
ALSO = re.compile(r"(?:,|\s\()\s?(?:(?:also )?(?:known|referred to) as |or |called )?(?:the )?")
_LISTED = re.compile(r", (?:and |or )?| and | or | & ")
_CONSTITUENCY = re.compile(r"\b(?:[Mm]ember|MPs?|MSPs?|TDs?) for $")
_WORK = re.compile(
    r"\b(?:album|article|book|documentary|essay|film|memoir|movie|musical|novel|opera|paper|play"
    r"|podcast|poem|series|show|song)s?\b[^.“”\"]{0,40}[“\"](?:The |A |An )?$"
)
_QUOTE_ENDS = re.compile(r"[,.]?[”\"]")
_TELLING, _SHARED = 1.5, 0.6
_MOST_SHOUTED = 6
_VERB = re.compile(r"(?:,? (\w+)|['’]s\b)")
_NOBODY = OPENERS | NO_NAMES | PLACES | DEMONYMS
_ACTS = SAYING | frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "will",
        "would",
        "did",
        "does",
        "can",
        "could",
        "plans",
        "plan",
        "wants",
        "want",
        "made",
        "makes",
        "owns",
        "runs",
        "sells",
        "sold",
        "bought",
        "uses",
        "used",
        "won",
        "lost",
        "filed",
        "sued",
        "faces",
        "faced",
        "paid",
        "pays",
        "draws",
        "covers",
        "refused",
        "agreed",
    ]
)


@dataclass(slots=True)
class Mention:
    """One occurrence of a name; `weak` where its capital may come from the sentence's opening."""

    name: str
    words: tuple[str, ...]
    start: int
    end: int
    evidence: Evidence = field(default_factory=lambda: defaultdict(float))
    role: str = ""
    weak: bool = False
    placed: bool = False
    acronym: str = ""
    also: int = -1
    in_title: bool = False


def find_mentions(reading: Reading) -> list[Mention]:
    """The mentions in the running text, in order; a title counts where it is a sentence."""
    found: list[Mention] = []
    lowered = frozenset(re.findall(r"(?<!\w)[a-z][\w'’-]+", reading.text))
    if reading.title and reading.title_tells:
        found += _in_paragraph(reading.title, 0, len(reading.title), lowered, in_title=True)
    for block in reading.blocks:
        if not block.heading:
            found += _in_paragraph(reading.text, block.start, block.end, lowered, in_title=False)
    return found


def _in_paragraph(
    text: str, start: int, end: int, lowered: frozenset[str], *, in_title: bool
) -> list[Mention]:
    words = words_of(text, start, end)
    found: list[Mention] = []
    for chain in find_chains(words, lowered):
        for part in _parts(words, chain):
            mention = _mention(part, text, start, end)
            if mention is not None:
                mention.in_title = in_title
                found.append(mention)
    _share_kinds(found, text)
    return found


def _share_kinds(found: Sequence[Mention], text: str) -> None:
    """Of names listed together one tells the kind of the others: “Naver, Acme Networks and Kix”."""
    for pair in (*pairwise(found), *pairwise(reversed(found))):
        known, other = pair
        first, second = (known, other) if known.start < other.start else (other, known)
        if other.evidence or not _LISTED.fullmatch(text, first.end, second.start):
            continue
        kind, score = max(known.evidence.items(), key=lambda item: item[1], default=(None, 0.0))
        if kind is not None and score >= _TELLING:
            other.evidence[kind] += _SHARED
            other.weak = False


def _parts(words: Sequence[Word], chain: Chain) -> list[tuple[list[Word], str]]:
    """The names in a chain, each with its title: employer and person are two."""
    names = list(words[chain.first : chain.last + 1])
    while names and names[0].lower in {"&", "former", "then", "dear"}:
        names.pop(0)
    while len(names) > 2 and names[1].lower in GIVEN and _is_epithet(names[0]):
        names.pop(0)
    if not names:
        return []
    begin, person = split_titled(names)
    if begin < 0:
        return [(names, "")]
    parts: list[tuple[list[Word], str]] = []
    if begin:
        parts.append((names[:begin], ""))
    role = " ".join(word.text for word in names[begin:person])
    if person < len(names):
        parts.append((names[person:], role))
    return parts


def _is_epithet(word: Word) -> bool:
    """“Novelist” at the opening of a sentence, or a nationality, before a first name."""
    return (word.opens or word.lower in DEMONYMS) and word.lower not in GIVEN


def _mention(part: tuple[list[Word], str], text: str, start: int, end: int) -> Mention | None:
    names, role = part
    at, to = names[0].start, names[-1].end
    before = text[max(start, at - _BEFORE) : at]
    after = text[to : min(end, to + _AFTER)]
    if not role and _is_nobody(names, before, after):
        return None
    mention = Mention(text[at:to], tuple(word.text for word in names), at, to)
    mention.evidence = judge(names, before, after)
    if is_named_like_a_person(names):
        score = 4.0 if role else evidence(names, before, after)
        if score:
            mention.evidence[EntityKind.PERSON] += score
        mention.role = role or role_before(before) or role_after(after)
    acronym = _ACRONYM.match(after) or _OR.match(after)
    mention.acronym = acronym[1] if acronym else ""
    also = ALSO.match(text, to)
    mention.also = also.end() if also else -1
    mention.weak = names[0].opens and len(names) == 1 and not _is_sure_opening(names[0], after)
    mention.placed = may_be_place(before)
    return mention


def _is_nobody(names: Sequence[Word], before: str, after: str) -> bool:
    """Places, peoples, works, words with a capital, shouting, and what only points to a body."""
    if len(names) == 1:
        return _is_common_word(names[0], before) or is_place(names, after)
    if is_field_of_a_country(names):
        return False
    if _CONSTITUENCY.search(before) or (_WORK.search(before) and _QUOTE_ENDS.match(after)):
        return True
    numbered = len(names) == 2 and names[1].text.isdigit() and names[0].lower in HEADS_ALONE
    if numbered or is_place(names, after) or all(word.lower in _NOBODY for word in names):
        return True
    all_capitals = all(word.text.isupper() for word in names)
    if all_capitals and (len(names) > 2 or any(word.lower in OPENERS for word in names)):
        return True
    loud = [word for word in names if word.text.isupper() and len(word.text) > 3]
    return len(loud) > 1 and (all_capitals or len(loud) >= len(names) - 1)


def _is_common_word(word: Word, before: str) -> bool:
    """Whether one capitalised word is no name, such as a body's head or a people."""
    lower = word.lower
    if before.endswith(("The ", "the ")) and lower in OUTLETS:
        return False
    if lower in _NOBODY or lower.removesuffix("s") in DEMONYMS or lower in HEADS_ALONE:
        return True
    shouted = word.text.isupper() and word.text.isalpha() and len(lower) > _MOST_SHOUTED
    return shouted or len(lower) < 2 or (word.text[0].isdigit() and not word.text.isalnum())


def _is_sure_opening(word: Word, after: str) -> bool:
    """Whether a name shows at the opening of a sentence: by its shape, or by what it does."""
    text, lower = word.text, word.lower
    if lower in PRODUCTS or lower in GIVEN or lower in PLACES:
        return lower in PRODUCTS
    if (text.isupper() and len(text) > 1) or any(char.isupper() for char in text[1:]):
        return True
    if SILENT.match(after):
        return True
    verb = _VERB.match(after)
    return bool(verb and (verb[1] is None or verb[1] in _ACTS)) and not lower.endswith("s")
