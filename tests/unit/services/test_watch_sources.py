"""A source that no feed carries is said, with what may have been meant."""

import pytest

from bot.model import Feed, FeedId
from bot.services.watches.sources import unheard
from bot.watches import parse


def feed(url: str, outlet: str, site: str = "") -> Feed:
    return Feed(id=FeedId(1), url=url, title="News", outlet=outlet, site=site)


FEEDS = (
    feed("https://feeds.npr.org/1019/rss.xml", "NPR", "https://www.npr.org/"),
    feed("https://potomac.example/feed", "The Potomac Ledger"),
)


@pytest.mark.parametrize(
    ("query", "warned"),
    [
        pytest.param("court source:npr", "", id="by-name"),
        pytest.param("court source:npr.org", "", id="by-domain"),
        pytest.param('court source:"potomac ledger"', "", id="without-its-article"),
        pytest.param("court source:ledger", "", id="a-word-of-it"),
        pytest.param("court", "", id="asks-for-none"),
        pytest.param("court source:nprr", "Did you mean source:npr", id="misspelt"),
        pytest.param("court -source:potomak", "Did you mean source:potomac", id="excluded"),
        pytest.param("court (source:npr OR source:zzqx)", "/feed list shows", id="nothing-near"),
    ],
)
def test_warns_of_what_no_feed_carries(query: str, warned: str) -> None:
    found = unheard(parse(query), FEEDS)
    assert len(found) == bool(warned)
    assert warned in "".join(found)
