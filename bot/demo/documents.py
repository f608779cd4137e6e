"""What a feed of the sample wire serves at an instant: pure, bytes out."""

import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from bot.demo.wire import (
    Body,
    Broken,
    CreditStyle,
    Format,
    GuidStyle,
    Item,
    Revision,
    WireFeed,
)

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1 = "http://purl.org/rss/1.0/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PREFIXES = {"rdf": RDF, "content": CONTENT, "dc": DC}
_UNPREFIXED = {Format.ATOM: ATOM, Format.RDF: RSS1}
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed that has listed nothing yet last changed."""
_BLOCKS = ("<p", "<figure", "<blockquote", "<ul", "<ol", "<h")

_TYPES = {
    Format.RSS2: "application/rss+xml",
    Format.ATOM: "application/atom+xml",
    Format.RDF: "application/rdf+xml",
    Format.JSONFEED: "application/feed+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An item as it reads at the instant of the document."""

    item: Item
    now: Revision

    @property
    def revised(self) -> bool:
        return self.now is not self.item.revisions[0]


def listed(feed: WireFeed, items: Iterable[Item], at: datetime) -> list[Listed]:
    """What the feed lists at an instant: published already, newest first, no more than its cap."""
    readings = ((item, item.reads(at)) for item in items)
    out = [Listed(item=item, now=now) for item, now in readings if now is not None]
    out.sort(key=lambda entry: (entry.item.published, entry.item.id), reverse=True)
    return out[: feed.cap]


def last_change(items: Iterable[Item], at: datetime) -> datetime:
    """When the document last changed, as seen at an instant; in UTC."""
    past = (instant for item in items for instant in item.changes() if instant <= at)
    return max(past, default=FOUNDED).astimezone(UTC)


def content_type(feed: WireFeed) -> str:
    """The Content-Type header that goes with the feed's document."""
    if feed.broken is Broken.HTML:
        return "text/html; charset=utf-8"
    return f"{_TYPES[feed.format]}; charset={feed.encoding}"


def document(feed: WireFeed, items: Sequence[Item], at: datetime) -> bytes:
    """The feed's document at an instant; the same bytes until something in it changes."""
    if feed.broken:
        return _broken(feed)
    entries = listed(feed, items, at)
    if feed.format is Format.JSONFEED:
        return _json_feed(feed, entries)
    if feed.format is Format.ATOM:
        tree = _atom(feed, entries, last_change(items, at))
    elif feed.format is Format.RDF:
        tree = _rdf(feed, entries)
    else:
        tree = _rss2(feed, entries, last_change(items, at))
    for prefix, name in _PREFIXES.items():
        ET.register_namespace(prefix, name)
    if feed.format in _UNPREFIXED:
        ET.register_namespace("", _UNPREFIXED[feed.format])
    ET.indent(tree)
    xml: bytes = ET.tostring(tree, encoding=feed.encoding, xml_declaration=True)
    return xml


def _broken(feed: WireFeed) -> bytes:
    if feed.broken is Broken.HTML:
        return (
            "<!doctype html><html><head><title>Subscribe</title></head><body>"
            f"<h1>{html.escape(feed.outlet.name)}</h1><p>Our feeds have moved. Please log in.</p>"
            "</body></html>\n"
        ).encode()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{feed.title}</title>\n<description>News from the marsh & the"
    ).encode()


def _rss2(feed: WireFeed, entries: Sequence[Listed], changed: datetime) -> ET.Element:
    rss = ET.Element("rss", version="2.0")
    if feed.relative:
        rss.set(XML_BASE, feed.outlet.site + "/")
    channel = ET.SubElement(rss, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.outlet.site + "/")
    _add(channel, "description", f"News from {feed.outlet.name}")
    _add(channel, "language", "en-us")
    _add(channel, "lastBuildDate", format_datetime(changed))
    if feed.ttl:
        _add(channel, "ttl", str(feed.ttl))
    for entry in entries:
        node = ET.SubElement(channel, "item")
        item = entry.item
        _add(node, "title", entry.now.title)
        _add(node, "link", _link(feed, item))
        if feed.guid is not GuidStyle.NONE:
            guid = _add(node, "guid", _guid(feed, item))
            if not guid.text or not guid.text.startswith("http"):
                guid.set("isPermaLink", "false")
        if stated := _stated(feed, item):
            _add(node, "pubDate", stated)
        if byline := _byline(feed, item):
            _add(node, f"{{{DC}}}creator", byline)
        if item.credit and feed.credit is CreditStyle.SOURCE:
            _add(node, "source", item.credit.name).set("url", item.credit.site + "/")
        for category in item.categories:
            _add(node, "category", category)
        paragraphs = _paragraphs(feed, entry)
        if not paragraphs:
            continue
        if feed.body is Body.HTML:
            _add(node, "description", _html(paragraphs[:1]))
            _add(node, f"{{{CONTENT}}}encoded", _html(paragraphs))
        else:
            _add(node, "description", _text(paragraphs))
    return rss


