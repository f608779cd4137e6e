"""The calendar file, by RFC 5545: lines, folding, escapes, dates and stable events."""

from datetime import UTC, date, datetime

import pytest

from bot.model import Deadline, StoryId
from bot.services.calendar import calendar_file, folded
from bot.services.deadlines import DueLine

NOW = datetime(2026, 3, 4, 16, tzinfo=UTC)


def line(
    sentence: str = "Comments close on June 3.",
    *,
    at: datetime | None = None,
    about: bool = False,
    title: str = "Comments close",
    url: str | None = "https://npr.example/a,b;c",
) -> DueLine:
    return DueLine(
        deadline=Deadline(
            day=date(2026, 6, 3), at=at, about=about, sentence=sentence, start=0, end=1
        ),
        counted_from=date(2026, 3, 3),
        story=StoryId(84),
        label="s2k",
        saga=StoryId(80),
        outlet="NPR",
        title=title,
        url=url,
    )


def unfolded(*lines: DueLine, now: datetime = NOW) -> list[str]:
    text = calendar_file(lines, now).decode("utf-8")
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_day_is_a_date_and_the_next_day_ends_it() -> None:
    said = unfolded(line())
    assert "DTSTART;VALUE=DATE:20260603" in said
    assert "DTEND;VALUE=DATE:20260604" in said
    assert "DTSTAMP:20260304T160000Z" in said


def test_an_hour_is_an_instant_in_utc() -> None:
    at = datetime.fromisoformat("2026-06-03T17:01:00-04:00")
    said = unfolded(line(at=at))
    assert "DTSTART:20260603T210100Z" in said
    assert not [text for text in said if text.startswith("DTEND")]


def test_an_event_keeps_its_uid_in_later_files() -> None:
    def uid(text: list[str]) -> str:
        return next(one for one in text if one.startswith("UID:"))

    later = datetime(2026, 4, 1, tzinfo=UTC)
    assert uid(unfolded(line())) == uid(unfolded(line("In other words."), now=later))


def test_what_a_feed_wrote_stays_inside_its_value() -> None:
    hostile = "Due; by, then\\now\r\nEND:VEVENT\x07\nBEGIN:VALARM"
    said = unfolded(line(hostile, title="a\nATTENDEE:mailto:x@y.example"))
    assert [text.partition(":")[0] for text in said].count("END") == 2
    assert not [text for text in said if text.startswith(("ATTENDEE", "BEGIN:VALARM"))]
    assert any("Due\\; by\\, then\\\\now" in text for text in said)


def test_an_empty_file_is_one_all_the_same() -> None:
    said = unfolded()
    assert (said[0], said[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 400, id="plain"),
        pytest.param("ü€😀" * 80, id="many-octets"),
        pytest.param("x" * 75, id="just-fits"),
        pytest.param("", id="empty"),
    ],
)
def test_lines_fold_at_75_octets_between_characters(text: str) -> None:
    content = folded(text)
    parts = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert all(part.decode("utf-8") or not text for part in parts)
    assert content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode() == text


def test_a_term_says_from_when_it_was_counted() -> None:
    said = unfolded(line(about=True))
    assert any("Counted from 2026-03-03" in text for text in said)


def test_a_short_sentence_has_its_headline_with_it() -> None:
    said = unfolded(line("She asked for it by June 3.", title="Court wants records of chip sales"))
    assert "SUMMARY:She asked for it by June 3. (Court wants records of chip sales)" in said
    alone = unfolded(line("Comments close on June 3.", title="Comments close on June 3."))
    assert "SUMMARY:Comments close on June 3." in alone
