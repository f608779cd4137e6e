"""Titles of a public list of tech news that were read and labelled; the list itself stays outside.

The list is `data/title-zh-cache.json` of the repository LearnPrompt/ai-news-radar on GitHub, as of
commit dff2bc681bff (30 April 2026): titles of February to April 2026, of newspapers, wires, blogs
and forums. Labelled were 1,500 at random of those that name AI, a large tech company or a body of
government; all that name both AI and something of policy; and some 300 more, half of them such as
the program was unsure about when they were drawn.
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

LABELS = Path(__file__).parent / "labels"


class Label(StrEnum):
    """What readers say of a title."""

    POLICY = "1"
    OTHER = "0"
    UNSURE = "u"


def key(title: str) -> str:
    """What stands for a title in the labels."""
    return hashlib.blake2s(title.encode(), digest_size=6).hexdigest()


def labelled(path: Path) -> Mapping[str, tuple[str, Label]]:
    """The labelled titles of the list in this file, each with its label, by key.

    Raises FileNotFoundError where the list is not.
    """
    titles = {key(title): title for title in json.loads(path.read_text(encoding="utf-8"))}
    return {
        found: (titles[found], label)
        for found, label in read_labels("titles").items()
        if found in titles
    }


def read_labels(name: str) -> Mapping[str, Label]:
    """The labels of one file, by id."""
    found: dict[str, Label] = {}
    for line in (LABELS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        item, _, label = line.partition("\t")
        found[item] = Label(label)
    return found
