"""Which addresses may be fetched from (CONTRACTS, SSRF)."""

import socket
from ipaddress import ip_address, ip_network

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.guard import VettingResolver, check_hop, literal_address, refused

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_closed_addresses_are_refused(address: str) -> None:
    assert refused(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.255.255",
        "223.255.255.254",
        "::ffff:8.8.8.8",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
    ],
)
def test_public_addresses_are_open(address: str) -> None:
    assert refused(ip_address(address)) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1"])
def test_a_named_network_is_open(address: str) -> None:
    assert refused(ip_address(address), LOOPBACK) is None


@pytest.mark.parametrize("address", ["10.0.0.1", "::1", "64:ff9b::7f00:1"])
def test_a_named_network_opens_nothing_else(address: str) -> None:
    assert refused(ip_address(address), LOOPBACK)


@given(st.ip_addresses())
def test_what_ipaddress_holds_for_private_is_never_open(address: object) -> None:
    judged = ip_address(str(address))
    if judged.is_private or judged.is_multicast or judged.is_loopback or judged.is_link_local:
        assert refused(judged)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        pytest.param("127.0.0.1", "127.0.0.1", id="plain"),
        pytest.param("127.0.0.1.", "127.0.0.1", id="trailing-dot"),
        pytest.param("::1", "::1", id="ipv6"),
        pytest.param("127.1", "127.0.0.1", id="two-parts"),
        pytest.param("10.1.2", "10.1.0.2", id="three-parts"),
        pytest.param("0x7f.1", "127.0.0.1", id="hexadecimal-part"),
        pytest.param("0177.0.0.1", "127.0.0.1", id="octal-part"),
        pytest.param("2130706433", "127.0.0.1", id="one-number"),
        pytest.param("0x7f000001", "127.0.0.1", id="one-hexadecimal"),
        pytest.param("017700000001", "127.0.0.1", id="one-octal"),
        pytest.param("0", "0.0.0.0", id="zero"),
        pytest.param("0x", "0.0.0.0", id="empty-hexadecimal"),
        pytest.param("example.org", None, id="name"),
        pytest.param("1.2.3.4.5", None, id="five-parts"),
        pytest.param("256.1.1.1", None, id="too-large-part"),
        pytest.param("4294967296", None, id="too-large-number"),
        pytest.param("1_0.1", None, id="python-digits"),
        pytest.param("08.1", None, id="no-octal"),
        pytest.param("127.-1", None, id="negative"),
        pytest.param("", None, id="empty"),
    ],
)
def test_literal_addresses_are_seen_through(host: str, address: str | None) -> None:
    found = literal_address(host)
    assert (str(found) if found else None) == address


@given(st.text(alphabet="0123456789abcdefx.:", max_size=20))
def test_what_the_system_reads_as_an_address_is_one_to_us(host: str) -> None:
    try:
        packed = socket.inet_aton(host)
    except OSError:
        return
    assert literal_address(host) == ip_address(packed)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://127.0.0.1./feed",
        "http://[::1]/feed",
        "http://[::ffff:127.0.0.1]/feed",
        "http://0x7f.1/feed",
        "http://2130706433/feed",
        "http://①②⑦.⓪.⓪.①/feed",
        "http://8.8.2056/feed",
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/etc/passwd",
        "http:///feed",
    ],
)
def test_a_hop_to_a_closed_place_is_refused(url: str) -> None:
    with pytest.raises(FeedError) as caught:
        check_hop(URL(url))
    assert caught.value.kind is FeedErrorKind.REFUSED


def test_odd_forms_are_refused_even_where_the_address_is_allowed() -> None:
    with pytest.raises(FeedError, match="odd way to write 127\\.0\\.0\\.1"):
        check_hop(URL("http://127.1/feed"), LOOPBACK)


@pytest.mark.parametrize(
    "url", ["https://example.org/", "http://8.8.8.8/", "http://[2606:4700::1]/"]
)
def test_a_hop_to_an_open_place_is_taken(url: str) -> None:
    check_hop(URL(url))


class FixedNames(AbstractResolver):
    """Resolves every name to the same addresses."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=a, port=port, family=family, proto=0, flags=0)
            for a in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_name_that_resolves_inside_only_is_refused() -> None:
    resolver = VettingResolver(FixedNames("10.0.0.5", "::1"), ())
    with pytest.raises(FeedError, match=r"intranet\.example \(10\.0\.0\.5\)"):
        await resolver.resolve("intranet.example")


async def test_of_a_name_with_both_only_the_open_addresses_are_used() -> None:
    resolver = VettingResolver(FixedNames("127.0.0.1", "8.8.8.8"), ())
    assert [found["host"] for found in await resolver.resolve("both.example")] == ["8.8.8.8"]
