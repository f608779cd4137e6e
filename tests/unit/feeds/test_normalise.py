"""From an entry to an article."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.normalise import canonical_of, to_article
from bot.model import (
    Article,
    ArticleKind,
    Entry,
    Feed,
    FeedId,
    Published,
    Tier,
    WorkspaceId,
)

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
POLL = NOW - timedelta(minutes=30)
FEED = Feed(
    id=FeedId(3),
    url="https://feeds.paper.example/all",
    title="Paper: all news",
    outlet="Paper",
    tier=Tier.WIRE,
    site="https://paper.example/",
)
ENTRY = Entry(
    guid="g",
    url="https://Paper.example/a?utm_source=rss&ref=paper.example",
    title="Agency bans the model",
    text="The agency told its contractors on Friday to stop using the model.",
    published=NOW - timedelta(hours=1),
    authors=("Jane Doe",),
)


def article(entry: Entry = ENTRY, feed: Feed = FEED) -> Article:
    return to_article(entry, feed, now=NOW, last_good_poll=POLL)


def test_composes_an_article() -> None:
    assert article() == Article(
        key="https://paper.example/a",
        title="Agency bans the model",
        text=ENTRY.text,
        url="https://Paper.example/a",
        canonical_url="https://paper.example/a",
        guid="g",
        outlet="Paper",
        tier=Tier.WIRE,
        feed=FeedId(3),
        published=Published(at=NOW - timedelta(hours=1), stated=True),
        seen_at=NOW,
        language="en",
        kind=ArticleKind.NEWS,
        authors=("Jane Doe",),
    )


def test_a_shared_link_is_shown_and_identifies_nothing() -> None:
    shown = article(replace(ENTRY, url=None, shared_url="https://paper.example/log"))
    assert (shown.url, shown.canonical_url) == ("https://paper.example/log", None)
    assert shown.key.startswith("feed:3:guid:")


def test_a_first_poll_marks_its_backlog() -> None:
    old = replace(ENTRY, published=NOW - timedelta(days=300))
    history = to_article(old, FEED, now=NOW, last_good_poll=None, backlog=True)
    assert history.backlog
    assert history.published == Published(at=NOW - timedelta(days=300), stated=True)


def test_a_workspaces_own_feed_is_for_its_workspaces_alone() -> None:
    theirs = [WorkspaceId(7)]
    own = to_article(
        ENTRY, replace(FEED, shared=False), now=NOW, last_good_poll=POLL, workspaces=theirs
    )
    shared = to_article(ENTRY, FEED, now=NOW, last_good_poll=POLL, workspaces=theirs)
    assert (own.shared, own.workspaces) == (False, frozenset({WorkspaceId(7)}))
    assert (shared.shared, shared.workspaces) == (True, frozenset())


@pytest.mark.parametrize(
    ("title", "own"),
    [
        pytest.param("Agency bans the model - Paper", "Agency bans the model", id="outlet"),
        pytest.param("Agency bans the model | PAPER", "Agency bans the model", id="bar-and-case"),
        pytest.param("Agency bans the model — Court", "Agency bans the model — Court", id="words"),
        pytest.param("Update - Paper", "Update - Paper", id="hardly-a-title-left"),
    ],
)
def test_the_outlets_name_is_no_part_of_a_title(title: str, own: str) -> None:
    assert article(replace(ENTRY, title=title)).title == own


@pytest.mark.parametrize(
    "trailer",
    [
        pytest.param(" The post Agency bans the model appeared first on Paper.", id="wordpress"),
        pytest.param("\n\nThe post Agency bans the model first appeared on Paper.", id="newer"),
        pytest.param("\n\nContinue reading...", id="continue"),
        pytest.param(" […]", id="ellipsis"),
        pytest.param(" […]\n\nThe post Agency appeared first on Paper.", id="two"),
    ],
)
def test_trailers_are_no_part_of_a_text(trailer: str) -> None:
    assert article(replace(ENTRY, text=ENTRY.text + trailer)).text == ENTRY.text


NEWS_SEARCH = replace(FEED, url="https://news.google.com/rss/search?q=ai", outlet="Google News")
ALERTS = replace(FEED, url="https://www.google.com/alerts/feeds/1/2", outlet="Google Alerts")


def test_an_aggregators_outlet_is_the_source_it_names() -> None:
    entry = replace(
        ENTRY,
        url="https://news.google.com/rss/articles/CBMi",
        title="Agency bans the model - Other Paper",
        source="Other Paper",
    )
    found = article(entry, NEWS_SEARCH)
    assert (found.outlet, found.title) == ("Other Paper", "Agency bans the model")
    assert found.credit is None


def test_an_aggregators_redirect_leads_to_the_article_and_its_outlet() -> None:
    entry = replace(
        ENTRY, url="https://www.google.com/url?rct=j&url=https://www.other.example/a%3Fid%3D1"
    )
    found = article(entry, ALERTS)
    assert (found.url, found.outlet) == ("https://www.other.example/a?id=1", "other.example")
    assert found.canonical_url == "https://www.other.example/a?id=1"


def test_a_wire_reprinted_keeps_the_outlet_and_credits_the_wire() -> None:
    found = article(replace(ENTRY, text=f"WASHINGTON (AP) — {ENTRY.text}", source="Paper"))
    assert (found.outlet, found.credit) == ("Paper", "Associated Press")


def test_a_forum_that_names_the_piece_as_its_source_credits_nobody() -> None:
    assert article(replace(ENTRY, source=ENTRY.title)).credit is None


def test_language_and_kind_come_from_the_entry_first() -> None:
    found = article(
        replace(ENTRY, language="de-AT", categories=("Opinion",)), replace(FEED, language="en")
    )
    assert (found.language, found.kind) == ("de", ArticleKind.OPINION)


def test_canonical_of_an_entry_without_a_url() -> None:
    assert canonical_of(replace(ENTRY, url=None), FEED) is None
