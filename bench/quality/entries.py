"""Real entries of the development data by source and id: their text stays where it is.

The sources are `headlines` (headlines-2026), `gnews` (cluster and place in it), `feeds` (file and
place in the document), `contexts` (the last 60 characters of the address; a title alone) and
`ailabs` (the entry's link).
"""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser

from bench.quality.draw import DEK, read_headlines
from bot.text.html import html_to_text

ID_OF_ADDRESS = 60
Entry = tuple[str, str]
"""Title and dek."""


def read_entries(data: Path, wanted: Mapping[str, Collection[str]]) -> Mapping[str, Entry]:
    """The wanted entries by id; FileNotFoundError where the data are not."""
    return {
        key: entry
        for source, ids in wanted.items()
        for key, entry in _SOURCES[source](data, ids)
        if key in ids
    }


def _headlines(data: Path, _ids: Collection[str]) -> Iterator[tuple[str, Entry]]:
    for one in read_headlines(data):
        yield one.id, (one.title, one.text)


def _gnews(data: Path, _ids: Collection[str]) -> Iterator[tuple[str, Entry]]:
    path = data / "clusters-gnews-2026-01" / "clusters.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        cluster = json.loads(line)
        for place, member in enumerate(cluster["members"]):
            yield (
                f"{cluster['cluster_id']}/{place}",
                (member["title"], (member["matched_description"] or "")[:DEK]),
            )


def _contexts(data: Path, _ids: Collection[str]) -> Iterator[tuple[str, Entry]]:
    with (data / "alias-contexts" / "contexts.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["url"][-ID_OF_ADDRESS:], (row["title"], "")


def _feeds(data: Path, ids: Collection[str]) -> Iterator[tuple[str, Entry]]:
    for name in sorted({key.partition("/")[0] for key in ids}):
        document = _parsed(data / "feeds-fastfeedparser" / name)
        for place, entry in enumerate(document.entries):
            yield f"{name}/{place}", _entry(entry)


def _ailabs(data: Path, _ids: Collection[str]) -> Iterator[tuple[str, Entry]]:
    for path in sorted((data / "feeds-ailabs-replay").glob("*/*.xml")):
        for entry in _parsed(path).entries:
            yield entry.get("link", ""), _entry(entry)


def _parsed(path: Path) -> Any:
    return feedparser.parse(io.BytesIO(path.read_bytes()))


def _entry(entry: Any) -> Entry:
    title, dek = (html_to_text(entry.get(name) or "") for name in ("title", "summary"))
    return title, " ".join(dek.split())[:DEK]


_SOURCES: Mapping[str, Callable[[Path, Collection[str]], Iterator[tuple[str, Entry]]]] = {
    "headlines": _headlines,
    "gnews": _gnews,
    "contexts": _contexts,
    "feeds": _feeds,
    "ailabs": _ailabs,
}
