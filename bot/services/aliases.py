"""Trying an alias before it is added: what it would have matched, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entities.catalog import Catalog
from bot.entities.recogniser import GROUP, Recogniser
from bot.errors import UsageError
from bot.model import Alias, Entity, Judged, Span, WorkspaceId
from bot.services.history import History, Tried
from bot.text.scan import Scanner, searched
from bot.watches import Query, narrow
from bot.watches.nodes import Words, any_of
from bot.watches.required import is_common

DAYS = 14
_LONGEST = 100
_SHORT = 3
"""Letters and digits up to which an alias may well mean something else."""
_OFTEN = 20.0
"""Articles a day from which on an alias is no name but a subject."""
_LOWER_SHARE = 0.2
_LOWER_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasTrial:
    """What aliases would have matched in the past, and why they should be thought over."""

    tried: Tried
    doubts: tuple[str, ...] = ()
    never: bool = False
    """One of them is a single letter, which no “anyway” makes an alias."""


def checked_alias(typed: str) -> Alias:
    """The alias that was typed; one without lower-case letters (FTC) is meant exactly so.

    Raises UsageError where there is nothing to look for. A single letter is for `try_alias` to
    refuse, which shows what it would have matched.
    """
    text = " ".join(typed.split())
    if len(text) > _LONGEST:
        raise UsageError(f"An alias has at most {_LONGEST} characters: “{text[:40]}…” is too long.")
    if not searched(text) or not _length(text):
        raise UsageError(f"“{text}” holds nothing to look for. Give a name in letters or digits.")
    return Alias(text=text, exact=text.upper() == text and text.lower() != text)


def is_single(alias: Alias) -> bool:
    """Whether it is one letter or digit, and so never an alias."""
    return _length(alias.text) == 1


async def try_alias(
    history: History,
    conn: AsyncConnection,
    entity: Entity,
    aliases: Sequence[Alias],
    *,
    workspace: WorkspaceId | None,
    now: datetime,
) -> AliasTrial:
    """Hold these aliases of the entity against history, as recognition will."""
    probe = _Probe(entity, aliases)
    tried = await history.try_out(
        conn, narrow(probe.query), probe.match, workspace=workspace, days=DAYS, now=now
    )
    return AliasTrial(
        tried=tried,
        doubts=tuple(_doubts(aliases, probe, tried)),
        never=any(map(is_single, aliases)),
    )


@dataclass(slots=True)
class _Counts:
    """How often an alias stood in a text, and how often in lower case though it has capitals."""

    found: int = 0
    lower: int = 0


class _Probe:
    """Recognition of nothing but these aliases."""

    def __init__(self, entity: Entity, aliases: Sequence[Alias]) -> None:
        alone = Entity(id=entity.id, name=entity.name, kind=entity.kind, aliases=tuple(aliases))
        self._recogniser = Recogniser(Catalog((alone,)))
        self._literals = [literal.text for literal in self._recogniser.literals()]
        self._scanner = Scanner.build({GROUP: self._recogniser.literals()})
        self.query = Query.of(any_of([Words(searched(alias.text)) for alias in aliases]))
        self.counts = {searched(alias.text): _Counts() for alias in aliases}

    def match(self, judged: Judged) -> Sequence[Span] | None:
        """The places where recognition would find the entity by these aliases."""
        scanned = self._scanner.scan(judged.article.title, judged.article.text)
        for hit in scanned.hits(GROUP):
            counts = self.counts.get(searched(self._literals[hit.index]))
            if counts is not None:
                folded = scanned.field(hit.field)
                start, end = folded.span(hit.start, hit.end)
                counts.found += 1
                counts.lower += folded.plain[start:end].islower()
        mentions = [m for found in self._recogniser.recognise(scanned) for m in found.mentions]
        spans = [Span(field=m.field, start=m.start, end=m.end) for m in mentions]
        return spans or None


def _doubts(aliases: Sequence[Alias], probe: _Probe, tried: Tried) -> list[str]:
    doubts: list[str] = []
    for alias in aliases:
        counts = probe.counts[searched(alias.text)]
        if is_single(alias):
            doubts.append(f"“{alias.text}” is a single letter, which can never be an alias")
            continue
        if _length(alias.text) < _SHORT or (_length(alias.text) == _SHORT and counts.found):
            doubts.append(f"“{alias.text}” is short and may mean something else")
        if is_common(searched(alias.text)):
            doubts.append(f"“{alias.text}” is a common word")
        elif not alias.text.islower() and _is_a_word(counts):
            doubts.append(
                f"“{alias.text}” is also a common word: it stands in lower case in "
                f"{counts.lower} of {counts.found} places"
            )
    if tried.matched / tried.days > _OFTEN:
        doubts.append(f"it would match {tried.matched / tried.days:.0f} articles a day")
    return doubts


def _is_a_word(counts: _Counts) -> bool:
    return counts.lower >= max(_LOWER_LEAST, _LOWER_SHARE * counts.found)


def _length(text: str) -> int:
    return sum(char.isalnum() for char in text)
