"""Who is who: from the one pass's hits to entities, by rule, context and length.

The order of the decisions: an alias must be spelled as its rule says; it falls to a longer name
around it, to a namesake, to a term that must not stand near; it needs its context, or its full
name; of what overlaps then, the longest stays.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.entities.acronyms import BEFORE_ACRONYMS, is_spelled_out_otherwise
from bot.entities.catalog import Catalog
from bot.entities.namesakes import Case, case_of, is_a_persons, is_half_a_name, is_namesake
from bot.entities.occurrences import (
    Dismissed,
    Found,
    Ground,
    full_names,
    is_after_full,
    is_no_namesakes,
    longest,
    without_minority,
)
from bot.entities.rules import Rulebook, Term, compile_rules, same_case
from bot.model.articles import Field
from bot.model.entities import Entity, Mention, RecognisedEntity
from bot.model.ids import EntityId, WorkspaceId
from bot.text.scan import Literal, Scanned, joined
from bot.text.sentences import sentences

GROUP = "alias"
NEAR = 250
"""Folded characters: about two sentences, or a headline and its dek."""
_LEAD = 1500
_LONGEST_TERM = 80
_LEADING = " \"'(["
"""What may stand between a word and the name that it leads to."""
_FIELDS: Sequence[Field] = ("title", "text")
_ADDRESS = re.compile(r"https?://\S+")
_SALIENT_MENTIONS = 3
_SALIENT_SENTENCES = 2


class Recogniser:
    """Recognises the catalog's entities, and on top those that workspaces added.

    It never changes: `overlaid` gives another that shares the compiled catalog. A workspace's
    entities come back marked with it, and never hide or change what others see.
    """

    def __init__(self, catalog: Catalog, overlay: Iterable[Entity] = ()) -> None:
        base = compile_rules(catalog.all())
        self._base = base
        self._added = compile_rules(overlay, len(base.literals))

    def overlaid(self, overlay: Iterable[Entity]) -> "Recogniser":
        """This catalog with these workspaces' entities in place of the former ones."""
        other = object.__new__(Recogniser)
        other._base = self._base
        other._added = compile_rules(overlay, len(self._base.literals))
        return other

    def literals(self) -> Sequence[Literal]:
        """What the scanner must look for in group `alias`: the catalog's, then the added ones."""
        return [*self._base.literals, *self._added.literals]

    def base_literals(self) -> Sequence[Literal]:
        """The catalog's literals alone: for the scanner that overlays extend."""
        return self._base.literals

    def added_literals(self) -> Sequence[Literal]:
        """The overlay's literals alone: to extend a scanner that has the catalog's."""
        return self._added.literals

    def recognise(self, scanned: Scanned) -> tuple[RecognisedEntity, ...]:
        """All entities in the order of their first mention, overlaps resolved; workspaces' last.

        `scanned` must come from a scanner with this recogniser's literals in group `alias`.
        """
        reading = _Reading(scanned, (self._base, self._added))
        tenants: dict[WorkspaceId | None, list[Found]] = defaultdict(list)
        for found in reading.candidates:
            tenants[found.rule.entity.workspace].append(found)
        recognised: list[RecognisedEntity] = []
        for _, found_here in sorted(tenants.items(), key=lambda item: item[0] is not None):
            recognised += reading.decide(found_here)
        return tuple(recognised)


