"""Why a fetch failed, in words: what failed, on which address, and what to do about it."""

import ssl
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.address import shown

# https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
_CERTIFICATE_PROBLEMS = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by nobody but itself",
    19: "is signed by an authority that this machine does not know",
    20: "is signed by an authority that this machine does not know",
    62: "belongs to another site",
    64: "belongs to another site",
}

_Said = tuple[FeedErrorKind, str]
_AGAIN = "This often passes; a feed that is read is tried again by itself"
_STATUSES: dict[int, _Said] = {
    401: (FeedErrorKind.BLOCKED, "it wants a password. Put user:password@ into its address"),
    402: (
        FeedErrorKind.BLOCKED,
        "it wants to be paid for. Remove it or give a subscriber's address",
    ),
    403: (
        FeedErrorKind.BLOCKED,
        "the site refuses us. Ask its owner to admit this bot's User-Agent",
    ),
    404: (FeedErrorKind.NOT_FOUND, "it is not there. Look for its new place with `feeds discover`"),
    410: (FeedErrorKind.GONE, "it is gone for good and is not asked again. Remove it"),
    429: (FeedErrorKind.THROTTLED, "it finds us too eager. We ask it less often from now on"),
    451: (FeedErrorKind.BLOCKED, "the site may not show it here for legal reasons"),
}
_OVERLOADED: _Said = (FeedErrorKind.THROTTLED, "the site asks us to come later, and we will")
_CHALLENGED: _Said = (
    FeedErrorKind.BLOCKED,
    "a bot check (Cloudflare) stands before it. Ask the site's owner to admit our User-Agent",
)
_BROKEN_SERVER: _Said = (FeedErrorKind.HTTP, f"the site is in trouble. {_AGAIN}")
_OTHER: _Said = (FeedErrorKind.HTTP, "that is no answer with a feed. Open the address in a browser")


# From the special to the general: many of these derive from one another.
_ERRORS: tuple[tuple[type[Exception], FeedErrorKind, str], ...] = (
    (
        aiohttp.ConnectionTimeoutError,
        FeedErrorKind.TIMEOUT,
        f"took no connection within {{connect:g}} s. {_AGAIN}",
    ),
    (TimeoutError, FeedErrorKind.TIMEOUT, f"was not done after {{total:g}} s. {_AGAIN}"),
    (
        aiohttp.ClientConnectorDNSError,
        FeedErrorKind.UNREACHABLE,
        "cannot be found: no address is known for {host}. Check its spelling",
    ),
    (UnicodeError, FeedErrorKind.REFUSED, "has no possible host name. Check its spelling"),
    (
        aiohttp.ClientSSLError,
        FeedErrorKind.UNREACHABLE,
        f"agreed with us on no encrypted connection. {_AGAIN}",
    ),
    (
        aiohttp.ServerDisconnectedError,
        FeedErrorKind.UNREACHABLE,
        f"hung up without an answer. {_AGAIN}",
    ),
    (
        aiohttp.ClientPayloadError,
        FeedErrorKind.UNREACHABLE,
        f"sent an answer that breaks off or is badly compressed. {_AGAIN}",
    ),
    (
        aiohttp.ClientResponseError,
        FeedErrorKind.HTTP,
        "answered in broken HTTP, or in another protocol. Check its port and scheme",
    ),
    (aiohttp.InvalidURL, FeedErrorKind.REFUSED, "is no address to ask. Check its spelling"),
)


def from_status(url: URL, status: int, *, challenged: bool, wait: float | None) -> FeedError:
    """The failure that an HTTP status stands for; `wait` is its Retry-After in seconds."""
    if challenged and status >= 400:
        kind, words = _CHALLENGED
    elif status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None:
        kind, words = _OVERLOADED
    elif status in _STATUSES:
        kind, words = _STATUSES[status]
    else:
        kind, words = _BROKEN_SERVER if status >= 500 else _OTHER
    return FeedError(kind, f"{shown(url)} answered {_named(status)}: {words}.", wait)


def from_error(url: URL, error: Exception, *, connect: float, total: float) -> FeedError:
    """The failure that an error of the HTTP client stands for; limits in seconds."""
    kind, words = _said(url, error, connect, total)
    return FeedError(kind, f"{shown(url)} {words}.")


def failure(kind: FeedErrorKind, url: URL, words: str, wait: float | None = None) -> FeedError:
    """A failure of this kind on this address, which is shown without its secrets."""
    return FeedError(kind, f"{shown(url)} {words}.", wait)


def _said(url: URL, error: Exception, connect: float, total: float) -> _Said:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return FeedErrorKind.CERTIFICATE, _certificate(url, error.certificate_error)
    for what, kind, words in _ERRORS:
        if isinstance(error, what):
            return kind, words.format(host=url.host, connect=connect, total=total)
    reason = getattr(error, "strerror", None) or type(error).__name__
    return FeedErrorKind.UNREACHABLE, f"cannot be reached ({reason}). {_AGAIN}"


def _certificate(url: URL, error: Exception) -> str:
    code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0
    problem = _CERTIFICATE_PROBLEMS.get(code, "cannot be trusted")
    return f"is not read: the certificate of {url.host} {problem}. Its owner must mend that"


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
