"""The text of an article's own page, for feeds that give a teaser only; the extra `fulltext`.

Pages are asked for by the fetcher that feeds are asked with, so private addresses are refused and
requests to a host are spaced; and only where the site's robots.txt allows it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

from yarl import URL

from bot.clock import Clock
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.fetch import Body, Fetcher, FetchRequest
from bot.text.html import plain_text

_AGENT = "policywire"
_ROBOTS_FOR = timedelta(hours=24)
_NO_RULES = frozenset({FeedErrorKind.NOT_FOUND, FeedErrorKind.GONE, FeedErrorKind.EMPTY})
_MOST_SITES = 1_000
_MOST_PAGE = 1_500_000
_ROBOTS_READ = 500_000
"""Bytes of a robots.txt that are read, as RFC 9309 asks for at least."""

Extract = Callable[[bytes], str]
"""A page as sent to the plain text of its article, empty where it has none."""


class ArticlePages:
    """Reads articles on their own pages."""

    def __init__(self, fetcher: Fetcher, clock: Clock, extract: Extract) -> None:
        self._fetcher, self._clock, self._extract = fetcher, clock, extract
        self._robots: OrderedDict[str, tuple[datetime, RobotFileParser]] = OrderedDict()

    async def text_of(self, url: str) -> str:
        """The plain text of the article at this address; empty where robots.txt forbids to ask, or
        where the page has none. Raises FeedError where the page cannot be had.
        """
        if not await self._allowed(URL(url)):
            return ""
        found = await self._fetcher.fetch(FetchRequest(url=url, unconditional=True))
        if not isinstance(found, Body) or "html" not in found.content_type:
            return ""
        text = await asyncio.to_thread(self._extract, found.content[:_MOST_PAGE])
        return plain_text(text.replace("\n", "\n\n"))

    async def _allowed(self, url: URL) -> bool:
        site, now = str(url.origin()), self._clock.now()
        known = self._robots.get(site)
        if known is None or now - known[0] > _ROBOTS_FOR:
            known = self._robots[site] = (now, await self._read_robots(site))
            self._robots.move_to_end(site)
            while len(self._robots) > _MOST_SITES:
                self._robots.popitem(last=False)
        return known[1].can_fetch(_AGENT, str(url))

    async def _read_robots(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            found = await self._fetcher.fetch(FetchRequest(url=f"{site}/robots.txt"))
        except FeedError as error:
            # RFC 9309: a site without one allows all; one that cannot be read forbids all.
            rules.parse(["User-agent: *", "Allow: /" if error.kind in _NO_RULES else "Disallow: /"])
            return rules
        content = found.content[:_ROBOTS_READ] if isinstance(found, Body) else b""
        rules.parse(content.decode("utf-8", "replace").splitlines())
        return rules