class _Reading:
    """One article being read."""

    def __init__(self, scanned: Scanned, books: Sequence[Rulebook]) -> None:
        self._scanned = scanned
        self._text_at = len(scanned.title.text) + 1
        self._cases: dict[Field, Case] = {}
        self.candidates: list[Found] = []
        self._terms: list[tuple[int, int, int]] = []
        addresses = _addresses(scanned)
        base, added = (book.entries for book in books)
        border = books[1].offset
        for index, field, start, end in scanned.hits(GROUP):
            entry = base[index] if index < border else added[index - border]
            at = start if field == "title" else start + self._text_at
            if isinstance(entry, Term):
                if entry.exact is None or self._spelled(entry.exact, field, start, end):
                    self._terms.append((at, at + end - start, index))
            elif addresses and _is_in_one(addresses, field, start):
                continue
            elif not entry.versioned or self._ends_there(field, end):
                found = Found(entry, field, start, end, at, at + end - start)
                self.candidates.append(found)
        self._starts = [term[0] for term in self._terms]
        self._present = frozenset(term[2] for term in self._terms)

    def decide(self, candidates: Sequence[Found]) -> list[RecognisedEntity]:
        """The entities among one tenant's candidates."""
        dismissed = Dismissed({}, {})
        anothers = self._acronyms_of_others(candidates)
        judged = [
            found
            for found in candidates
            if (found.entity, found.rule.alias.text) not in anothers
            and self._stands(found, dismissed)
        ]
        sure = [found for found in judged if found.ground <= Ground.PLAIN]
        sure = longest(without_minority(sure, dismissed))
        # A surname that only context supports is not trusted where a namesake is about.
        full = full_names(sure)
        sure = [found for found in sure if is_no_namesakes(found, full, dismissed)]
        named = {found.entity for found in sure}
        sure += [
            found
            for found in judged
            if found.ground is Ground.NEEDS_CONTEXT and found.entity in named
        ]
        full = full_names(longest(sure))
        sure += [
            found
            for found in judged
            if found.ground is Ground.NEEDS_FULL_NAME and is_after_full(found, full, dismissed)
        ]
        return self._entities(longest(sure))

    def _stands(self, found: Found, dismissed: Dismissed) -> bool:
        """Whether nothing at its own place speaks against it; sets its ground."""
        rule = found.rule
        if rule.alias.exact and not self._spelled(
            rule.spelling, found.field, found.start, found.end
        ):
            return False
        if rule.covering and (cover := self._cover(found)) is not None:
            if rule.surname and (cover == found.to):
                dismissed.namesakes.setdefault(found.entity, []).append(found.at)
            return False
        if (rule.surname or rule.first_name) and self._is_someone_else(found):
            dismissed.namesakes.setdefault(found.entity, []).append(found.at)
            return False
        if rule.blocking and self._is_near(found, rule.blocking):
            key = (found.entity, rule.alias.text)
            dismissed.blocked[key] = dismissed.blocked.get(key, 0) + 1
            return False
        if rule.also_near and not self._is_near(found, rule.also_near):
            return False
        if (rule.near and self._is_near(found, rule.near)) or self._follows(found):
            found.ground = Ground.CONTEXT
        elif rule.alias.after_full:
            found.ground = Ground.NEEDS_FULL_NAME
        elif rule.near or rule.after:
            found.ground = Ground.NEEDS_CONTEXT
        return True

    def _acronyms_of_others(self, candidates: Iterable[Found]) -> set[tuple[EntityId, str]]:
        """Entities and those of their aliases that the text spells out as another's name."""
        anothers: set[tuple[EntityId, str]] = set()
        for found in candidates:
            folded = self._scanned.field(found.field)
            if folded.text.endswith(BEFORE_ACRONYMS, 0, found.start):
                start, end = folded.span(found.start, found.end)
                if is_spelled_out_otherwise(folded.plain, start, end, found.rule.entity):
                    anothers.add((found.entity, found.rule.alias.text))
        return anothers

    def _follows(self, found: Found) -> bool:
        """Whether one of the words that its rule names stands directly before it."""
        if not found.rule.after:
            return False
        text = self._scanned.field(found.field).text
        before = " " + text[max(0, found.start - _LONGEST_TERM) : found.start].rstrip(_LEADING)
        return before.endswith(found.rule.after)

    def _ends_there(self, field: Field, end: int) -> bool:
        """Whether the word ends with the name, or a version's number clings to it."""
        text = self._scanned.field(field).text
        return end == len(text) or text[end].isdigit() or not joined(text[end - 1], text[end])

    def _spelled(self, pattern: str, field: Field, start: int, end: int) -> bool:
        folded = self._scanned.field(field)
        first, last = folded.span(start, end)
        shouted = self._case(field) is Case.SHOUTED
        return same_case(pattern, folded.plain[first:last], shouted=shouted)

    def _case(self, field: Field) -> Case:
        if field not in self._cases:
            self._cases[field] = case_of(
                self._scanned.field(field).plain, headline=field == "title"
            )
        return self._cases[field]

    def _is_someone_else(self, found: Found) -> bool:
        folded = self._scanned.field(found.field)
        start, end = folded.span(found.start, found.end)
        case = self._case(found.field)
        if found.rule.first_name:
            return is_a_persons(folded.plain, start, end, case)
        if is_half_a_name(folded.plain, end) and not self._begins_another(found.to + 1):
            return True
        return is_namesake(folded.plain, start, end, case, found.rule.own_names)

    def _begins_another(self, at: int) -> bool:
        """Whether somebody else's name may begin there (“the Hawley-Blumenthal bill”)."""
        return any(other.at == at for other in self.candidates)

    def _cover(self, found: Found) -> int | None:
        """Where the longer name ends that the occurrence is a part of."""
        if found.rule.covering.isdisjoint(self._present):
            return None
        place = bisect_left(self._starts, found.at - _LONGEST_TERM)
        while place < len(self._terms) and self._terms[place][0] <= found.at:
            _, to, index = self._terms[place]
            if to >= found.to and index in found.rule.covering:
                return to
            place += 1
        return None

    def _is_near(self, found: Found, wanted: frozenset[int]) -> bool:
        """Whether one of the wanted terms stands near, apart from the occurrence itself.

        A term that only begins before it is near: “Ohio House” in “Ohio House panel”.
        """
        if wanted.isdisjoint(self._present):
            return False
        place = bisect_left(self._starts, found.at - NEAR)
        while place < len(self._terms):
            at, to, index = self._terms[place]
            if at > found.to + NEAR:
                break
            if index in wanted and (
                to <= found.at or at >= found.to or at < found.at < to < found.to
            ):
                return True
            place += 1
        return False

    def _entities(self, mentions: Sequence[Found]) -> list[RecognisedEntity]:
        by_entity: dict[EntityId, list[Found]] = {}
        for found in sorted(mentions, key=lambda each: each.at):
            by_entity.setdefault(found.entity, []).append(found)
        lead = self._lead_end() if by_entity else 0
        return [self._entity(group, lead) for group in by_entity.values()]

    def _entity(self, group: Sequence[Found], lead: int) -> RecognisedEntity:
        entity = group[0].rule.entity
        mentions = []
        for found in group:
            start, end = self._scanned.field(found.field).span(found.start, found.end)
            mentions.append(Mention(entity=entity.id, field=found.field, start=start, end=end))
        return RecognisedEntity(
            id=entity.id,
            name=entity.name,
            kind=entity.kind,
            marks=entity.marks,
            salient=mentions[0].field == "title"
            or mentions[0].start < lead
            or len(mentions) >= _SALIENT_MENTIONS,
            mentions=tuple(mentions),
            workspace=entity.workspace,
        )

    def _lead_end(self) -> int:
        """Where the text's second sentence ends."""
        opening = sentences(self._scanned.text.plain[:_LEAD])[:_SALIENT_SENTENCES]
        return opening[-1].end if opening else 0


def _addresses(scanned: Scanned) -> Sequence[tuple[Field, int, int]]:
    """Where addresses of the web stand: their words name what they lead to, and nobody here."""
    return [
        (field, *match.span())
        for field in _FIELDS
        if "://" in (text := scanned.field(field).text)
        for match in _ADDRESS.finditer(text)
    ]


def _is_in_one(addresses: Iterable[tuple[Field, int, int]], field: Field, at: int) -> bool:
    return any(field == where and start <= at < end for where, start, end in addresses)
