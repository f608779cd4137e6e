"""Addresses of feeds as people type them, and as they may be shown to people."""

import re

from yarl import URL

from bot.errors import UsageError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?:localhost|[^\s/?#@:.]+(?:\.[^\s/?#@:.]+)+\.?|\[[0-9a-f:.]+\])(?::\d+)?$", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_MAX_LENGTH = 2000

# Names of query parameters whose values open a private feed.
_SECRET_NAME = re.compile(
    r"key|token|secret|auth|pass|pwd|sig|sess|cred|code|hash|jwt|uuid|sid$|^u?id$", re.IGNORECASE
)
_SECRET_VALUE = re.compile(r"(?=.*\d)(?=.*[a-z])[\w.~-]{20,}$", re.IGNORECASE)
_HIDDEN = "…"


def read_address(typed: str) -> str:
    """The http(s) URL that was typed, without fragment; a bare `example.org/feed` gets https.

    Raises UsageError for what is no web address: a path, another scheme, gibberish.
    """
    text = typed.strip()
    shown = text if len(text) <= 80 else text[:79] + _HIDDEN
    text = _without_feed_scheme(text)
    if not text or _CONTROL.search(text) or len(text) > _MAX_LENGTH:
        raise _no_address(shown)
    scheme = _SCHEME.match(text)
    if scheme is None:
        if not _BARE_HOST.match(re.split(r"[/?#]", text, maxsplit=1)[0]):
            raise _no_address(shown)
        text = f"https://{text}"
    elif scheme[1].lower() not in {"http", "https"}:
        raise UsageError(
            f"“{shown}” cannot be read: feeds are read over http and https only. "
            "Give an address such as https://example.org/feed."
        )
    try:
        url = URL(text).with_fragment(None)
    except ValueError:
        raise _no_address(shown) from None
    if not url.host:
        raise _no_address(shown)
    return str(url)


def shown(url: str | URL) -> str:
    """The URL as it may be shown and logged: no userinfo, no secrets in its query."""
    try:
        parsed = URL(url) if isinstance(url, str) else url
        bare = parsed.with_user(None) if parsed.user or parsed.password else parsed
    except ValueError:
        return "an unreadable address"
    if not bare.raw_query_string:
        return str(bare)
    pairs = [
        f"{name}={_HIDDEN if _is_secret(name, value) else value}" if value else name
        for name, value in parsed.query.items()
    ]
    return f"{bare.with_query(None)}?{'&'.join(pairs)}"


def holds_secret(url: str) -> bool:
    """Whether a password or key stands in the URL, so that it must not be shown or exported."""
    try:
        parsed = URL(url)
    except ValueError:
        return True
    pairs = parsed.query.items()
    return bool(parsed.user or parsed.password or any(_is_secret(*pair) for pair in pairs))


def _without_feed_scheme(text: str) -> str:
    """Old sites link their feeds as `feed://example.org/rss` or `feed:https://example.org/rss`."""
    if not text.lower().startswith("feed:"):
        return text
    rest = text[len("feed:") :].removeprefix("//")
    return rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"


def _is_secret(name: str, value: str) -> bool:
    return bool(_SECRET_NAME.search(name) or _SECRET_VALUE.match(value))


def _no_address(typed: str) -> UsageError:
    return UsageError(
        f"“{typed}” is no web address. Give the address of a site or a feed, "
        "such as example.org or https://example.org/feed."
    )
