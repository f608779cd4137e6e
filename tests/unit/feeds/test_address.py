"""Addresses as typed and as shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.feeds.address import read_address, shown


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        pytest.param("https://example.org/feed", "https://example.org/feed", id="as-is"),
        pytest.param("  HTTP://Example.ORG/Feed#top ", "http://example.org/Feed", id="case"),
        pytest.param("example.org", "https://example.org", id="bare"),
        pytest.param("example.org/feed?a=b", "https://example.org/feed?a=b", id="bare-path"),
        pytest.param("example.org:8080/feed", "https://example.org:8080/feed", id="bare-port"),
        pytest.param("127.0.0.1:8080", "https://127.0.0.1:8080", id="bare-number"),
        pytest.param("localhost:8080", "https://localhost:8080", id="localhost"),
        pytest.param("feed://example.org/rss", "http://example.org/rss", id="feed-scheme"),
        pytest.param("feed:https://example.org/", "https://example.org/", id="feed-before-https"),
        pytest.param("https://a.org/https://b.org/x", "https://a.org/https://b.org/x", id="nested"),
        pytest.param("https://u:p@example.org/", "https://u:p@example.org/", id="userinfo"),
        pytest.param("exämple.org", "https://xn--exmple-cua.org", id="international"),
    ],
)
def test_reads_what_people_type(typed: str, url: str) -> None:
    assert read_address(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "/etc/passwd",
        "../feeds.opml",
        "javascript:alert(1)",
        "javascript:1",
        "file:///etc/passwd",
        "ftp://example.org/feed",
        "data:text/xml,<rss/>",
        "mailto:editor@example.org",
        "editor@example.org",
        "not an address",
        "gibberish",
        "http://",
        "https:///path",
        "https://example.org:99999/",
        "https://[::1",
        "https://exam\nple.org/",
        "https://example.org/" + "a" * 3000,
        "\x00",
    ],
)
def test_refuses_what_is_no_address(typed: str) -> None:
    with pytest.raises(UsageError, match=r"https://example\.org/feed"):
        read_address(typed)


@given(st.text(max_size=60))
def test_never_fails_but_as_a_usage_error(typed: str) -> None:
    try:
        url = read_address(typed)
    except UsageError:
        return
    assert url.startswith(("http://", "https://"))
    assert read_address(url) == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://example.org/feed", "https://example.org/feed", id="plain"),
        pytest.param("https://u:p@example.org/f", "https://example.org/f", id="userinfo"),
        pytest.param("https://u@example.org/f", "https://example.org/f", id="user-alone"),
        pytest.param(
            "https://example.org/f?format=rss&key=s3cret",
            "https://example.org/f?format=rss&key=…",
            id="key",
        ),
        pytest.param(
            "https://example.org/f?x=0f9a8b7c6d5e4f3a2b1c0d9e",
            "https://example.org/f?x=…",
            id="long-random-value",
        ),
        pytest.param("https://example.org/f?raw", "https://example.org/f?raw", id="flag"),
        pytest.param("http://x:99999/", "an unreadable address", id="unreadable"),
    ],
)
def test_shows_no_secrets(url: str, expected: str) -> None:
    assert shown(url) == expected
