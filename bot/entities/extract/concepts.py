"""Concepts: what a text puts in quotation marks as a term, or comes back to in the same words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.entities.extract.gazetteer import words
from bot.entities.extract.gazetteer.terms import TERMS
from bot.entities.extract.reading import Reading

_QUOTED = re.compile(r"[“\"]([A-Za-z][a-z’'-]*(?: [\w’'-]+){1,4}?)[,.]?[”\"]")
_SO_CALLED = re.compile(r"\bso-called [“\"]?((?:[a-z][\w-]+ ){0,3}[a-z][\w-]+)")
_TERMED = re.compile(
    r"\b(?:known as|called|termed|label(?:l?ed)?|dubbed|named|designat\w+|concept of|principle of"
    r"|notion of|definition of|term|phrase|word)(?: \w+){0,4},? (?:the |a |an )?$"
)
_VERBAL = re.compile(r"^\w+ly\b|(?:ed|ing|ly)$")
_PLAIN = re.compile(r"[^\W\d_][\w’'-]*|[^\w\s]+|\d\S*")
_STOP = words(
    """
    a an the and or but nor so yet of in on at to for from by with without about against between
    into through during before after above below over under again then once here there when where
    why how all any both each few more most other some such no not only own same than too very can
    will just should now is are was were be been being have has had having do does did doing would
    could may might must shall he she it they we you i him her them us me my his its our your their
    this that these those who whom whose which what if because as until while up down out off said
    says say told tell wrote added asked also still even ever never last next first second third two
    three four five six seven eight nine ten many much several one year years month months week
    weeks day days hour hours minutes time times people person percent per million billion trillion
    new old big large small long short high low good bad least less like made make makes take takes
    get gets got go goes went come comes came use used uses using want wants put see seen know known
    think according including however among within since whether though although across around
    already always often back early late later ago every another yet well away far own expected
    saying called call named part parts number half third group groups both spokesman spokeswoman
    spokesperson statement reporters company companies firm firms agency officials official
    lawmakers lawyers critics don't doesn't didn't won't can't isn't wasn't it's that's they're
    we're i'm let's nothing something anything everything nobody somebody anyone everyone thing
    things way ways lot lots kind sort able keep keeps kept give gives gave given find found set
    sets held hold run runs ran left right end ends start starts began begin begins
    """
)
_HEADS = words(
    """
    access accountability agent agents algorithm algorithms assessment assessments assurance attack
    attacks audit audits authority ban bans benchmark benchmarks bias breach capacity capability
    capabilities center centers centre centres check checker checkers checks chip chips clause
    clauses cluster clusters compliance computing conditions confirmation consent content control
    controls copyright curb curbs data dataset datasets decision decisions deepfakes deletion
    deployment designation designations detection detector detectors disclosure diversion dominance
    domain due duty duties encryption enforcement equality ethics evaluation evaluations exemption
    exemptions export exports fairness feature filter filters framework fund governance guardrail
    guardrails harm harms immunity impact incident incidents infrastructure injunction inspection
    intelligence interoperability label labels labelling labeling law laws learning levy liability
    licence licences license licenses licensing limit limits list lists litigation localization
    loophole loopholes manipulation mark marking markings measures media misinformation
    disinformation mitigation model models monitoring monopoly moratorium neutrality obligation
    obligations order orders oversight phase-out phaseout pilot policy policies portability
    preemption pre-emption privacy procurement profiling provenance provision purposes raid
    ransomware
    recognition red-teaming register registry regulation regulations release reporting requirement
    requirements restriction restrictions review right rights risk risks robots robocalls rule rules
    safeguard safeguards safety sanction sanctions sandbox sandboxes score scores scoring scraping
    screening security settings sovereignty standard standards surveillance system systems tariff
    tariffs tax taxes teaming technology test tests testing threat threats threshold thresholds
    tracking training transparency treaty trial uses vehicle vehicles verification veto voice voices
    vote warning warnings watermark watermarks watermarking waiver waivers weapon weapons weights
    whistleblower whistleblowers act duty interrupt term terms rules redress remedy remedies reviews
    """
)
"""Nouns that end a term of policy."""
_TERMS = "|".join(re.sub("[ -]", "[ -]", term) for term in sorted(TERMS, reverse=True))
_OF_ART = re.compile(rf"(?<![\w-])(?:{_TERMS})s?(?![\w-])")
_LONGEST = 5
_OFTEN = 3
_MOST_MARKED, _MOST_REPEATED = 200, 100
"""Terms that are weighed; a text has fewer, and each costs a look through all of it."""


@dataclass(slots=True)
class Concept:
    """A term, the ways it is written, how often, and where first."""

    name: str
    count: int
    first: int
    forms: set[str] = field(default_factory=set)
    quoted: bool = False


def find_concepts(reading: Reading) -> list[Concept]:
    """Terms that the text itself marks as such, or repeats; none inside another."""
    text = reading.text
    lowered = f"{reading.title}\n{text}".lower()
    found: dict[str, Concept] = {}
    marked: dict[str, int] = {}
    for term, at in _marked(text):
        if _is_term(term) and len(marked) < _MOST_MARKED:
            marked.setdefault(term, at)
    for term, at in marked.items():
        key = _key(term)
        count = _count(text.lower(), term)
        named = _is_termed(text, at)
        if named or (count > 1 and not _VERBAL.search(term)):
            found.setdefault(key, Concept(term, count, at, {term}, quoted=True))
    for term, count, at in _repeated(reading, lowered):
        found.setdefault(_key(term), Concept(term, count, at, {term}))
    for match in _OF_ART.finditer(text.lower()):
        term = match[0]
        found.setdefault(_key(term), Concept(term, _count(lowered, term), match.start(), {term}))
    for concept in found.values():
        concept.forms |= _written(text, concept.name)
    return _without_parts(list(found.values()))


def _marked(text: str) -> Iterator[tuple[str, int]]:
    for match in _QUOTED.finditer(text):
        term = match[1].rstrip(",")
        yield term[0].lower() + term[1:], match.start()
    for match in _SO_CALLED.finditer(text):
        kept = _until_stop(match[1].split())
        if kept:
            yield kept, match.start(1)


def _until_stop(parts: list[str]) -> str:
    kept: list[str] = []
    for part in parts:
        if part in _STOP or (
            kept and (part.endswith("ed") or (kept[-1] in _HEADS and part not in _HEADS))
        ):
            break
        kept.append(part)
    return " ".join(kept) if len(kept) > 1 or (kept and "-" in kept[0]) else ""


def _is_termed(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return before.endswith("so-called ") or bool(_TERMED.search(before))


def _is_term(term: str) -> bool:
    """Whether quoted words are a term, not a piece of somebody's sentence."""
    parts = term.lower().split()
    if not 1 < len(parts) <= _LONGEST or parts[0] in _STOP - {"first", "all"} or parts[-1] in _STOP:
        return "-" in term and len(parts) == 1
    return not any(part in _STOP - {"of", "to", "and", "by", "for", "all"} for part in parts[1:-1])


