"""News of many outlets with true times, March to November 2023, with our labels of events.

They come from the public repository Ostabo/news-api on GitHub, read in a clone of it as it stood at
commit 8121c79e5f558afae1ac53f7cf44ab92b9d3f1d9 with its branch gh-pages: every two hours the top
headlines of three countries, each with its outlet, its time to the second, and mostly a dek. Only
labels are here: the sets name an article by the first ten digits of its address's SHA-1.

Six sets are each one saga, of weeks or months: nearly all of its reports name the same company,
union or people. The seventh is thirteen days of news of all kinds.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from bench.events import events_of
from bot.text.html import html_to_text

LABELS = Path(__file__).with_name("outlets-events.yaml")
COUNTRIES = ("us", "gb", "au")
_OUTLET = 45
"""Code points after a title's last dash that can be its outlet's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article as it was first seen; `event` is empty where readers are unsure."""

    id: str
    title: str
    dek: str
    at: datetime
    event: str
    outlet: str


def sets(clone: Path) -> Mapping[str, Sequence[Report]]:
    """The labelled sets by name, each in order of time."""
    labels = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    written = dict(_articles(clone))
    return {
        name: sorted(_labelled(written, known), key=lambda report: report.at)
        for name, known in labels.items()
    }


def _labelled(
    written: Mapping[str, Mapping[str, Any]], labels: Mapping[str, Any]
) -> Iterator[Report]:
    for key, event in events_of(labels).items():
        article = written[key]
        title, _, outlet = article["title"].rpartition(" - ")
        yield Report(
            id=key,
            title=html_to_text(title if title and len(outlet) < _OUTLET else article["title"]),
            dek=html_to_text(article["description"] or ""),
            at=datetime.fromisoformat(article["publishedAt"]),
            event=event,
            outlet=_outlet(article["source"]["name"] or "", outlet),
        )


def _outlet(source: str, named: str) -> str:
    """Who wrote it: its source, or whom the title names where an aggregator is the source."""
    return named if source == "Google News" and len(named) < _OUTLET else source


def _articles(clone: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each article of the clone's whole history once, by its key; the first with a dek, if any."""
    found: dict[str, Mapping[str, Any]] = {}
    for document in _documents(clone):
        for article in document.get("articles", ()):
            if not article["url"] or not article["title"]:
                continue
            key = sha1(article["url"].encode(), usedforsecurity=False).hexdigest()[:10]
            if key not in found or (article["description"] and not found[key]["description"]):
                found[key] = article
    return iter(found.items())


def _documents(clone: Path) -> Iterator[Mapping[str, Any]]:
    """Each version of the countries' files, the oldest first."""
    commits = _git(clone, "log", "--all", "--reverse", "--date-order", "--format=%H").split()
    names = [f"{commit.decode()}:{name}/data.json" for commit in commits for name in COUNTRIES]
    listed = _git(clone, "cat-file", "--batch-check", given=names).splitlines()
    blobs = dict.fromkeys(line.split()[0].decode() for line in listed if b" blob " in line)
    packed = BytesIO(_git(clone, "cat-file", "--batch", given=list(blobs)))
    while head := packed.readline():
        yield json.loads(packed.read(int(head.split()[2])))
        packed.readline()


def _git(clone: Path, *asked: str, given: Sequence[str] = ()) -> bytes:
    command = ["git", "-C", str(clone), *asked]
    lines = "".join(f"{line}\n" for line in given).encode()
    return subprocess.run(command, input=lines, capture_output=True, check=True).stdout
