"""`entity import`: what a seed article proposes, answered by a person one by one.

Nothing is added unasked. A draft keeps the proposals with their answers, so that the review can be
left and taken up again; what was added meanwhile by another way counts as answered.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entities.extract import extract, read_document
from bot.errors import PolicywireError, UsageError
from bot.model import WorkspaceId
from bot.model.drafts import Answer, Draft, Proposed
from bot.model.ids import DraftId
from bot.services.aliases import AliasTrial
from bot.services.asking import Actor, Place
from bot.services.entities import Entities
from bot.services.imports.proposals import merged
from bot.services.imports.source import fetched, is_address, pasted
from bot.services.known import Known
from bot.services.own_catalog import OwnCatalog
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import DraftRows, EntityRows, Fetches

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The proposal whose turn it is, counted from 1; None once all are answered.

    `trial` says what it would have matched; `problem` why it cannot be added as it is.
    """

    draft: Draft
    number: int | None
    trial: AliasTrial | None = None
    problem: str = ""

    @property
    def proposed(self) -> Proposed | None:
        """What is proposed."""
        return self.draft.proposals[self.number - 1] if self.number is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of the accepted: names that were added, and what was not, with the reason."""

    draft: Draft
    added: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class Imports:
    """Reads seed articles and takes a person's answers, for one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: DraftRows,
        own: EntityRows,
        entities: Entities,
        fetcher: Fetches,
        known: Callable[[], Known],
    ) -> None:
        self._database, self._places, self._rows, self._own = database, places, rows, own
        self._entities, self._fetcher, self._known = entities, fetcher, known

    async def propose(self, place: Place, actor: Actor, typed: str, *, now: datetime) -> Draft:
        """What the article at an address, or the pasted one, names beside what is tracked.

        Raises UsageError where it cannot be read.
        """
        source = await fetched(self._fetcher, typed) if is_address(typed) else pasted(typed)
        return await self.read(place, actor, source, now=now)

    async def read(self, place: Place, actor: Actor, source: str, *, now: datetime) -> Draft:
        """The same for an article that was read already, plain or as a page."""
        catalog = self._known().catalog
        page = await asyncio.to_thread(read_document, source)
        found = await asyncio.to_thread(extract, page.title, page.text, catalog)
        if not found.entities:
            raise UsageError(
                "No names were found in it. Is it an article, and not a list of links or a login "
                "page? You can paste the article's text instead."
            )
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            own = await self._catalog(conn, workspace.id)
            proposed = merged(found, own)
            return await self._rows.add(
                conn,
                workspace.id,
                title=(page.title or " ".join(page.text.split()[:12]))[:_LONGEST_TITLE],
                proposals=proposed.proposals,
                known=proposed.known,
                by=actor.id,
                now=now,
            )

    async def draft(self, place: Place, label: str) -> Draft:
        """The draft with this label (`i3`), with what was added meanwhile."""
        async with self._database.write() as conn:
            return await self._current(conn, place, draft_number(label))

    async def step(self, place: Place, argument: str, *, now: datetime) -> Step:
        """The proposal of `3:1`, or the next open one after it."""
        number, at = _asked(argument)
        async with self._database.write() as conn:
            draft = await self._current(conn, place, number)
        return await self._at(place, draft, at - 1, now)

    async def skip(self, place: Place, argument: str, *, now: datetime) -> Step:
        """Leave a proposal out; gives the next."""
        number, at = _asked(argument)
        async with self._database.write() as conn:
            draft = await self._current(conn, place, number)
            if _is_open(draft, at):
                draft = _answered(draft, at, Answer.SKIPPED)
                await self._rows.answer(conn, draft)
        return await self._at(place, draft, at, now)

    async def accept(
        self, place: Place, actor: Actor, argument: str, *, now: datetime
    ) -> tuple[Accepted, Step]:
        """Add one proposal, whatever its trial said, for that was shown; gives the next."""
        number, at = _asked(argument)
        done = await self.accept_some(place, actor, number, [at], now=now, anyway=True)
        return done, await self._at(place, done.draft, at, now)

    async def accept_some(
        self,
        place: Place,
        actor: Actor,
        draft: DraftId,
        numbers: Sequence[int],
        *,
        now: datetime,
        anyway: bool = False,
    ) -> Accepted:
        """Add several proposals; one that gives cause for doubt only `anyway`."""
        async with self._database.write() as conn:
            current = await self._current(conn, place, draft)
        wrong = next((n for n in numbers if not 0 < n <= len(current.proposals)), None)
        if wrong is not None:
            raise UsageError(
                f"There is no proposal {wrong}: they go from 1 to {len(current.proposals)}."
            )
        added: list[str] = []
        refused: list[tuple[str, str]] = []
        for number in dict.fromkeys(numbers):
            if not _is_open(current, number):
                continue
            one = current.proposals[number - 1]
            try:
                why_not = await self._add(place, actor, one, now=now, anyway=anyway)
            except PolicywireError as error:
                why_not = str(error)
            if why_not:
                refused.append((one.name, why_not))
            else:
                added.append(one.name)
        async with self._database.write() as conn:
            current = await self._current(conn, place, draft)
        return Accepted(draft=current, added=tuple(added), refused=tuple(refused))

    async def _add(
        self, place: Place, actor: Actor, one: Proposed, *, now: datetime, anyway: bool
    ) -> str:
        """Add a proposal; gives what speaks against it where it was not added."""
        if one.entity is None:
            done = await self._entities.add(
                place, actor, one.name, one.kind, now=now, aliases=one.aliases, anyway=anyway
            )
        else:
            done = await self._entities.alias(
                place, actor, one.entity, one.aliases, now=now, anyway=anyway
            )
        return "" if done.saved else "; ".join(done.trial.doubts)

    async def _at(self, place: Place, draft: Draft, after: int, now: datetime) -> Step:
        """The next open proposal after this place, tried on history."""
        at = draft.next_open(after - 1)
        if at is None:
            return Step(draft=draft, number=None)
        one = draft.proposals[at]
        try:
            if one.entity is None:
                tried = await self._entities.consider(
                    place, one.name, one.kind, now=now, aliases=one.aliases
                )
            else:
                tried = await self._entities.consider_alias(place, one.entity, one.aliases, now=now)
        except PolicywireError as error:
            return Step(draft=draft, number=at + 1, problem=str(error))
        return Step(draft=draft, number=at + 1, trial=tried.trial)

    async def _current(self, conn: AsyncConnection, place: Place, number: DraftId) -> Draft:
        """The stored draft of this workspace; what is tracked by now counts as answered."""
        tenant = (await self._places.find(conn, place)).tenant
        found = await self._rows.one(conn, tenant, number) if tenant is not None else None
        if found is None or tenant is None:
            raise UsageError(
                "Those proposals are no longer kept. Read the article again with /entity import."
            )
        draft = settled(found, await self._catalog(conn, tenant))
        if draft != found:
            await self._rows.answer(conn, draft)
        return draft

    async def _catalog(self, conn: AsyncConnection, workspace: WorkspaceId) -> OwnCatalog:
        own = await self._own.of_workspace(conn, workspace)
        return OwnCatalog(self._known().catalog, own, 0)


