"""Other addresses of one page: what a person copies from a phone, a cache or a chat message.

Identity takes none of this into account (two addresses may well be two articles); it serves only to
find what a person means by an address that no feed has listed as it stands.
"""

import re
from itertools import product
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.feeds.canonical import canonical

_IN_CHAT = re.compile(r"<(?P<angled>[^|<>\s]+)(?:\|[^<>]*)?>|\[[^\]]*\]\((?P<linked>[^()\s]+)\)")
_AROUND = " \t\r\n\"'“”‘’«»<>,;"
_CACHES = (
    re.compile(r"https?://[\w-]+\.cdn\.ampproject\.org/[cv]/(?P<secure>s/)?(?P<rest>.+)"),
    re.compile(r"https?://www\.google\.[a-z.]+/amp/(?P<secure>s/)?(?P<rest>.+)"),
    re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?P<whole>https?://.+)"),
)
_MOBILE = re.compile(r"^(?:m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_PATHS = (
    (re.compile(r"^/amp(?=/)"), ""),
    (re.compile(r"/amp/?$"), ""),
    (re.compile(r"\.amp(?=\.html?$|$)"), ""),
)
_AMP_QUERY = re.compile(r"^(?:amp(?:=.*)?|output(?:type)?=amp|m=1)$", re.IGNORECASE)
_LEADS_ON = frozenset(
    {
        "amzn.to", "apple.news", "archive.is", "archive.ph", "archive.today", "bit.ly", "buff.ly",
        "dlvr.it", "fb.me", "flip.it", "goo.gl", "ift.tt", "is.gd", "lnkd.in", "news.google.com",
        "ow.ly", "rb.gy", "reut.rs", "shorturl.at", "smartnews.com", "t.co", "tinyurl.com",
        "trib.al", "youtu.be",
    }
)  # fmt: skip
"""Hosts whose addresses say nothing of the article that they lead to."""


def pasted_address(typed: str) -> str:
    """The address in what was pasted: without the marks of a chat message, quotes or brackets."""
    found = _IN_CHAT.search(typed)
    address = found["angled"] or found["linked"] if found else typed
    return address.strip(_AROUND)


def leads_on(url: str) -> bool:
    """Whether the address is a shortener's or a collector's, whose target only the web knows."""
    return (urlsplit(url).hostname or "").removeprefix("www.") in _LEADS_ON


def variants(url: str) -> tuple[str, ...]:
    """The canonical forms under which feeds may list the page, that of `url` itself first."""
    original = _out_of_cache(url)
    parts = urlsplit(original)
    hosts = _each(parts.netloc, _MOBILE.sub("", parts.netloc))
    plain = parts.path
    for pattern, without in _AMP_PATHS:
        plain = pattern.sub(without, plain)
    paths = _each(parts.path, plain, _other_slash(plain))
    kept = "&".join(part for part in parts.query.split("&") if not _AMP_QUERY.match(part))
    queries = _each(parts.query, kept, "")
    found = (
        canonical(urlunsplit((parts.scheme, host, path, query, "")))
        for query, path, host in product(queries, paths, hosts)
    )
    return tuple(dict.fromkeys(form for form in (canonical(url), *found) if form is not None))


def _out_of_cache(url: str) -> str:
    for pattern in _CACHES:
        if found := pattern.fullmatch(url):
            named = found.groupdict()
            if whole := named.get("whole"):
                return whole
            return f"http{'s' if named['secure'] else ''}://{unquote(named['rest'])}"
    return url


def _other_slash(path: str) -> str:
    return path.rstrip("/") if path.endswith("/") else f"{path}/"


def _each(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
