"""Deadlines as an iCalendar file (RFC 5545), to be taken over into anybody's calendar."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.services.deadlines import DueLine

NAME = "deadlines.ics"
_FOLD = 75
"""Octets on a line at most, its end not counted (RFC 5545, 3.1)."""
_SUMMARY = 140
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_file(lines: Sequence[DueLine], now: datetime) -> bytes:
    """The file; an event's UID is that of its saga and day, so a later export updates it."""
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//policywire//deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:AI policy deadlines",
        *(text for line in lines for text in _event(line, now)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(text) for text in content)


def _event(line: DueLine, now: datetime) -> Iterator[str]:
    deadline = line.deadline
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(line)}"
    yield f"DTSTAMP:{_utc(now)}"
    if deadline.at is not None:
        # An event with a start alone ends as it begins (RFC 5545, 3.6.1).
        yield f"DTSTART:{_utc(deadline.at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(deadline.day)}"
        yield f"DTEND;VALUE=DATE:{_day(deadline.day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(_summary(line))}"
    yield f"DESCRIPTION:{_text(_description(line))}"
    if line.url is not None:
        # A URI is no text: nothing in it is escaped. It has no breaks, or it would be no address.
        yield f"URL:{line.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(line: DueLine) -> str:
    counted = (
        f"Counted from {line.counted_from.isoformat()}, the day of publication.\n"
        if line.deadline.about
        else ""
    )
    return f"{line.deadline.sentence}\n\n{counted}{line.outlet}: {line.title} ({line.label})"


def _uid(line: DueLine) -> str:
    named = f"{line.saga}:{line.deadline.day.isoformat()}".encode()
    return f"{hashlib.blake2b(named, digest_size=12).hexdigest()}@policywire"


def _summary(line: DueLine) -> str:
    """The sentence, with its report's headline where there is room: “She asked for it by March 13.”
    alone says nothing in a calendar.
    """
    sentence, title = line.deadline.sentence, line.title
    both = f"{sentence} ({title})"
    return both if title != sentence and len(both) <= _SUMMARY else _short(sentence)


def _short(sentence: str) -> str:
    sentence = " ".join(sentence.split())
    if len(sentence) <= _SUMMARY:
        return sentence
    return sentence[:_SUMMARY].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _text(words: str) -> str:
    """Words as a TEXT value; control characters have no place in one."""
    plain = "".join(char for char in words if char in "\n\t" or (char >= " " and char != "\x7f"))
    return plain.encode("utf-8", "replace").decode("utf-8").translate(_ESCAPES)


def folded(text: str) -> bytes:
    """A content line with its end, folded between characters, never within one."""
    parts: list[bytes] = []
    part, room = b"", _FOLD
    for char in text:
        octets = char.encode("utf-8")
        if len(part) + len(octets) > room:
            parts.append(part)
            # The space that opens a continued line counts too.
            part, room = b"", _FOLD - 1
        part += octets
    parts.append(part)
    return b"\r\n ".join(parts) + b"\r\n"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
