"""Articles of an archive of whole texts, April to August 2026: they stay where they are.

The archive is the public repository tianyaxiang/ai-news on GitHub, read in a clone as it stood at
commit 171593f765c0619138c11fdc083f138afa19c3c9: about 11,000 articles, a file each, of which some
4,000 are of ten newspapers and magazines of technology. It gives a translation after each
paragraph, which is left out. Labels name an article by its file.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

LONGEST = 8_000
"""Code points of a text that count: more were not read for the labels."""
_FILE = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_TITLE = re.compile(r'^title: "?(.*?)"?$', re.MULTILINE)
_TRANSLATED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff5e]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_#>`]+")

Article = tuple[str, str]
"""Title and text."""


def articles(archive: Path) -> Iterator[tuple[str, str, Article]]:
    """Every article in the clone by id, as it is written there and without its marks."""
    seen = set()
    for path in sorted((archive / "src" / "content" / "news").glob("*/*.md")):
        if path.stem not in seen:
            seen.add(path.stem)
            written = path.read_text(encoding="utf-8")
            yield path.stem, written, _article(written)


def read_articles(archive: Path, wanted: Collection[str]) -> Mapping[str, Article]:
    """The wanted articles by id; FileNotFoundError where one of them is not in the clone."""
    found = {key: article for key, _, article in articles(archive) if key in wanted}
    missing = set(wanted) - set(found)
    if missing:
        raise FileNotFoundError(f"{archive} has no article {min(missing)}")
    return found


def _article(written: str) -> Article:
    file = _FILE.match(written)
    if file is None:
        return "", ""
    title = _TITLE.search(file["head"])
    kept = (line.strip() for line in file["body"].split("\n"))
    lines = [
        _MARKS.sub("", _LINK.sub(r"\1", line)).strip()
        for line in kept
        if line and not line.startswith("# ") and not _TRANSLATED.search(line)
    ]
    return title[1].replace('\\"', '"') if title else "", " ".join(lines)[:LONGEST]
