"""CONTRACTS, "Canonical URL": one form for one address."""

import pytest

from bot.feeds.canonical import (
    TRACKING_NAMES,
    absolute,
    canonical,
    host_of,
    outlet_of,
    shared_link,
)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        pytest.param("HTTPS://Paper.Example/A", "https://paper.example/A", id="case-of-host"),
        pytest.param("http://paper.example:80/a", "http://paper.example/a", id="port-80"),
        pytest.param("https://paper.example:443/a", "https://paper.example/a", id="port-443"),
        pytest.param("http://paper.example:8080/a", "http://paper.example:8080/a", id="own-port"),
        pytest.param("https://paper.example/a#top", "https://paper.example/a", id="fragment"),
        pytest.param("https://paper.example", "https://paper.example/", id="bare-host"),
        pytest.param("https://paper.example./a", "https://paper.example/a", id="dot-after-host"),
        pytest.param("https://u:p@paper.example/a", "https://paper.example/a", id="userinfo"),
        pytest.param(" https://paper.example/a\n", "https://paper.example/a", id="white-space"),
        pytest.param("https://paper.example/a\nb", "https://paper.example/ab", id="line-break"),
        pytest.param("https://paper.example/a/../b", "https://paper.example/b", id="dots"),
        pytest.param("https://paper.example/é", "https://paper.example/%C3%A9", id="accent"),
        pytest.param("https://bücher.example/", "https://xn--bcher-kva.example/", id="idn"),
        pytest.param("https://paper.example/a?", "https://paper.example/a", id="empty-query"),
        pytest.param(
            "https://paper.example/?b=2&UTM_Source=x&a=1&utm_anything=y&b=1",
            "https://paper.example/?b=2&a=1&b=1",
            id="rest-keeps-its-order",
        ),
        pytest.param(
            "https://paper.example/?id=7&&page=", "https://paper.example/?id=7&page=", id="blanks"
        ),
        pytest.param(
            "https://paper.example/?q=a+b%26c&fbclid=1",
            "https://paper.example/?q=a+b%26c",
            id="escapes-stay",
        ),
        pytest.param("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a", id="ipv6"),
        pytest.param(
            "https://www.google.com/url?rct=j&url=https://paper.example/a%3Fid%3D1&ct=ga",
            "https://paper.example/a?id=1",
            id="google-alert",
        ),
        pytest.param(
            "https://www.google.com/amp/s/paper.example/a", "https://paper.example/a", id="amp"
        ),
        pytest.param(
            "https://www.google.com/url?url=javascript:x",
            "https://www.google.com/url?url=javascript:x",
            id="redirector-to-nowhere",
        ),
        pytest.param("mailto:a@paper.example", None, id="mail"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("//paper.example/a", None, id="no-scheme"),
        pytest.param("https:///a", None, id="no-host"),
        pytest.param("https://pa per.example/", None, id="space-in-host"),
        pytest.param("https://paper.example:99999/", None, id="impossible-port"),
        pytest.param("https://[::1/", None, id="open-bracket"),
        pytest.param("https://paper.example/" + "a" * 5_000, None, id="too-long"),
        pytest.param("", None, id="empty"),
        pytest.param("abc", None, id="not-a-permalink"),
    ],
)
def test_canonical(url: str, form: str | None) -> None:
    assert canonical(url) == form


@pytest.mark.parametrize("name", sorted(TRACKING_NAMES))
def test_tracking_parameters_are_dropped(name: str) -> None:
    assert canonical(f"https://paper.example/?{name}=1&id=2") == "https://paper.example/?id=2"


@pytest.mark.parametrize(
    ("value", "dropped"),
    [
        pytest.param("paper.example", True, id="site"),
        pytest.param("www.paper.example", True, id="site-with-www"),
        pytest.param("feeds.paper.example", True, id="feed"),
        pytest.param("Paper.Example", True, id="case"),
        pytest.param("refs/heads/main", False, id="a-git-ref"),
        pytest.param("elsewhere.example", False, id="another-host"),
    ],
)
def test_ref_goes_only_when_it_names_the_feed_or_its_site(value: str, dropped: bool) -> None:
    hosts = ("feeds.paper.example", "www.paper.example")
    url = canonical(f"https://code.example/a?ref={value}", hosts=hosts)
    assert url is not None
    assert ("ref=" not in url) is dropped


def test_canonical_is_a_fixed_point() -> None:
    once = canonical("https://Paper.example/ä b/%7Ex?z=%2F&utm_source=a&y=é#f")
    assert once is not None
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("link", "bases", "found"),
    [
        pytest.param("https://a.example/x", (), "https://a.example/x", id="absolute"),
        pytest.param("/x", ("https://a.example/feed/",), "https://a.example/x", id="rooted"),
        pytest.param("x", ("https://a.example/feed/",), "https://a.example/feed/x", id="relative"),
        pytest.param("//b.example/x", ("https://a.example/",), "https://b.example/x", id="scheme"),
        pytest.param("x", ("", "https://a.example/"), "https://a.example/x", id="second-base"),
        pytest.param("x", ("http://[bad/", "https://a.example/"), "https://a.example/x", id="bad"),
        pytest.param("x", (), None, id="no-base"),
        pytest.param("mailto:x@a.example", ("https://a.example/",), None, id="mail"),
        pytest.param("javascript:alert(1)", ("https://a.example/",), None, id="script"),
        pytest.param("tag:a.example,2026:1", ("https://a.example/",), None, id="tag-uri"),
        pytest.param("", ("https://a.example/",), None, id="empty"),
    ],
)
def test_absolute(link: str, bases: tuple[str, ...], found: str | None) -> None:
    assert absolute(link, *bases) == found


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        pytest.param("https://www.npr.org/2026/x", "npr.org", id="www"),
        pytest.param("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk", id="two-part-suffix"),
        pytest.param("https://someone.github.io/x", "someone.github.io", id="private-suffix"),
        pytest.param("http://127.0.0.2:8000/x", "127.0.0.2", id="ipv4"),
        pytest.param("http://[::1]/x", "::1", id="ipv6"),
        pytest.param("http://localhost/x", "localhost", id="no-suffix"),
        pytest.param("nonsense", "", id="no-url"),
    ],
)
def test_outlet_of(url: str, outlet: str) -> None:
    assert outlet_of(url) == outlet


def test_host_of() -> None:
    assert host_of("https://WWW.Paper.example./x") == "www.paper.example"


@pytest.mark.parametrize(
    ("url", "given"),
    [
        pytest.param("https://a.example/x", "https://a.example/x", id="as-it-is"),
        pytest.param(
            "https://a.example/x?utm_source=rss&id=7#part",
            "https://a.example/x?id=7#part",
            id="utm",
        ),
        pytest.param(
            "https://a.example/x?utm_source=rss", "https://a.example/x", id="nothing-left"
        ),
        pytest.param("https://a.example/x?ref=a.example&p=1", "https://a.example/x?p=1", id="ref"),
        pytest.param(
            "https://a.example/#/x?utm_a=1", "https://a.example/#/x?utm_a=1", id="fragment"
        ),
    ],
)
def test_a_link_for_people_does_not_follow_them(url: str, given: str) -> None:
    assert shared_link(url, hosts=("a.example",)) == given