def draft_label(draft: Draft) -> str:
    """A draft's name for commands: `i3`."""
    return f"i{draft.id}"


def draft_number(label: str) -> DraftId:
    """The draft that a label names; 0, which is nobody's, for what is no label."""
    number = label.strip().lower().removeprefix("i")
    fits = number.isascii() and number.isdecimal() and len(number) < 15
    return DraftId(int(number) if fits else 0)


def settled(draft: Draft, catalog: OwnCatalog) -> Draft:
    """The draft with what is tracked by now as answered: a person may have added it by hand."""
    return replace(draft, proposals=tuple(_settled(one, catalog) for one in draft.proposals))


def _settled(one: Proposed, catalog: OwnCatalog) -> Proposed:
    if one.answer is not Answer.OPEN:
        return one
    if one.entity is None:
        tracked = catalog.holder(one.name) is not None
        return replace(one, answer=Answer.ADDED) if tracked else one
    left = tuple(alias for alias in one.aliases if catalog.holder(alias) is None)
    return replace(one, aliases=left) if left else replace(one, answer=Answer.ADDED)


def _is_open(draft: Draft, number: int) -> bool:
    return 0 < number <= len(draft.proposals) and (
        draft.proposals[number - 1].answer is Answer.OPEN
    )


def _answered(draft: Draft, number: int, answer: Answer) -> Draft:
    changed = [
        replace(one, answer=answer) if at == number else one
        for at, one in enumerate(draft.proposals, start=1)
    ]
    return replace(draft, proposals=tuple(changed))


def _asked(argument: str) -> tuple[DraftId, int]:
    """Draft and number of a button's argument such as `3:1`."""
    draft, _, at = argument.partition(":")
    return draft_number(draft), int(at) if at.isascii() and at.isdecimal() and len(at) < 4 else 1
