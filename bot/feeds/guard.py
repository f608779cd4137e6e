"""Which network addresses a feed may live at: the public ones, and those the operator names.

A feed's address is typed by strangers and redirected by servers, so it must never reach a service
inside the operator's own network. Names are judged by the addresses they resolve to, at the moment
of connecting; addresses written as such are judged before every hop.
"""

import socket
from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import FeedError, FeedErrorKind

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# `ipaddress.is_global` is true for multicast, for NAT64 and 6to4 forms of private addresses and for
# ::127.0.0.1, so the nets are listed here; `is_global` only catches what a newer registry adds.
_CLOSED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(net), why)
    for net, why in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's internal network"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "the local link, where clouds keep their credentials"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "a retired relay network"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::1/128", "this machine itself"),
        ("::/96", "an embedded IPv4 address"),
        ("64:ff9b::/96", "a translated IPv4 address"),
        ("64:ff9b:1::/48", "a translated IPv4 address"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "a tunnelled IPv4 address"),
        ("3fff::/20", "reserved for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("ff00::/8", "multicast"),
    )
)
_PUBLIC_IPV6 = IPv6Network("2000::/3")


def refused(address: Address, allow_nets: Sequence[Network] = ()) -> str | None:
    """Why nothing may be fetched from the address, in words; None when it may.

    An IPv4 address mapped into IPv6 is judged as the IPv4 address that it is.
    """
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in net for net in allow_nets):
        return None
    for net, why in _CLOSED:
        if address in net:
            return why
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return "not a public address"
    return None if address.is_global else "not a public address"


def check_hop(url: URL, allow_nets: Sequence[Network] = ()) -> None:
    """Refuse, with a FeedError, a URL that is not http(s) or is written with a closed address."""
    host = url.host
    if url.scheme not in {"http", "https"} or not host:
        raise FeedError(
            FeedErrorKind.REFUSED,
            f"“{url.scheme}:” is no address of a feed; feeds are read over http and https only.",
        )
    literal = literal_address(host)
    if literal is None:
        return
    why = refused(literal, allow_nets)
    if why is not None:
        raise _refusal(host, literal, why)
    if isinstance(literal, IPv4Address) and str(literal) != host:
        raise FeedError(
            FeedErrorKind.REFUSED, f"“{host}” is an odd way to write {literal}; write it so."
        )


def literal_address(host: str) -> Address | None:
    """The address that a host is when it is no name, also in the old forms `0x7f.1` and `127.1`."""
    host = host.rstrip(".")
    try:
        return ip_address(host)
    except ValueError:
        return _old_form(host)


def _old_form(host: str) -> IPv4Address | None:
    """As `inet_aton` reads: one to four numbers in any base, the last filling what is left."""
    parts = host.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers: list[int] = []
    for part in parts:
        digits = part.lower()
        base = 16 if digits.startswith("0x") else 8 if len(digits) > 1 and digits[0] == "0" else 10
        if not digits.isascii() or not digits.isalnum():
            return None
        try:
            numbers.append(int(digits, base) if digits != "0x" else 0)
        except ValueError:
            return None
    *high, last = numbers
    if any(number > 255 for number in high) or last >= 256 ** (5 - len(numbers)):
        return None
    value = sum(number << (24 - 8 * place) for place, number in enumerate(high)) + last
    return IPv4Address(value)


class VettingResolver(AbstractResolver):
    """Resolves names as another resolver does and passes on only addresses that may be used."""

    def __init__(self, inner: AbstractResolver, allow_nets: Sequence[Network]) -> None:
        self._inner, self._allow_nets = inner, allow_nets

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The open addresses of the name; a FeedError when it has closed ones only."""
        found = await self._inner.resolve(host, port, family)
        vetted = [(r, refused(ip_address(r["host"]), self._allow_nets)) for r in found]
        usable = [result for result, why in vetted if why is None]
        if found and not usable:
            result, why = vetted[0]
            raise _refusal(host, ip_address(result["host"]), why or "")
        return usable

    async def close(self) -> None:
        await self._inner.close()


def _refusal(host: str, address: Address, why: str) -> FeedError:
    where = str(address) if str(address) == host else f"{host} ({address})"
    return FeedError(
        FeedErrorKind.REFUSED,
        f"Feeds are not fetched from {where}: {why}. "
        "If it is meant, the operator can name its network in POLICYWIRE_ALLOW_NETS.",
    )
