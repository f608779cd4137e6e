"""Lists of feeds in OPML, both ways, with what policywire adds to them.

Read by the XML parser's events, so that every problem has its line and no nesting is too deep.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

from bot.errors import ConfigError, UsageError
from bot.feeds.address import read_address
from bot.model import Tier

_MAX_FOLDERS = 8
# What XML 1.0 cannot say at all; a title from a feed may hold it.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """One feed of a list; `folder` is the path of the outlines around it, as in `Courts/State`."""

    url: str
    title: str
    outlet: str
    tier: Tier = Tier.OTHER
    folder: str = ""
    site: str = ""
    language: str | None = None
    enabled: bool = True
    """False in a list that is merged over another and removes this feed from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlList:
    """The feeds of a list in its order, each once, and what was wrong with the others."""

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[ConfigError, ...]


def read_opml(data: bytes, source: Path | str) -> OpmlList:
    """The feeds that an OPML document names; `source` is its name in error messages.

    Raises ConfigError with its line when it is no well-formed OPML; a single feed that cannot be
    used becomes a problem and the rest is read.
    """
    reader = _Reader(source)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.open(
        name, attributes, parser.CurrentLineNumber
    )
    parser.EndElementHandler = reader.close
    parser.EntityDeclHandler = lambda *_: reader.refuse_entities(parser.CurrentLineNumber)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise ConfigError(source, f"not well-formed XML: {reason}", error.lineno) from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise ConfigError(source, f"not readable as XML: {error}") from None
    return OpmlList(feeds=tuple(reader.feeds.values()), problems=tuple(reader.problems))


def write_opml(feeds: Iterable[OpmlFeed], title: str = "policywire feeds") -> bytes:
    """The feeds as an OPML 2.0 document, in folders, the same bytes for the same feeds."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = _sayable(title)
    body = ET.SubElement(root, "body")
    folders: dict[tuple[str, ...], ET.Element] = {}
    for feed in feeds:
        parent = body
        names = _path(feed.folder)
        for depth, name in enumerate(names, start=1):
            path = tuple(names[:depth])
            if path not in folders:
                folders[path] = ET.SubElement(
                    parent, "outline", text=_sayable(name), title=_sayable(name)
                )
            parent = folders[path]
        ET.SubElement(parent, "outline", _attributes(feed))
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n%b\n' % ET.tostring(root)


class _Reader:
    """What has been read of a document so far."""

    def __init__(self, source: Path | str) -> None:
        self.feeds: dict[str, OpmlFeed] = {}
        self.problems: list[ConfigError] = []
        self._source = source
        self._started = False
        self._folders: list[str] = []

    def open(self, element: str, attributes: dict[str, str], line: int) -> None:
        if not self._started and element.lower() != "opml":
            problem = f"this is <{element}>, not OPML; give a list of feeds, not a feed or a page"
            raise ConfigError(self._source, problem, line)
        self._started = True
        if element.lower() != "outline":
            return
        said = {name.lower(): value.strip() for name, value in attributes.items()}
        name = said.get("title") or said.get("text") or ""
        self._folders.append("" if said.get("xmlurl") else name)
        if not said.get("xmlurl"):
            return
        try:
            feed = _feed(said, "/".join([f for f in self._folders if f][:_MAX_FOLDERS]))
        except UsageError as error:
            self.problems.append(ConfigError(self._source, str(error), line))
        else:
            self.feeds.setdefault(feed.url, feed)

    def close(self, element: str) -> None:
        if element.lower() == "outline":
            self._folders.pop()

    def refuse_entities(self, line: int) -> None:
        problem = "it declares entities, which may blow it up without end; remove its DOCTYPE"
        raise ConfigError(self._source, problem, line)


def _feed(said: dict[str, str], folder: str) -> OpmlFeed:
    url = read_address(said["xmlurl"])
    title = said.get("title") or said.get("text") or url
    tier = said.get("policywiretier") or str(Tier.OTHER.value)
    if tier not in {"1", "2", "3"}:
        raise UsageError(f"policywireTier is “{tier}”; it is 1 (primary), 2 (wire) or 3 (others)")
    enabled = said.get("policywireenabled", "true").lower()
    if enabled not in {"true", "false"}:
        raise UsageError(f"policywireEnabled is “{enabled}”; it is “true” or “false”")
    return OpmlFeed(
        url=url,
        title=title,
        outlet=said.get("policywireoutlet") or title,
        tier=Tier(int(tier)),
        folder=folder,
        site=said.get("htmlurl", ""),
        language=said.get("language") or None,
        enabled=enabled == "true",
    )


def _attributes(feed: OpmlFeed) -> dict[str, str]:
    attributes = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": feed.url,
        "htmlUrl": feed.site,
        "language": feed.language or "",
        "policywireOutlet": feed.outlet,
        "policywireTier": str(feed.tier.value),
        "policywireEnabled": "" if feed.enabled else "false",
    }
    return {name: _sayable(value) for name, value in attributes.items() if value}


def _path(folder: str) -> list[str]:
    return [name for name in folder.split("/") if name][:_MAX_FOLDERS]


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("", text)