def _atom(feed: WireFeed, entries: Sequence[Listed], changed: datetime) -> ET.Element:
    root = ET.Element(_in(ATOM, "feed"), {XML_LANG: "en"})
    _add(root, _in(ATOM, "id"), f"tag:{feed.outlet.host},2026:{feed.id}")
    _add(root, _in(ATOM, "title"), feed.title)
    _add(root, _in(ATOM, "updated"), changed.isoformat())
    ET.SubElement(root, _in(ATOM, "link"), rel="alternate", href=feed.outlet.site + "/")
    for entry in entries:
        item = entry.item
        node = ET.SubElement(root, _in(ATOM, "entry"))
        if item.language != "en":
            node.set(XML_LANG, item.language)
        _add(node, _in(ATOM, "id"), _guid(feed, item))
        _add(node, _in(ATOM, "title"), entry.now.title)
        ET.SubElement(node, _in(ATOM, "link"), rel="alternate", href=_link(feed, item))
        _add(node, _in(ATOM, "published"), item.published.isoformat())
        _add(node, _in(ATOM, "updated"), entry.now.at.isoformat())
        if byline := _byline(feed, item):
            _add(ET.SubElement(node, _in(ATOM, "author")), _in(ATOM, "name"), byline)
        for category in item.categories:
            ET.SubElement(node, _in(ATOM, "category"), term=category)
        paragraphs = _paragraphs(feed, entry)
        if feed.body is Body.HTML:
            _add(node, _in(ATOM, "content"), _html(paragraphs)).set("type", "html")
        else:
            _add(node, _in(ATOM, "summary"), _text(paragraphs)).set("type", "text")
    return root


def _rdf(feed: WireFeed, entries: Sequence[Listed]) -> ET.Element:
    root = ET.Element(_in(RDF, "RDF"))
    channel = ET.SubElement(root, _in(RSS1, "channel"), {_in(RDF, "about"): feed.outlet.site})
    _add(channel, _in(RSS1, "title"), feed.title)
    _add(channel, _in(RSS1, "link"), feed.outlet.site + "/")
    _add(channel, _in(RSS1, "description"), feed.outlet.name)
    order = ET.SubElement(ET.SubElement(channel, _in(RSS1, "items")), _in(RDF, "Seq"))
    for entry in entries:
        link = _link(feed, entry.item)
        ET.SubElement(order, _in(RDF, "li"), {_in(RDF, "resource"): link})
        node = ET.SubElement(root, _in(RSS1, "item"), {_in(RDF, "about"): link})
        _add(node, _in(RSS1, "title"), entry.now.title)
        _add(node, _in(RSS1, "link"), link)
        _add(node, _in(DC, "date"), entry.item.published.isoformat())
    return root


def _json_feed(feed: WireFeed, entries: Sequence[Listed]) -> bytes:
    rows: list[dict[str, Any]] = []
    for entry in entries:
        item = entry.item
        row: dict[str, Any] = {
            "id": _guid(feed, item),
            "url": _link(feed, item),
            "title": entry.now.title,
            "content_html": _html(_paragraphs(feed, entry)),
            "date_published": item.published.isoformat(),
        }
        if entry.revised:
            row["date_modified"] = entry.now.at.isoformat()
        if item.author:
            row["authors"] = [{"name": item.author}]
        rows.append(row)
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.outlet.site + "/",
        "language": "en-US",
        "items": rows,
    }
    return json.dumps(head, ensure_ascii=False, indent=1).encode()


def _paragraphs(feed: WireFeed, entry: Listed) -> tuple[str, ...]:
    """As much of the piece as this feed carries, with the credit line where it writes one."""
    if feed.body is Body.NONE:
        return ()
    paragraphs = entry.now.paragraphs
    if feed.body is Body.TEASER:
        return paragraphs[:1]
    if entry.item.credit and feed.credit is CreditStyle.LINE:
        return (*paragraphs, f"This article was provided by {entry.item.credit.name}.")
    return paragraphs


def _html(paragraphs: Iterable[str]) -> str:
    return "\n".join(p if p.startswith(_BLOCKS) else f"<p>{p}</p>" for p in paragraphs)


def _text(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(html.unescape(p) for p in paragraphs)


def _link(feed: WireFeed, item: Item) -> str:
    path = item.path + (f"?{feed.tracking}" if feed.tracking else "")
    return path if feed.relative else feed.outlet.site + path


def _guid(feed: WireFeed, item: Item) -> str:
    if item.guid:
        return item.guid
    if feed.guid is GuidStyle.PERMALINK:
        return feed.outlet.site + item.path
    # The item's id speaks of its event, which no document may give away.
    return f"tag:{feed.outlet.host},2026:{hashlib.sha256(item.id.encode()).hexdigest()[:12]}"


def _stated(feed: WireFeed, item: Item) -> str:
    if feed.undated:
        return ""
    return format_datetime(item.published) if item.dated is None else item.dated


def _byline(feed: WireFeed, item: Item) -> str:
    if item.credit and feed.credit is CreditStyle.BYLINE:
        return item.credit.name
    return item.author


def _in(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, tag)
    node.text = text
    return node
