"""URLs: made absolute, reduced to the canonical form that identifies an article, and its outlet."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urljoin

from publicsuffixlist import PublicSuffixList
from yarl import URL

MOST_CHARACTERS = 4_096
"""A longer address is junk or an attack; browsers and chat platforms stop far below."""

# Query parameters that say how a reader came, never what is read: prefixes, then names by origin.
TRACKING_PREFIXES = ("utm_", "mtm_", "itm_")
TRACKING = {
    "campaigns": (
        "campaign_id",
        "campaign_medium",
        "campaign_name",
        "campaign_source",
        "campaign_term",
        "campaign_content",
    ),
    "Facebook": ("fbclid", "fb_action_ids", "fb_ref", "fb_source"),
    "OpenStat": ("_openstat",),
    "Google": ("gclid", "dclid", "gbraid", "wbraid", "gclsrc", "srsltid"),
    "Yandex": ("yclid", "ysclid"),
    "Twitter": ("twclid",),
    "Microsoft": ("msclkid",),
    "Mailchimp": ("mc_cid", "mc_eid"),
    "Marketo": ("mkt_tok",),
    "HubSpot": ("_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsa_cam"),
    "Vero": ("vero_id",),
    "Omeda": ("oly_anon_id", "oly_enc_id"),
    "other newsletters and suites": ("rb_clickid", "sc_cid", "_bhlid", "wickedid"),
}
TRACKING_NAMES = frozenset(name for names in TRACKING.values() for name in names)
# Pages that only lead on; the parameter holds the article's own address.
REDIRECTORS = {
    ("www.google.com", "/url"): ("url", "q"),
    ("www.bing.com", "/news/apiclick.aspx"): ("url",),
}
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)
_BREAKS = re.compile(r"[\t\r\n]")


def absolute(link: str, *bases: str) -> str | None:
    """The link as an http(s) address, resolved against the first base that makes it one."""
    link = _BREAKS.sub("", link.strip())
    if not link or len(link) > MOST_CHARACTERS:
        return None
    if link.lower().startswith(("http://", "https://")):
        return link if _parsed(link) else None
    for base in bases:
        try:
            joined = urljoin(base, link)
        except ValueError:
            continue
        if _parsed(joined):
            return joined
    return None


def canonical(url: str, *, hosts: Iterable[str] = ()) -> str | None:
    """The one form of an article's address; None where it is not a usable http(s) address.

    `hosts` are the feed's and its site's: a `ref` parameter that names one of them is dropped.
    """
    parsed = _parsed(led_to(url))
    if parsed is None:
        return None
    own = {bare(host) for host in hosts}
    kept = [part for part in _parts(parsed.raw_query_string) if not _tracks(part, own)]
    host, port = (parsed.raw_host or "").rstrip("."), parsed.explicit_port
    place = f"[{host}]" if ":" in host else host
    if port is not None and not parsed.is_default_port():
        place += f":{port}"
    base = f"{parsed.scheme}://{place}{parsed.raw_path}"
    return f"{base}?{'&'.join(kept)}" if kept else base


def shared_link(url: str, *, hosts: Iterable[str] = ()) -> str:
    """The address as people should be given it: what follows readers is gone, the rest as it is.

    Unlike `canonical` it keeps the fragment, which some sites need.
    """
    address, mark, fragment = led_to(url).partition("#")
    path, question, query = address.partition("?")
    if question:
        own = {bare(host) for host in hosts}
        kept = "&".join(part for part in _parts(query) if not _tracks(part, own))
        address = f"{path}?{kept}" if kept else path
    return address + mark + fragment


def host_of(url: str) -> str:
    """The host of an address, lower case; empty where there is none."""
    parsed = _parsed(url)
    return (parsed.raw_host or "").rstrip(".") if parsed else ""


def bare(host: str) -> str:
    """The host without a leading `www.`."""
    return host.lower().rstrip(".").removeprefix("www.")


def outlet_of(url: str) -> str:
    """The registrable domain of an address, `npr.org`; its host where it has none, or empty."""
    host = host_of(url)
    if not host or ":" in host or host.replace(".", "").isdigit():
        return host
    return str(_suffixes().privatesuffix(host) or host)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _parsed(url: str) -> URL | None:
    try:
        parsed = URL(url)
        host = parsed.raw_host
    except (ValueError, TypeError):
        return None
    if parsed.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return None
    return parsed


def led_to(url: str) -> str:
    """The address behind a known redirecting page, else the address itself."""
    url = _BREAKS.sub("", url.strip())
    if len(url) > MOST_CHARACTERS:
        return ""
    parsed = _parsed(url)
    if parsed is None:
        return url
    host, path = parsed.raw_host or "", parsed.raw_path
    if host == "www.google.com" and path.startswith("/amp/s/"):
        return "https://" + unquote(path.removeprefix("/amp/s/"))
    names = REDIRECTORS.get((host, path))
    if not names:
        return url
    values = dict(parse_qsl(parsed.raw_query_string))
    return next((values[name] for name in names if absolute(values.get(name, ""))), url)


def _parts(query: str) -> Iterator[str]:
    return (part for part in query.split("&") if part)


def _tracks(part: str, own_hosts: set[str]) -> bool:
    name, _, value = part.partition("=")
    name = name.lower()
    if name == "ref":
        return bare(unquote(value)) in own_hosts
    return name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)