def _count(lowered: str, term: str) -> int:
    return len(re.findall(rf"(?<!\w){_plural_pattern(term)}(?!\w)", lowered))


def _plural_pattern(term: str) -> str:
    bare = _key(term)
    return re.sub(r"[ -]", "[ -]", re.escape(bare).replace(r"\ ", " ").replace(r"\-", "-")) + "s?"


def _key(term: str) -> str:
    lower = term.lower()
    return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else lower


def _repeated(reading: Reading, lowered: str) -> Iterator[tuple[str, int, int]]:
    """Runs of two to four plain words that end in a policy noun and come often enough."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for block in reading.blocks:
        for run in _runs(reading.text[block.start : block.end]):
            for size in range(2, _LONGEST):
                for begin in range(len(run) - size + 1):
                    part = run[begin : begin + size]
                    if part[-1][0] in _HEADS:
                        term = " ".join(word for word, _ in part)
                        counts[_key(term)] += 1
                        first.setdefault(_key(term), (term, block.start + part[0][1]))
    title = reading.title.lower()
    for key, count in counts.most_common(_MOST_REPEATED):
        term, at = first[key]
        if count >= _OFTEN or (count > 1 and re.search(rf"(?<!\w){_plural_pattern(term)}", title)):
            yield term, _count(lowered, term), at


def _runs(paragraph: str) -> Iterator[list[tuple[str, int]]]:
    run: list[tuple[str, int]] = []
    for match in _PLAIN.finditer(paragraph):
        word = match[0]
        fits = word.islower() and word not in _STOP and len(word) > 1 and not word.endswith("ly")
        if fits:
            run.append((word, match.start()))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _written(text: str, term: str) -> set[str]:
    pattern = re.compile(rf"(?<!\w){_plural_pattern(term)}(?!\w)", re.IGNORECASE)
    return {match[0].lower() for match in pattern.finditer(text)} or {term}


def _without_parts(found: list[Concept]) -> list[Concept]:
    """Without those that stand inside a longer term about as often as that."""
    kept: list[Concept] = []
    for concept in sorted(found, key=lambda each: (-len(each.name.split()), each.first)):
        inside = any(
            f" {_key(concept.name)}" in f" {_key(other.name)}" and concept.count <= other.count + 1
            for other in kept
        )
        if not inside:
            kept.append(concept)
    return kept
