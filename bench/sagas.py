"""Sagas of our own for development: invented quarrels whose turns are days or hours apart.

Each file holds one saga: its events, what each follows, and the reports of each. From one report
come three forms: its title, its title and dek, and a full text, which goes on with the event's
other facts and retells earlier turns, as agency copy does; a report that is a title only stays so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report of a saga: its event, when and by whom it was told, and its words."""

    event: str
    at: datetime
    outlet: str
    title: str
    text: str


def names() -> list[str]:
    """The sagas that there are."""
    return sorted(path.stem.removeprefix("saga-") for path in FOLDER.glob("saga-*.yaml"))


def follows(name: str) -> dict[str, str | None]:
    """Of each event of a saga, the event that it follows."""
    return {event: found["follows"] for event, found in _events(name).items()}


def told(name: str, form: str) -> list[Told]:
    """The reports of a saga in order of time, in one form: "title", "dek" or "full"."""
    events = _events(name)
    rows = sorted(
        ((_instant(report[0]), number, event, report)
         for event, found in events.items()
         for number, report in enumerate(found["reports"])),
        key=lambda row: (row[0], row[2], row[1]),
    )  # fmt: skip
    reports: list[Told] = []
    earlier: dict[str, list[str]] = {}
    for turn, (at, number, event, (_, outlet, title, dek)) in enumerate(rows):
        before = [texts[turn % len(texts)] for other, texts in earlier.items() if other != event]
        parts = [dek]
        if form == "full":
            more = events[event].get("more", [])
            parts += more[number : number + 1]
            if any(parts):
                parts += list(_retold(before, turn))
        if dek:
            earlier.setdefault(event, []).append(dek)
        text = "" if form == "title" else "\n\n".join(part for part in parts if part)
        reports.append(Told(event=event, at=at, outlet=outlet, title=title, text=text))
    return reports


def _retold(before: list[str], turn: int) -> Iterator[str]:
    """The latest turn, the one before it or the first, as they were told then."""
    if before:
        yield before[-1]
    if len(before) > 2:
        yield before[-2] if turn % 2 else before[0]


def _events(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        (FOLDER / f"saga-{name}.yaml").read_text("utf-8")
    )
    return found


def _instant(value: object) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
