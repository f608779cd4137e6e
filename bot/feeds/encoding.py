"""What a feed's bytes are written in, and small repairs that spare feedparser its slow way."""

import re

_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Codecs of Python that are no encodings of documents, or take quadratic time.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
_ILLEGAL = bytes(set(range(32)) - {9, 10, 13})
_BEGINS = re.compile(rb"<\?xml|<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]", re.IGNORECASE)
_JUNK = 4_096
_BOMS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
"""How a document in 16 or 32 bits begins, by a mark or by its first `<`; longer marks first."""
# feedparser's expressions take quadratic time on words without end; no address is as long.
_ENDLESS = re.compile(rb"([A-Za-z0-9_.+-]{1000})[A-Za-z0-9_.+-]+")


def sound(body: bytes, content_type: str | None) -> tuple[bytes, str]:
    """The body, repaired where that is safe, and the content type under which to read it.

    Servers state charsets that documents do not keep, so that bytes which are UTF-8 count as it;
    white space and warnings before the document and characters that XML forbids are dropped.
    """
    body = _from_its_beginning(_narrow(body).removeprefix(b"\xef\xbb\xbf"))
    charset = _charset(content_type)
    # Pure ASCII may be ISO-2022-JP or UTF-7: there, the declaration decides.
    if not body.isascii() and _is_utf8(body):
        charset = "utf-8"
    elif charset is None and (declared := _DECLARED.match(body)):
        name = declared[1].decode("ascii").lower()
        charset = "utf-8" if name.replace("-", "_") in _NO_CHARSETS else None
    if charset is None or not charset.lower().startswith(("iso-2022", "utf-16", "utf-32")):
        body = _without_illegal(body)
    return _ENDLESS.sub(rb"\1", body), _typed(charset)


def _typed(charset: str | None) -> str:
    # As application/xml the stated charset, the declaration, then UTF-8 are tried in this order;
    # text/xml would make it US-ASCII, as nobody has meant it for twenty years.
    return f"application/xml; charset={charset}" if charset else "application/xml"


def _charset(content_type: str | None) -> str | None:
    stated = _CHARSET.search(content_type or "")
    if not stated or stated[1].lower().replace("-", "_") in _NO_CHARSETS:
        return None
    return stated[1].lower()


def _narrow(body: bytes) -> bytes:
    """The body as UTF-8 where it is in 16 or 32 bits, without the declaration that says so."""
    name = next((name for mark, name in _BOMS.items() if body.startswith(mark)), None)
    if name is None:
        return body
    text = body.decode(name, "replace").removeprefix("\ufeff")
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _from_its_beginning(body: bytes) -> bytes:
    body = body.lstrip(b" \t\r\n")
    if _BEGINS.match(body):
        return body
    begins = _BEGINS.search(body, 0, _JUNK)
    # In front of a document stand comments and processing instructions by right.
    if begins and not body.startswith((b"<!", b"<?")):
        return body[begins.start() :]
    return body


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_illegal(body: bytes) -> bytes:
    # Escape begins ISO-2022's shifts; a document that declares it must keep them.
    if b"\x1b" in body and re.match(rb"<\?xml[^>]{0,200}iso-2022", body, re.IGNORECASE):
        return body
    return body.translate(None, _ILLEGAL)
