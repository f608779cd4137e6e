"""A feed asked and read as a poll would, without storing anything: what is wrong, in words."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import FeedError, FeedErrorKind, PolicywireError
from bot.feeds.address import read_address, shown
from bot.feeds.document import Document
from bot.feeds.fetch import Body
from bot.feeds.parse import parse
from bot.services.feeds.preview import get
from bot.services.ports.upkeep import Fetches

_SOON = timedelta(hours=1)
_OLD = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one feed gave. `error` says why it cannot be read; `remarks` what a reader may mind."""

    title: str
    address: str
    kind: FeedErrorKind | None = None
    error: str = ""
    entries: int = 0
    newest: datetime | None = None
    remarks: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether a poll would read it."""
        return not self.error


class FeedCheck:
    """Fetches and parses; needs no database and stores nothing."""

    def __init__(self, fetcher: Fetches) -> None:
        self._fetcher = fetcher

    async def check(self, typed: str, *, now: datetime, title: str = "") -> Checked:
        """What a poll of this address would find; raises UsageError for what is no address."""
        address = read_address(typed)
        return await self._checked(address, title, now)

    async def check_all(
        self,
        feeds: Sequence[tuple[str, str]],
        *,
        now: datetime,
        on_done: Callable[[], None] = lambda: None,
    ) -> list[Checked]:
        """The same for many, as pairs of title and address, side by side; in the order given."""

        async def one(title: str, address: str) -> Checked:
            checked = await self._checked(address, title, now)
            on_done()
            return checked

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(title, address)) for title, address in feeds]
        return [task.result() for task in tasks]

    async def _checked(self, address: str, title: str, now: datetime) -> Checked:
        where = shown(address)
        try:
            body = await get(self._fetcher, address)
            said = f"{body.content_type}; charset={body.charset}" if body.charset else ""
            document = await asyncio.to_thread(
                parse, body.content, url=body.url, content_type=said or body.content_type
            )
        except FeedError as error:
            return Checked(title=title or where, address=where, kind=error.kind, error=str(error))
        except PolicywireError as error:
            return Checked(title=title or where, address=where, error=str(error))
        except Exception as error:  # noqa: BLE001 (a fault of ours is a finding about this feed)
            words = f"a fault of policywire ({type(error).__name__}: {error}). Please report it."
            return Checked(title=title or where, address=where, error=words)
        dates = [at for entry in document.entries if (at := entry.published or entry.updated)]
        return Checked(
            title=title or document.title or where,
            address=where,
            entries=len(document.entries),
            newest=max((at for at in dates if at <= now + _SOON), default=None),
            remarks=tuple(_remarks(body, document, dates, now)),
        )


def _remarks(body: Body, document: Document, dates: Sequence[datetime], now: datetime) -> list[str]:
    remarks: list[str] = []
    count = len(document.entries)
    if document.problem:
        remarks.append(f"part of it cannot be read: {document.problem}")
    if body.moved_to is not None:
        remarks.append(f"it has moved for good to {shown(body.moved_to)}")
    if not count:
        remarks.append("it lists no entry now")
        return remarks
    if without := count - len(dates):
        remarks.append(f"{without} of {count} entries have no date; the time of the poll counts")
    if ahead := sum(at > now + _SOON for at in dates):
        remarks.append(f"{ahead} of {count} entries are dated in the future")
    if dates and now - max(dates) > _OLD:
        remarks.append(f"its newest entry is of {max(dates):%B %Y}: it may be abandoned")
    if bare := sum(not (entry.url or entry.shared_url) for entry in document.entries):
        remarks.append(f"{bare} of {count} entries have no link")
    return remarks
