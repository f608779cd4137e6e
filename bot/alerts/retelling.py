"""A better summary before a story's first post: of the article's own page, by a language model.

It never holds up the ingest lane: it runs in the outbox, where a channel's post waits for it no
longer than the time limits. Whatever goes wrong, the summary that the story has is what is told.
"""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

import structlog

from bot.alerts.ports import AlertRows, RetoldRows, Store
from bot.clock import Clock
from bot.errors import PolicywireError
from bot.model import AlertState, Article, Delivery, Story, StoryId
from bot.stories.keyterms import terms_of
from bot.stories.retelling import INSTRUCTIONS, Refused, accepted, material
from bot.stories.summary import Extractive

_log = structlog.get_logger(__name__)
_REMEMBERED = 5_000
TEASER = 600
"""Characters of text under which a feed gives a teaser, not the article."""
_SAME_PIECE, _LOOKED_AT = 0.4, 8_000
"""Share of the teaser's terms that its page must hold near its top: else it is a pay wall."""


class LanguageModel(Protocol):
    """Answers one request; raises whatever its client raises."""

    async def answer(self, instructions: str, asked: str) -> str:
        """What the model writes."""
        ...


class Pages(Protocol):
    """Reads articles on their own pages (`bot.feeds.fulltext`)."""

    async def text_of(self, url: str) -> str:
        """The article's plain text, empty where it may not be read; raises FeedError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What retelling may take: seconds for a page and for an answer, and requests to the model a
    day (UTC) of this process.
    """

    page_seconds: float = 8.0
    seconds: float = 8.0
    requests_a_day: int = 200


@dataclass(slots=True)
class Budget:
    """Requests of the day so far."""

    limits: Limits
    _day: date | None = None
    _spent: int = 0

    def spend(self, now: datetime) -> bool:
        """Whether one more request is allowed; it is counted then."""
        if self._day != now.date():
            self._day, self._spent = now.date(), 0
        if self._spent >= self.limits.requests_a_day:
            return False
        self._spent += 1
        return True


@dataclass(slots=True, kw_only=True)
class Reteller:
    """Asks once for each story, whoever's post comes first; the others wait for the same answer."""

    pages: Pages | None = None
    model: LanguageModel | None = None
    store: Store
    alerts: AlertRows
    stories: RetoldRows
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    _budget: Budget = field(init=False)
    _asked: "OrderedDict[StoryId, asyncio.Event]" = field(default_factory=OrderedDict)
    """Stories that were asked about; each event is set when the answer is in."""

    def __post_init__(self) -> None:
        self._budget = Budget(self.limits)

    async def before_post(self, delivery: Delivery) -> None:
        """Retell the story of this delivery, unless some channel has been told of it."""
        story = await self._untold(delivery)
        if story is None:
            return
        known = self._asked.get(story.id)
        if known is not None:
            await known.wait()
            return
        answered = self._asked[story.id] = asyncio.Event()
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        try:
            await self._retell(story)
        finally:
            answered.set()

    async def _untold(self, delivery: Delivery) -> Story | None:
        async with self.store.read() as conn:
            told = await self.alerts.carried_by(conn, delivery.id)
            if len(told) != 1:
                return None
            story = (await self.stories.load(conn, [told[0].story])).get(told[0].story)
            alerts = await self.alerts.for_stories(conn, {told[0].story})
        if any(alert.state is AlertState.TOLD for alert in alerts):
            return None
        return story

    async def _retell(self, story: Story) -> None:
        best = next((report for report in story.reports if report.id == story.best), None)
        # What only one workspace may read is sent to nobody.
        if best is None or not best.judged.article.shared:
            return
        article, summary = best.judged.article, story.summary
        page = await self._page(article)
        if page:
            article = replace(article, text=page)
            summary = await asyncio.to_thread(Extractive().summarise, article.title, page)
        summary = await self._answer(story.id, article, summary) or summary
        if summary != story.summary:
            async with self.store.write() as conn:
                await self.stories.retell(conn, story.id, story.summary, summary)

    async def _page(self, article: Article) -> str:
        """The text of a teaser's own page; empty where it cannot be had or is of something else."""
        if self.pages is None or article.url is None or len(article.text) >= TEASER:
            return ""
        try:
            async with asyncio.timeout(self.limits.page_seconds):
                text = await self.pages.text_of(article.url)
        except (PolicywireError, TimeoutError) as error:
            _log.info("page_not_read", outlet=article.outlet, error=str(error) or "timed out")
            return ""
        told = terms_of(f"{article.title} {article.text}")
        is_it = len(told & terms_of(text[:_LOOKED_AT])) >= _SAME_PIECE * len(told)
        return text if is_it and len(text) > len(article.text) else ""

    async def _answer(
        self, story: StoryId, article: Article, summary: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The model's summary where it passes the guard; empty where there is none."""
        if self.model is None or not summary:
            return ()
        if not self._budget.spend(self.clock.now()):
            _log.info("llm_budget_spent", story_id=story)
            return ()
        asked = material(article.title, article.text, secrets.token_hex(8))
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await self.model.answer(INSTRUCTIONS, asked)
            return accepted(answer, article.title, article.text, summary)
        except Refused as refused:
            _log.info("llm_answer_refused", story_id=story, why=str(refused))
        except TimeoutError:
            _log.warning("llm_too_slow", story_id=story, seconds=self.limits.seconds)
        except Exception as error:  # noqa: BLE001 (a client's error must not hold a post back)
            _log.warning("llm_failed", story_id=story, error=type(error).__name__)
        return ()
