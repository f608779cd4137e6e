"""A feed before it is added: its newest entries, judged as they would be."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.compose import web_address
from bot.feeds.address import shown
from bot.feeds.discover import FoundFeed
from bot.feeds.fetch import Body, FetchRequest
from bot.feeds.normalise import to_article
from bot.feeds.parse import parse
from bot.model import Judged
from bot.services.feeds.kept import new_feed
from bot.services.ports.upkeep import Discover, Fetches, Judge

PREVIEWED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """One entry as it would be judged; `url` where it leads to the web."""

    judged: Judged
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a feed holds: its newest entries as they would be judged; `problem` of its document."""

    title: str
    address: str
    entries: int
    newest: tuple[Glimpse, ...]
    problem: str | None = None
    others: tuple[FoundFeed, ...] = ()


class FeedPreview:
    """Fetches and judges; stores nothing."""

    def __init__(self, *, fetcher: Fetches, discover: Discover, judge: Judge) -> None:
        self._fetcher, self._discover, self._judge = fetcher, discover, judge

    async def preview(self, typed: str, *, now: datetime) -> Preview:
        """The newest entries of a site's first feed, judged as they would be; stores nothing."""
        found = await self._discover(typed)
        first = found[0]
        body = await get(self._fetcher, first.url)
        return await asyncio.to_thread(self._previewed, body, first, tuple(found[1:]), now)

    def _previewed(
        self, body: Body, found: FoundFeed, others: tuple[FoundFeed, ...], now: datetime
    ) -> Preview:
        document = parse(body.content, url=body.url, content_type=body.content_type)
        feed = new_feed(found.url, document.title or found.title)
        articles = [
            to_article(entry, feed, now=now, last_good_poll=now) for entry in document.entries
        ]
        articles.sort(key=lambda article: article.published.at, reverse=True)
        return Preview(
            title=feed.title,
            address=shown(feed.url),
            entries=len(articles),
            newest=tuple(
                Glimpse(judged=self._judge(article), url=web_address(article.url))
                for article in articles[:PREVIEWED]
            ),
            problem=document.problem,
            others=others,
        )


async def get(fetcher: Fetches, url: str) -> Body:
    """The document at an address; raises FeedError saying why it cannot be had."""
    answer = await fetcher.fetch(FetchRequest(url=url, unconditional=True))
    if not isinstance(answer, Body):
        raise ValueError("an unconditional request was answered as a conditional one")
    return answer
