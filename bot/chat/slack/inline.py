"""Inline parts of a Message → elements of Slack's rich text, and the plain words of `text`.

A text element of rich text is shown as it stands: what a feed wrote can neither mention, nor
format, nor lead anywhere. `text` is mrkdwn to Slack, so its three special characters are escaped.
"""

import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from bot.chat.cutting import cut
from bot.chat.slack import COMMAND
from bot.message import Code, Inline, Link, Strong, TimeStyle, When

Element = dict[str, Any]

LONGEST_URL = 2_900
"""Slack takes 3,000 characters in a button or picture (CONTRACTS.md, section 2); a margin."""
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_IN_URL = re.compile(r"[\s<>|\"\\^`{}\x00-\x1f\x7f-\x9f]")
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")
_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
_FORMATS = {
    TimeStyle.TIME: "{time}",
    TimeStyle.DATE: "{date_short_pretty}",
    TimeStyle.DATE_TIME: "{date_short_pretty} {time}",
    TimeStyle.RELATIVE: "{ago}",
}


def safe(text: str) -> str:
    """The text without control characters, marks that turn its direction, or halves of pairs."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def units(text: str) -> int:
    """Its length in UTF-16 code units, the widest that Slack may count in."""
    return len(text) + len(_ASTRAL.findall(text))


def fit(text: str, room: int) -> str:
    """The text, safe, cut to this many UTF-16 code units at a sentence or word."""
    return cut(safe(text), room, lambda part: _ASTRAL.sub("xx", part))


def escaped(text: str) -> str:
    """Text for Slack's mrkdwn, where only these three characters need it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def web(url: str) -> str | None:
    """The address where Slack takes it as one, else None."""
    if units(url) > LONGEST_URL or _NOT_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def elements(line: Sequence[Inline], room: int, *, bold: bool = False) -> list[Element]:
    """The line as elements of rich text, together at most `room` characters long."""
    made: list[Element] = []
    left = room
    for part in line:
        element = _element(part, left)
        if element is None:
            continue
        length = units(words([element]))
        if length > left:
            break
        left -= length
        if bold and element["type"] != "date":
            element["style"] = {**element.get("style", {}), "bold": True}
        made.append(element)
    return made


def words(made: Sequence[Element]) -> str:
    """What the elements say, for who does not see them."""
    return "".join(str(one.get("text") or one.get("fallback") or "") for one in made)


def weight(made: Sequence[Element]) -> int:
    """The characters of all their values, in UTF-16 code units."""
    values = [value for one in made for value in one.values()]
    return sum(units(str(value)) for value in values)


def date(when: When) -> Element:
    """An instant as Slack shows it in the reader's own zone."""
    return {
        "type": "date",
        "timestamp": int(when.at.timestamp()),
        "format": _FORMATS[when.style],
        "fallback": moment(when),
    }


def token(when: When) -> str:
    """The same instant for a text object in mrkdwn."""
    return f"<!date^{int(when.at.timestamp())}^{_FORMATS[when.style]}|{moment(when)}>"


def moment(when: When) -> str:
    """The instant in words, in UTC."""
    at = when.at.astimezone(UTC)
    if when.style is TimeStyle.DATE:
        return f"{at.day} {at:%b %Y}"
    if when.style is TimeStyle.TIME:
        return f"{at:%H:%M} UTC"
    return f"{at.day} {at:%b %Y} {at:%H:%M} UTC"


def mention(role: str) -> Element:
    """The one group or member that a message may ping; a name that is no id pings nobody."""
    if _GROUP.fullmatch(role):
        return {"type": "usergroup", "usergroup_id": role}
    if _MEMBER.fullmatch(role):
        return {"type": "user", "user_id": role}
    return {"type": "text", "text": "@" + (fit(role, 80) or "?")}


def mention_token(role: str) -> str:
    """The same for `text`."""
    if _GROUP.fullmatch(role):
        return f"<!subteam^{role}>"
    return f"<@{role}>" if _MEMBER.fullmatch(role) else escaped("@" + fit(role, 80))


def typed(text: str) -> str:
    """A command as it is typed in Slack: `/latest` is `/policywire latest` there."""
    return f"{COMMAND} {text[1:]}" if text.startswith("/") and text[1:2].isalpha() else text


def _element(part: Inline, room: int) -> Element | None:
    match part:
        case When():
            return date(part)
        case Strong(text=text):
            return _text(text, room, bold=True)
        case Code(text=text):
            return _text(typed(text), room, code=True)
        case Link(text=text, url=url):
            shown, address = fit(text, room), web(url)
            if not shown or address is None:
                return _text(text, room)
            return {"type": "link", "url": address, "text": shown}
        case str():
            return _text(part, room)


def _text(text: str, room: int, **style: bool) -> Element | None:
    shown = fit(text, room)
    if not shown:
        return None
    return {"type": "text", "text": shown, **({"style": style} if style else {})}
