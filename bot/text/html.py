"""HTML and other text of feeds to plain text: blocks apart, inline joined, nothing hidden left."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

MOST_HTML = 300_000
"""Characters of markup that are read of one body; the rest says nothing new."""
MOST_TEXT = 100_000
"""Characters of plain text that are kept of one body."""
MOST_NESTED = 1_000
"""Elements left open at once, about; HTML parsers take quadratic time on nested blocks."""

_BLOCKS = (
    "address,article,aside,blockquote,center,dd,details,div,dl,dt,fieldset,figcaption,figure,"
    "footer,form,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,summary,table,tr,ul"
)
_CELLS = "td,th"
_HIDDEN = ["script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head"]
_HIDDEN += ["select", "textarea", "button"]
# Stand-ins in the tree for breaks between blocks and lines; the input holds no control characters.
_BLOCK, _LINE = "\x1e", "\x1f"
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")
_BREAKS = re.compile(r"\s*\n\s*\n\s*|\s*\x1e[\s\x1e\x1f]*|[ \t\r\n]*\x1f\s*\x1f[\s\x1e\x1f]*")
# Characters that no reader sees: controls, zero-width, bidirectional overrides, tags. They hide
# words from people or from matching. Joiners (200C, 200D) stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def html_to_text(html: str) -> str:
    """The plain text of an HTML fragment; a blank line parts blocks, entities are undone once."""
    source = _visible(html[:MOST_HTML])
    if not _MARKUP.search(source):
        return _paragraphs(unescape(source) if "&" in source else source)
    if source.count("<") - 2 * source.count("</") > MOST_NESTED:
        return _paragraphs(_visible(unescape(_TAG.sub(_BLOCK, source))))
    tree = LexborHTMLParser(_flat(source))
    tree.strip_tags(_HIDDEN)
    for node in tree.css(_BLOCKS):
        node.insert_before(_BLOCK)
        node.insert_after(_BLOCK)
    for node in tree.css("br"):
        node.insert_after(_LINE)
    for node in tree.css(_CELLS):
        node.insert_after(" ")
    return _paragraphs(tree.root.text() if tree.root else "")


def plain_text(text: str) -> str:
    """Text that is no HTML, tidied: white space collapsed, blank lines kept as paragraph breaks."""
    return _paragraphs(_visible(text[:MOST_TEXT]))


def one_line(text: str) -> str:
    """A title or name as plain text on one line: no tags, entities undone even when doubled."""
    for _ in range(3):
        if not (_MARKUP.search(text) or _ENTITY.search(text)):
            break
        text = html_to_text(text)
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    """The text without characters that no reader sees; lone surrogates become U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


def _flat(source: str) -> str:
    """The source with its own line breaks as spaces, so that only markup makes paragraphs."""
    return source if "<pre" in source else source.replace("\n", " ").replace("\r", " ")


def _paragraphs(text: str) -> str:
    """Paragraphs parted by one blank line, white space within them collapsed."""
    if not (_BLOCK in text or _LINE in text or "\n" in text):
        return " ".join(_visible(text).split())[:MOST_TEXT]
    parts = (_visible(part.replace(_LINE, " ")) for part in _BREAKS.split(text))
    tidy = (" ".join(part.split()) for part in parts)
    return "\n\n".join(part for part in tidy if part)[:MOST_TEXT]
