"""Titles of the general press of the world that were read and labelled; they stay outside.

They are of the repository NicoLafakis/oracle-news-aggregator on GitHub, as of commit 349ae19086e5
(1 March 2026), read in a clone: a file for each report of an index of newspapers, agencies, trade
journals and blogs, December 2025 to March 2026, a third with a dek. Drawn were 1,010 at random of
those whose titles name AI and something of policy, 240 that name AI alone, and 200 more of the
kind that the program was unsure about; English all. Digests of market research, stock tips and law
firms' alerts were left out. Labels name a report by its file; they were given from title and dek,
without a look at what the program says.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bench.quality.draw import DEK
from bench.quality.titles import Label, read_labels
from bot.text.html import html_to_text

_STORIES = Path("oracle", "stories")
_BEFORE = re.compile(r" +(?=[,.;:!?%)])")
_AFTER = re.compile(r"(?<=[($]) +")
_LETTERS = re.compile(r"\b([A-Z])\. (?=[A-Z]\.)")
_STAMP = re.compile(r"\d{8}T\d{6}Z")

Report = tuple[str, str, Label]
"""Title, dek (mostly empty), label."""


def read_world(clone: Path) -> Mapping[str, Report]:
    """The labelled reports by file; FileNotFoundError where the clone lacks one."""
    found = {}
    for name, label in read_labels("world").items():
        written = json.loads((clone / _STORIES / f"{name}.json").read_text(encoding="utf-8"))
        found[name] = (_joined(written["title"]), _dek(written["description"]), label)
    return found


def _joined(title: str) -> str:
    """The title without the spaces that the index puts around punctuation."""
    return _LETTERS.sub(r"\1.", _AFTER.sub("", _BEFORE.sub("", title))).strip()


def _dek(description: str) -> str:
    return "" if _STAMP.fullmatch(description) else html_to_text(description)[:DEK]
