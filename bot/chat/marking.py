"""Texts of articles with the places that matched set off; what a feed wrote stays plain."""

from collections.abc import Sequence

from bot.message import Inline, Line, Strong
from bot.model import Article, Span

AROUND = 70
"""Characters shown on either side of a place in a long text."""


def marked(text: str, places: Sequence[Span]) -> Line:
    """The whole text, its places set off; places that overlap are one."""
    parts: list[Inline] = []
    at = 0
    for start, end in _merged(places, len(text)):
        parts += [text[at:start], Strong(text[start:end])]
        at = end
    parts.append(text[at:])
    return tuple(part for part in parts if part)


def title_line(article: Article, spans: Sequence[Span]) -> Line:
    """The headline with its matched places."""
    return marked(article.title, [span for span in spans if span.field == "title"])


def excerpt(article: Article, spans: Sequence[Span]) -> Line:
    """The text around the first matched place in it; empty where the text has none."""
    inside = [span for span in spans if span.field == "text"]
    if not inside:
        return ()
    first = min(inside, key=lambda span: span.start)
    start, end = _whole_words(article.text, first.start - AROUND, first.end + AROUND)
    shown = [
        Span(field="text", start=span.start - start, end=min(span.end, end) - start)
        for span in inside
        if start <= span.start < end
    ]
    line = marked(article.text[start:end].replace("\n", " "), shown)
    before: Line = ("…",) if start else ()
    return (*before, *line, *(("…",) if end < len(article.text) else ()))


def _merged(places: Sequence[Span], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda span: span.start):
        start, end = place.start, min(place.end, length)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The cut moved inwards to the next gaps between words, where there are any near."""
    start, end = max(0, start), min(len(text), end)
    if start and (gap := text.find(" ", start, start + 20)) >= 0:
        start = gap + 1
    if end < len(text) and (gap := text.rfind(" ", end - 20, end)) >= 0:
        end = gap
    return start, end
