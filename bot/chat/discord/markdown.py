"""Inline parts → Discord's Markdown, in which nothing that a feed wrote mentions, links or formats.

Discord takes a backslash before any character that is neither letter, digit nor space.
"""

import re
from urllib.parse import quote, urlsplit

from bot.chat.cutting import ELLIPSIS, cut
from bot.message import Code, Inline, Line, Link, Strong, TimeStyle, When

URL_LENGTH = 2048
"""Discord's limit on any address (CONTRACTS.md, section 1)."""
_SHORTEST = 24
"""Less room than this is left empty rather than filled with the beginning of a part."""
_SPECIAL = re.compile(r"[\\*_~`|<>\[\]@]|:(?=//)")
# What makes a heading, small text or list where it begins a line.
_OPENING = re.compile(r"(\s*)([#+-]|\d+(?=[.)]))")
_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# Controls; marks that turn the direction of text around; characters of no width that join nothing.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u180e\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_GRAVE = "\N{MODIFIER LETTER GRAVE ACCENT}"
_STYLES = {
    TimeStyle.TIME: "t",
    TimeStyle.DATE: "D",
    TimeStyle.DATE_TIME: "f",
    TimeStyle.RELATIVE: "R",
}


def plain(text: str) -> str:
    """The text on one line, without controls, for places that know no Markdown."""
    return _SPACES.sub(" ", _seen(text))


def columns(text: str) -> str:
    """A line of a preformatted block, its spaces kept, without what would end the block."""
    one_line = _SPACES.sub(lambda found: " " * len(found[0]), _seen(text.expandtabs(4)))
    return one_line.replace("`", _GRAVE)


def _seen(text: str) -> str:
    return _UNSEEN.sub("", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


def escaped(text: str) -> str:
    """The text on one line, as plain characters wherever it stands."""
    safe = _SPECIAL.sub(lambda found: "\\" + found[0], plain(text))
    opening = _OPENING.match(safe)
    if opening is None:
        return safe
    if opening[2].isdecimal():
        return safe[: opening.end()] + "\\" + safe[opening.end() :]
    return opening[1] + "\\" + safe[opening.start(2) :]


def line(parts: Line, room: int) -> str:
    """The parts as Markdown of at most `room` code points, cut with an ellipsis."""
    said = ""
    last = len(parts) - 1
    for at, part in enumerate(parts):
        left = room - len(said)
        whole = inline(part, left if at == last else left - len(ELLIPSIS))
        if whole is not None:
            said += whole
            continue
        short = _shortened(part, left) if left >= _SHORTEST else ""
        return said + (short or ELLIPSIS)[: max(left, 0)]
    return said


def inline(part: Inline, room: int) -> str | None:
    """One part as Markdown, None where it does not fit."""
    written = _written(part)
    return written if len(written) <= room else None


def address(url: str) -> str | None:
    """The http(s) address as it can stand in Markdown, None for what Discord would not take."""
    cleaned = quote(plain(url).strip(), safe="%/:=&?~#+!$,;'@*-._[]")
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return cleaned if len(cleaned) <= URL_LENGTH else None


def _written(part: Inline) -> str:
    match part:
        case str():
            return escaped(part)
        case Strong(text=text):
            return _wrapped("**", escaped(text))
        case Code(text=text):
            return _code(text)
        case Link(text=text, url=url):
            return _link(escaped(text), url)
        case When(at=at, style=style):
            return f"<t:{int(at.timestamp())}:{_STYLES[style]}>"


def _shortened(part: Inline, room: int) -> str:
    """The beginning of a part; a time is left out whole, an address kept whole."""
    match part:
        case str():
            return escaped(cut(part, room, escaped))
        case Strong(text=text):
            return _wrapped("**", escaped(cut(text, room - 4, escaped)))
        case Code(text=text):
            return _code(cut(text, room - 2, plain))
        case Link(text=text, url=url):
            around = len(_link("", url))
            if room - around < _SHORTEST:
                return escaped(cut(text, room, escaped))
            return _link(escaped(cut(text, room - around, escaped)), url)
        case When():
            return ""


def _wrapped(mark: str, text: str) -> str:
    """The text between marks, its outer spaces outside of them, where Discord wants them."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return text[:start] + mark + core + mark + text[start + len(core) :]


def _code(text: str) -> str:
    shown = plain(text).replace("`", _GRAVE)
    return f"`{shown}`" if shown.strip() else shown


def _link(text: str, url: str) -> str:
    safe = address(url)
    if safe is None:
        return text
    return f"[{text.strip() or 'link'}]({safe})"
