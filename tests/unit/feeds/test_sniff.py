"""Telling a feed from a page by its first element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.discover import FoundKind, looks_like_feed


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        pytest.param(b"<rss version='2.0'><channel/></rss>", "", FoundKind.RSS, id="rss"),
        pytest.param(b"<?xml version='1.0'?>\n<rss/>", "text/html", FoundKind.RSS, id="as-html"),
        pytest.param(b"\xef\xbb\xbf\n <rss/>", "", FoundKind.RSS, id="byte-order-mark"),
        pytest.param("\ufeff<rss/>".encode("utf-16-le"), "", FoundKind.RSS, id="utf-16"),
        pytest.param(b"<!-- <html> --><rss/>", "", FoundKind.RSS, id="comment-first"),
        pytest.param(b"<?xml-stylesheet href='a'?><rss/>", "", FoundKind.RSS, id="stylesheet"),
        pytest.param(b"<!DOCTYPE rss [<!ELEMENT a ANY>]><rss/>", "", FoundKind.RSS, id="doctype"),
        pytest.param(b"<rdf:RDF><channel/></rdf:RDF>", "", FoundKind.RSS, id="rdf"),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "", FoundKind.ATOM, id="atom"),
        pytest.param(b"<a:feed xmlns:a='x'/>", "", FoundKind.ATOM, id="prefixed-atom"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1.1"}', "", FoundKind.JSON, id="json"
        ),
        pytest.param(b' {"items": []}', "application/feed+json", FoundKind.JSON, id="json-type"),
        pytest.param(b'{"items": []}', "application/json", None, id="other-json"),
        pytest.param(b"<!doctype html><title>rss</title>", "", None, id="page"),
        pytest.param(b"<html><body><rss/></body></html>", "text/xml", None, id="rss-in-a-page"),
        pytest.param(b"<svg/>", "application/rss+xml", None, id="wrong-type"),
        pytest.param(b"/etc/passwd", "", None, id="text"),
        pytest.param(b"", "", None, id="empty"),
        pytest.param(b"<!-- " + b"x" * 50_000, "", None, id="endless-comment"),
    ],
)
def test_looks_like_feed(body: bytes, content_type: str, kind: FoundKind | None) -> None:
    assert looks_like_feed(body, content_type) == kind


@given(st.binary(), st.text())
def test_never_raises(body: bytes, content_type: str) -> None:
    looks_like_feed(body, content_type)
