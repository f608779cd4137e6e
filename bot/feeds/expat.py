"""The SAX driver that feedparser reads with: whole text nodes at once, and bounded shapes.

What is not well-formed feedparser reads again in a loose way that takes up to 10 microseconds a
byte: minutes for the largest body. So a large document that is not well-formed is given back to be
cut first.

feedparser takes drivers by module name from its own list `PREFERRED_XML_PARSERS` and calls
`create_parser`. Plain expat hands over text line by line, which costs feedparser a third of its
time. feedparser itself takes quadratic time on nesting, on attributes of one element, on categories
of one item and on words without end in an author: shapes that no feed has are refused or cut here.
"""

import io
import re
from collections.abc import Mapping
from pyexpat import XMLParserType
from typing import Any
from xml.sax import SAXParseException
from xml.sax.expatreader import ExpatParser

MOST_NESTED = 400
"""Open elements at once; XHTML bodies of real feeds stay under a hundred."""
MOST_ATTRIBUTES = 256
MOST_CATEGORIES = 2_000
"""Categories of one item."""
MOST_LOOSE = 512 * 1024
"""Bytes of a document that is not well-formed, which is read in the slow way."""
_BUFFER = 1 << 16
_ITEMS = frozenset({"item", "entry"})
_CATEGORIES = frozenset({"category", "keywords", "subject"})
_PERSONS = frozenset(
    {"author", "creator", "managingeditor", "publisher", "webmaster", "owner", "contributor"}
)
_ENDLESS = re.compile(r"([\w.+-]{80})[\w.+-]+")


class UnlikeAnyFeed(Exception):
    """The document has a shape that no feed has; the message says which."""


class TooLongToMend(Exception):
    """The document is not well-formed and longer than `MOST_LOOSE`."""


class BufferedParser(ExpatParser):
    """expat that joins neighbouring text and refuses absurd shapes."""

    _depth = 0
    _in_person = 0
    _categories = 0

    def reset(self) -> None:
        """Begin a new document."""
        super().reset()
        self._depth = self._in_person = self._categories = 0
        expat: XMLParserType = vars(self)["_parser"]
        expat.buffer_text = True
        expat.buffer_size = _BUFFER

    def parse(self, source: Any) -> None:  # noqa: ANN401 (feedparser gives an open stream)
        """Parse it all; TooLongToMend where the slow way would have to read too much."""
        stream = source.getByteStream()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        try:
            super().parse(source)
        except SAXParseException as error:
            if size > MOST_LOOSE:
                raise TooLongToMend from error
            raise

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Count the element in and pass it on."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise UnlikeAnyFeed(f"it nests more than {MOST_NESTED} elements")
        if len(attrs) > MOST_ATTRIBUTES:
            raise UnlikeAnyFeed(f"an element has more than {MOST_ATTRIBUTES} attributes")
        local = _local(name)
        self._in_person += local in _PERSONS
        if local in _CATEGORIES:
            self._categories += 1
            if self._categories > MOST_CATEGORIES:
                raise UnlikeAnyFeed(f"an item has more than {MOST_CATEGORIES} categories")
        elif local in _ITEMS:
            self._categories = 0
        super().start_element_ns(name, attrs)

    def end_element_ns(self, name: str) -> None:
        """Count the element out and pass it on."""
        self._depth -= 1
        self._in_person -= _local(name) in _PERSONS
        super().end_element_ns(name)

    def character_data(self, data: str) -> None:
        """Pass text on; words without end in a person's name are cut."""
        super().character_data(_ENDLESS.sub(r"\1", data) if self._in_person else data)


def create_parser() -> BufferedParser:
    """The name by which `xml.sax.make_parser` asks a driver module for its parser."""
    return BufferedParser()


def _local(name: str) -> str:
    """The element's own name, without the namespace that expat puts before it."""
    return name.rpartition(" ")[2].lower()
