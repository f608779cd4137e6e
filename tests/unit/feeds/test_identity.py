"""DESIGN, "Identity": what is the same article, and what is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.canonical import canonical
from bot.feeds.identity import (
    CHURN_LIMIT,
    ROWS_AN_ARTICLE,
    Known,
    New,
    Seen,
    churn,
    decide,
    fingerprint,
    key,
    makes_revisions,
)
from bot.model import ArticleId, Entry, FeedId
from bot.model.seen import Fingerprint, SeenEntry

HERE, ELSEWHERE = FeedId(1), FeedId(2)
NOON = datetime(2026, 2, 20, 12, tzinfo=UTC)
FIRST = Entry(
    guid="g-1",
    url="https://paper.example/a",
    title="Agency bans the model from its desks",
    text="The agency said so on Friday.",
    published=NOON,
)


def mark_of(entry: Entry) -> Fingerprint:
    return fingerprint(entry, canonical(entry.url) if entry.url else None)


def row(
    entry: Entry, *, number: int = 1, feed: FeedId = HERE, article: int | None = 7
) -> SeenEntry:
    held = None if article is None else ArticleId(article)
    return SeenEntry(id=number, feed=feed, article=held, mark=mark_of(entry))


def judge(entry: Entry, *rows: SeenEntry, listed: Sequence[Entry] = ()) -> New | Known:
    marks = [mark_of(other) for other in (entry, *listed)]
    return decide(mark_of(entry), HERE, Seen(rows, listed=marks))


LATER = NOON + timedelta(days=30)
OTHER_TITLE = "Quarterly figures beat all forecasts"


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        pytest.param(FIRST, Known(article=ArticleId(7), row=1), id="same-again"),
        pytest.param(
            replace(FIRST, guid="g-2"), Known(article=ArticleId(7), row=1), id="guid-changed"
        ),
        pytest.param(
            replace(FIRST, published=LATER), Known(article=ArticleId(7), row=1), id="date-changed"
        ),
        pytest.param(
            replace(FIRST, published=None), Known(article=ArticleId(7), row=1), id="date-gone"
        ),
        pytest.param(
            replace(FIRST, url="http://www.paper.example/a?utm_source=rss#top"),
            Known(article=ArticleId(7), row=1),
            id="https-www-and-tracking-are-no-other-url",
        ),
        pytest.param(
            replace(FIRST, url="https://paper.example/moved"),
            Known(article=ArticleId(7), row=None),
            id="known-guid-new-url-is-remembered-beside-the-old",
        ),
        pytest.param(
            replace(FIRST, url=None), Known(article=ArticleId(7), row=None), id="url-gone"
        ),
        pytest.param(
            replace(FIRST, title="Agency bans the model from all its desks"),
            Known(article=ArticleId(7), row=1, revised=True),
            id="title-edited-is-a-revision",
        ),
        pytest.param(
            replace(FIRST, title=OTHER_TITLE),
            Known(article=ArticleId(7), row=1, revised=True),
            id="a-wholly-new-title-at-one-url-is-a-revision",
        ),
        pytest.param(
            replace(FIRST, text="The agency said so on Thursday."),
            Known(article=ArticleId(7), row=1, revised=True),
            id="text-edited-is-a-revision",
        ),
        pytest.param(
            replace(FIRST, text="The  agency said\nso on Friday."),
            Known(article=ArticleId(7), row=1),
            id="white-space-is-no-revision",
        ),
        pytest.param(
            replace(FIRST, guid="g-1", url="https://paper.example/b", title=OTHER_TITLE),
            Known(article=ArticleId(7), row=None, revised=True),
            id="guid-new-url-other-title-same-date-is-no-reuse",
        ),
        pytest.param(
            replace(FIRST, url="https://paper.example/b", title=OTHER_TITLE, published=LATER),
            New(reused_guid=True),
            id="reused-guid",
        ),
        pytest.param(
            replace(
                FIRST,
                url="https://paper.example/b",
                title="Court: agency bans the model wrongly, desks be damned",
                published=LATER,
            ),
            Known(article=ArticleId(7), row=None, revised=True),
            id="a-title-sharing-half-its-words-is-no-reuse",
        ),
        pytest.param(
            replace(FIRST, url=None, title=OTHER_TITLE, published=LATER),
            Known(article=ArticleId(7), row=None, revised=True),
            id="reuse-needs-an-unseen-url",
        ),
        pytest.param(
            replace(FIRST, guid="g-2", url="https://paper.example/b"),
            New(),
            id="an-unseen-url-and-guid-are-new-whatever-the-title",
        ),
        pytest.param(
            replace(FIRST, guid="g-2", url="https://paper.example/b", published=LATER),
            New(),
            id="same-title-another-day-is-new",
        ),
        pytest.param(
            replace(FIRST, guid="g-2", url="https://paper.example/b", text="Another notice."),
            New(),
            id="same-title-same-day-other-text-is-new",
        ),
        pytest.param(
            replace(FIRST, guid=None, url="https://paper.example/c", title=OTHER_TITLE),
            New(),
            id="all-new",
        ),
    ],
)
def test_decides_on_an_entry_of_a_feed_that_listed_the_first(
    entry: Entry, verdict: New | Known
) -> None:
    assert judge(entry, row(FIRST)) == verdict


def test_two_feeds_carrying_one_url_carry_one_article_and_no_revision() -> None:
    shorter = replace(FIRST, guid="else", text="Short.")
    assert judge(shorter, row(FIRST, feed=ELSEWHERE)) == Known(article=ArticleId(7), row=None)


def test_a_revision_is_told_against_what_this_feed_said_before() -> None:
    mine, theirs = row(FIRST, number=1), row(replace(FIRST, text="x"), number=2, feed=ELSEWHERE)
    assert judge(FIRST, mine, theirs) == Known(article=ArticleId(7), row=1)


def test_guids_are_trusted_only_inside_their_feed() -> None:
    other = replace(FIRST, url="https://paper.example/other", title=OTHER_TITLE)
    assert judge(other, row(FIRST, feed=ELSEWHERE)) == New()


def test_a_reused_guid_stays_with_the_article_it_names_now() -> None:
    second = replace(FIRST, url="https://paper.example/b", title=OTHER_TITLE, published=LATER)
    rows = row(FIRST, number=1, article=7), row(second, number=2, article=8)
    moved = replace(second, url="https://paper.example/b2")
    assert judge(moved, *rows) == Known(article=ArticleId(8), row=None)
    assert judge(FIRST, *rows) == Known(article=ArticleId(7), row=1)


def test_an_article_of_which_only_the_memory_is_left_is_known_and_not_revised() -> None:
    edited = replace(FIRST, text="Edited.")
    assert judge(edited, row(FIRST, article=None)) == Known(article=None, row=1)


NO_URL = replace(FIRST, url=None)
NO_NAME = replace(FIRST, url=None, guid=None)


@pytest.mark.parametrize(
    ("before", "entry", "new"),
    [
        pytest.param(NO_URL, NO_URL, False, id="guid-seen"),
        pytest.param(NO_URL, replace(NO_URL, guid="g-2"), False, id="every-guid-changed"),
        pytest.param(
            NO_URL, replace(NO_URL, guid="g-2", published=LATER), False, id="guid-and-date-changed"
        ),
        pytest.param(
            NO_URL, replace(NO_URL, guid="g-2", text="x"), False, id="guid-and-text-changed"
        ),
        pytest.param(
            NO_URL,
            replace(NO_URL, guid="g-2", published=LATER, text="x"),
            True,
            id="only-the-title-repeats",
        ),
        pytest.param(NO_NAME, NO_NAME, False, id="title-and-date-seen"),
        pytest.param(NO_NAME, replace(NO_NAME, text="x"), False, id="text-changed"),
        pytest.param(NO_NAME, replace(NO_NAME, published=LATER), False, id="date-changed"),
        pytest.param(
            NO_NAME, replace(NO_NAME, published=LATER, text="x"), True, id="date-and-text-changed"
        ),
        pytest.param(NO_NAME, replace(NO_NAME, title=OTHER_TITLE), True, id="another-title"),
        pytest.param(NO_NAME, FIRST, False, id="a-link-shared-yesterday-is-its-own-today"),
    ],
)
def test_without_a_url_guid_and_then_title_and_date_identify(
    before: Entry, entry: Entry, new: bool
) -> None:
    assert isinstance(judge(entry, row(before)), New) is new


def test_two_guids_of_one_title_are_two_while_both_are_listed() -> None:
    second = replace(NO_URL, guid="g-2")
    assert judge(second, row(NO_URL), listed=[NO_URL]) == New()


def test_two_nameless_entries_of_one_title_and_two_dates_are_two() -> None:
    second = replace(NO_NAME, published=LATER)
    assert judge(second, row(NO_NAME), listed=[NO_NAME]) == New()


def test_an_entry_listed_twice_in_one_batch_is_told_by_the_row_just_added() -> None:
    seen = Seen()
    assert decide(mark_of(FIRST), HERE, seen) == New()
    seen.add(row(FIRST, number=5, article=9))
    assert decide(mark_of(FIRST), HERE, seen) == Known(article=ArticleId(9), row=5)


def test_a_stored_key_is_known_though_the_memory_of_its_feed_is_gone() -> None:
    verdict = decide(mark_of(FIRST), HERE, Seen(), stored=ArticleId(3))
    assert verdict == Known(article=ArticleId(3), row=None)


def test_a_feed_with_an_address_for_every_poll_does_not_fill_the_table() -> None:
    rows = [
        row(replace(FIRST, url=f"https://paper.example/a?sid={number}"), number=number)
        for number in range(1, ROWS_AN_ARTICLE + 1)
    ]
    again = replace(FIRST, url="https://paper.example/a?sid=99")
    assert judge(again, *rows[:-1]) == Known(article=ArticleId(7), row=None)
    assert judge(again, *rows) == Known(article=ArticleId(7), row=ROWS_AN_ARTICLE)


def test_no_newest_date_decides() -> None:
    older = Entry(guid="g-0", url="https://paper.example/z", title="Zero", published=None)
    past = replace(older, published=NOON - timedelta(days=400))
    assert judge(older, row(FIRST)) == New()
    assert judge(past, row(FIRST)) == New()


@pytest.mark.parametrize(
    ("entry", "start"),
    [
        pytest.param(FIRST, "https://paper.example/a", id="canonical-url"),
        pytest.param(NO_URL, "feed:1:guid:", id="feed-and-guid"),
        pytest.param(NO_NAME, "feed:1:title:", id="feed-title-and-date"),
        pytest.param(replace(NO_NAME, title="…"), "feed:1:title:", id="title-without-words"),
    ],
)
def test_key(entry: Entry, start: str) -> None:
    url = canonical(entry.url) if entry.url else None
    assert key(mark_of(entry), HERE, url).startswith(start)


def test_keys_differ_by_feed_guid_title_and_date() -> None:
    entries = [
        NO_URL,
        replace(NO_URL, guid="g-2"),
        NO_NAME,
        replace(NO_NAME, published=LATER),
        replace(NO_NAME, title=OTHER_TITLE),
    ]
    keys = {key(mark_of(entry), feed, None) for entry in entries for feed in (HERE, ELSEWHERE)}
    assert len(keys) == 2 * len(entries)


@pytest.mark.parametrize(
    "title", [pytest.param("\ud800 cut", id="lone-surrogate"), pytest.param("", id="empty")]
)
def test_any_title_can_be_hashed(title: str) -> None:
    assert mark_of(replace(FIRST, title=title)).content_hash


def test_a_feed_whose_text_changes_at_every_poll_stops_making_revisions() -> None:
    polls = 0
    for _ in range(CHURN_LIMIT):
        assert makes_revisions(polls)
        polls = churn(polls, known=20, revised=15)
    assert not makes_revisions(polls)
    assert makes_revisions(churn(polls, known=20, revised=1))


def test_a_poll_of_only_new_entries_says_nothing_of_churn() -> None:
    assert churn(2, known=0, revised=0) == 2
