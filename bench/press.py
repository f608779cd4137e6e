"""News of five magazines of technology, April to August 2026, with our labels of events.

They come from the archive that bench/quality/archive.py describes, read in a clone of it; only the
labels are here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from bench.events import events_of
from bench.quality.archive import articles

LABELS = Path(__file__).with_name("press-events.yaml")
OUTLETS = {
    "theverge.com", "wired.com", "techcrunch.com", "arstechnica.com", "technologyreview.com",
    "bbc.com", "theguardian.com", "cnbc.com", "theregister.com", "404media.co",
}  # fmt: skip
DEK = 300
"""Code points of a text's beginning that stand for its dek."""
_DATE = re.compile(r'^date: "?(.*?)"?$', re.MULTILINE)
_ADDRESS = re.compile(r'^originalUrl: "?(.*?)"?$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article; `event` is empty where readers are unsure."""

    id: str
    title: str
    text: str
    at: datetime
    event: str
    outlet: str


def reports(archive: Path, form: str) -> Iterator[Report]:
    """Every article of these outlets once, in this form: title, dek or full text."""
    events = events_of(yaml.safe_load(LABELS.read_text(encoding="utf-8")))
    seen = set()
    for key, written, (title, text) in articles(archive):
        date, address = _DATE.search(written[:3000]), _ADDRESS.search(written[:3000])
        if date is None or address is None or not title or address[1] in seen:
            continue
        outlet = (urlsplit(address[1]).hostname or "").removeprefix("www.")
        if outlet in OUTLETS:
            seen.add(address[1])
            yield Report(
                id=key,
                title=title,
                text={"title": "", "dek": text[:DEK], "full": text}[form],
                at=datetime.fromisoformat(date[1]).astimezone(UTC),
                event=events.get(key, key),
                outlet=outlet,
            )
