"""Dates that are due: what a sentence says of days to come, and what it does not."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.model import Article, Deadline, Published
from bot.stories.deadlines import in_sentence, read_deadlines
from bot.stories.deadlines.zones import zone_of_outlet

EASTERN = ZoneInfo("America/New_York")
WEDNESDAY = datetime(2026, 3, 4, 11, tzinfo=EASTERN)


def due(sentence: str, published: datetime = WEDNESDAY) -> list[Deadline]:
    return in_sentence(sentence, published, EASTERN)


def days(sentence: str) -> list[str]:
    return [one.day.isoformat() for one in due(sentence)]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        pytest.param("Bids must be in by March 31.", "2026-03-31", id="month-day"),
        pytest.param("Bids must be in by 31 March.", "2026-03-31", id="day-month"),
        pytest.param("Bids must be in by 2026-03-31.", "2026-03-31", id="iso"),
        pytest.param("The act takes effect Feb. 1, 2027.", "2027-02-01", id="with-a-year"),
        pytest.param("The act takes effect on January 5.", "2027-01-05", id="next-year"),
        pytest.param("The board votes on Friday.", "2026-03-06", id="coming-weekday"),
        pytest.param("The board will vote next Wednesday.", "2026-03-11", id="next-weekday"),
        pytest.param("The board will vote on Friday, March 20.", "2026-03-20", id="day-and-date"),
        pytest.param("Replies are due tomorrow.", "2026-03-05", id="tomorrow"),
        pytest.param("Replies are due by the end of the week.", "2026-03-06", id="end-of-week"),
        pytest.param("Replies are due by the end of next month.", "2026-04-30", id="end-of-month"),
        pytest.param("It must report by the end of the quarter.", "2026-03-31", id="quarter"),
        pytest.param("It must report by the end of 2028.", "2028-12-31", id="end-of-a-year"),
        pytest.param("The court gave it ten days to answer.", "2026-03-14", id="days-to-answer"),
        pytest.param("It has five business days to answer.", "2026-03-11", id="working-days"),
        pytest.param("The order sets a six-month phase-out.", "2026-09-04", id="phase-out"),
        pytest.param("It must comply within 90 days of the ruling.", "2026-06-02", id="within"),
        pytest.param("The ban begins in two weeks.", "2026-03-18", id="in-two-weeks"),
        pytest.param("The vote was moved to April 9.", "2026-04-09", id="moved"),
        pytest.param("Suppliers face an April 2 deadline.", "2026-04-02", id="a-deadline"),
        pytest.param("The vote is Friday.", "2026-03-06", id="is-then"),
        pytest.param("The consultation runs for 45 days.", "2026-04-18", id="runs-for"),
        pytest.param(
            "A vote first, and originally, set for March 11 was moved to April 9.",
            "2026-04-09",
            id="moved-from-a-day",
        ),
    ],
)
def test_resolves(sentence: str, day: str) -> None:
    assert days(sentence) == [day]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The board voted on Friday.", id="past-verb"),
        pytest.param("The window closed on March 2.", id="closed"),
        pytest.param("It covers the period from January 1 through June 30.", id="a-span"),
        pytest.param("At the end of the day the board will need money.", id="figure-of-speech"),
        pytest.param("“We shape those who will shape tomorrow,” he said.", id="any-tomorrow"),
        pytest.param("The model runs for four hours a day.", id="every-day"),
        pytest.param("A copyright lasts for 70 years.", id="of-a-kind"),
        pytest.param("The law has been in force since March 1.", id="since"),
        pytest.param("He was secretary until January 9.", id="until-in-the-past"),
        pytest.param("The agency missed a March 2 deadline.", id="missed"),
        pytest.param("Tuesday's vote will be remembered.", id="possessive"),
        pytest.param("The vote planned for Friday was called off.", id="called-off"),
        pytest.param("The firm turns 30 on Friday.", id="birthday"),
        pytest.param("The model is available today.", id="news-of-the-day"),
        pytest.param("They may act.", id="may-the-verb"),
        pytest.param("Rules would apply on February 30.", id="no-such-day"),
        pytest.param("Shares hit a six-month low.", id="no-term"),
        pytest.param("A six-month-old firm won the contract.", id="an-age"),
        pytest.param("After a two-week delay the panel met.", id="a-term-that-is-over"),
        pytest.param("Operators must report within 72 hours of learning of it.", id="per-case"),
        pytest.param("Analysts expect it to double within two years.", id="a-guess"),
        pytest.param("It takes effect 60 days after enactment.", id="depends"),
        pytest.param("The tax was due on March 15, 2019.", id="long-past"),
    ],
)
def test_finds_nothing(sentence: str) -> None:
    assert days(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "instant"),
    [
        pytest.param(
            "The lab has until 5:01 p.m. on Friday.", "2026-03-06T22:01", id="the-outlets-zone"
        ),
        pytest.param(
            "The lab has until 5:01 p.m. PT on Friday.", "2026-03-07T01:01", id="a-named-zone"
        ),
        pytest.param("Bids close Monday at noon.", "2026-03-09T16:00", id="over-the-change"),
        pytest.param("Bids close at midnight Monday.", "2026-03-10T04:00", id="midnight-ends-it"),
        pytest.param("Talks resume on Friday at 18:30.", "2026-03-06T23:30", id="24-hours"),
    ],
)
def test_an_hour_is_an_instant(sentence: str, instant: str) -> None:
    (one,) = due(sentence)
    assert one.at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_an_hour_that_has_struck_is_not_due() -> None:
    evening = datetime(2026, 3, 6, 20, tzinfo=EASTERN)
    assert due("The lab had until 5:01 p.m. on Friday to sign.", evening) == []
    assert due("The lab has until 9 p.m. on Friday to sign.", evening)


def test_a_term_is_about() -> None:
    (one,) = due("It serves on for no more than six months, and will remain until then.")
    assert (one.day, one.about) == (date(2026, 9, 4), True)


def test_its_words_stand_in_the_sentence() -> None:
    (one,) = due("By 5 p.m. ET on Friday, suppliers must answer.")
    assert one.words == "5 p.m. ET on Friday"


def test_no_month_has_31_days_because_a_long_one_has() -> None:
    last_of_august = datetime(2026, 8, 31, 9, tzinfo=EASTERN)
    (one,) = due("It has six months to comply.", last_of_august)
    assert one.day == date(2027, 2, 28)


def article(text: str, url: str = "https://npr.example/1", title: str = "Order signed") -> Article:
    published = Published(at=WEDNESDAY, stated=True)
    return Article(key="1", title=title, text=text, url=url, published=published, seen_at=WEDNESDAY)


def test_a_text_tells_each_day_once_best_said() -> None:
    text = (
        "Comments close on April 3. Sign up for our newsletter by April 1. They are due by "
        "5 p.m. on April 3. The agency will then rule by the end of June."
    )
    found = read_deadlines(article(text))
    assert [one.day for one in found] == [date(2026, 4, 3), date(2026, 6, 30)]
    assert found[0].sentence.startswith("They are due")


def test_a_title_alone_is_read() -> None:
    assert read_deadlines(article("", title="Lab gets until April 3 to answer"))


@pytest.mark.parametrize(
    ("url", "zone"),
    [
        ("https://www.bbc.co.uk/news/1", "Europe/London"),
        ("https://www.heise.de/1", "Europe/Berlin"),
        ("https://www.nytimes.com/1", "America/New_York"),
        ("https://www.latimes.com/1", "America/Los_Angeles"),
        ("not an address]", "America/New_York"),
        (None, "America/New_York"),
    ],
)
def test_an_outlets_clock(url: str | None, zone: str) -> None:
    assert str(zone_of_outlet(url)) == zone


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("until " * 20_000, id="repeated"),
        pytest.param("by 5 p.m. " * 5_000, id="clocks"),
        pytest.param("within " + "9" * 50_000 + " days", id="digits"),
        pytest.param("by \x00March\u202e 31\ud800", id="odd-characters"),
        pytest.param("in 999 years it will take effect", id="no-calendar"),
    ],
)
def test_hostile_text_costs_little_and_breaks_nothing(text: str) -> None:
    read_deadlines(article(text))
