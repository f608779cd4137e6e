"""Lists of feeds in OPML, both ways."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.feeds.opml import OpmlFeed, read_opml, write_opml
from bot.model import Tier

HEAD = '<?xml version="1.0"?>\n<opml version="2.0"><head/><body>\n'
TAIL = "</body></opml>"


def listed(outlines: str) -> bytes:
    return f"{HEAD}{outlines}\n{TAIL}".encode()


def feed(url: str = "https://a.example/feed", title: str = "A", folder: str = "") -> OpmlFeed:
    return OpmlFeed(url=url, title=title, outlet=title, folder=folder)


@pytest.mark.parametrize(
    ("outlines", "expected"),
    [
        pytest.param(
            '<outline type="rss" text="A" xmlUrl="https://a.example/feed"/>', [feed()], id="plain"
        ),
        pytest.param(
            '<outline type="RSS" text="A" xmlUrl="https://a.example/feed"/>', [feed()], id="type"
        ),
        pytest.param('<outline text="A" XMLURL="https://a.example/feed"/>', [feed()], id="case"),
        pytest.param(
            '<outline xmlUrl="a.example/feed"/>',
            [feed(title="https://a.example/feed")],
            id="no-title",
        ),
        pytest.param(
            '<outline text="Courts"><outline text="State"><outline text="A" '
            'xmlUrl="https://a.example/feed"/></outline></outline>'
            '<outline text="B" xmlUrl="https://b.example/"/>',
            [feed(folder="Courts/State"), feed("https://b.example/", "B")],
            id="nesting",
        ),
        pytest.param(
            '<outline text="A" xmlUrl="https://a.example/feed"><outline text="B" '
            'xmlUrl="https://b.example/"/></outline>',
            [feed(), feed("https://b.example/", "B")],
            id="feed-within-a-feed",
        ),
        pytest.param(
            '<outline text="A" xmlUrl="https://a.example/feed"/>'
            '<outline text="Again" xmlUrl="https://a.example/feed"/>',
            [feed()],
            id="twice",
        ),
        pytest.param('<outline text="empty folder"/><outline xmlUrl=""/>', [], id="no-feeds"),
        pytest.param(
            '<outline text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" '
            'language="en" policywireTier="1" policywireOutlet="Agency" '
            'policywireEnabled="false"/>',
            [
                OpmlFeed(
                    url="https://a.example/feed",
                    title="A",
                    outlet="Agency",
                    tier=Tier.PRIMARY,
                    site="https://a.example/",
                    language="en",
                    enabled=False,
                )
            ],
            id="ours",
        ),
    ],
)
def test_reads_lists(outlines: str, expected: list[OpmlFeed]) -> None:
    found = read_opml(listed(outlines), "feeds.opml")
    assert list(found.feeds) == expected
    assert not found.problems


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param(b"", "feeds.opml, line 1: not well-formed", id="empty"),
        pytest.param(b"/etc/passwd", "feeds.opml, line 1: not well-formed", id="text"),
        pytest.param(listed("<outline>"), "feeds.opml, line 4: not well-formed", id="unclosed"),
        pytest.param(
            listed('\n<outline text="A & B"/>'), "line 4: not well-formed", id="ampersand"
        ),
        pytest.param(b"<rss/>", "this is <rss>, not OPML", id="a-feed"),
        pytest.param(b"<html></html>", "this is <html>, not OPML", id="a-page"),
        pytest.param(
            b'<!DOCTYPE opml [\n<!ENTITY a "aaaa">\n]><opml/>',
            "line 2: it declares entities",
            id="bomb",
        ),
        pytest.param(
            b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>',
            "it declares entities",
            id="external-entity",
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="x-klingon"?><opml/>',
            "not (readable as|well-formed)",
            id="encoding",
        ),
        pytest.param(b"\xff\xfe\x00", "not (readable as|well-formed)", id="broken-utf-16"),
    ],
)
def test_says_file_and_line_of_what_is_no_list(document: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_opml(document, "feeds.opml")


@pytest.mark.parametrize(
    ("outline", "said"),
    [
        pytest.param('<outline xmlUrl="/etc/passwd"/>', "no web address", id="path"),
        pytest.param('<outline xmlUrl="javascript:x"/>', "http and https only", id="scheme"),
        pytest.param('<outline xmlUrl="a.org" policywireTier="9"/>', "policywireTier", id="tier"),
        pytest.param('<outline xmlUrl="a.org" policywireEnabled="x"/>', "Enabled", id="enabled"),
    ],
)
def test_one_bad_feed_does_not_stop_the_rest(outline: str, said: str) -> None:
    good = '\n<outline text="A" xmlUrl="https://a.example/feed"/>'
    found = read_opml(listed(outline + good), "feeds.opml")
    assert list(found.feeds) == [feed()]
    assert [problem.line for problem in found.problems] == [3]
    assert said in str(found.problems[0])


def test_endless_nesting_does_no_harm() -> None:
    depth = 50_000
    inner = '<outline xmlUrl="https://a.example/feed" text="A"/>'
    found = read_opml(listed('<outline text="x">' * depth + inner + "</outline>" * depth), "x")
    assert found.feeds == (feed(folder="/".join("x" * 8)),)
    assert read_opml(write_opml(found.feeds), "x") == found


def test_what_xml_cannot_say_is_left_out() -> None:
    written = write_opml([feed(title="A\x00\ud800 & <B>\ufffe")])
    assert read_opml(written, "x").feeds[0].title == "A & <B>"


def test_writes_folders_once_and_the_same_bytes_each_time() -> None:
    feeds = [
        feed(folder="N/A"),
        feed("https://b.example/", "B"),
        feed("https://c.example/", "C", "N"),
    ]
    written = write_opml(feeds)
    assert written == write_opml(feeds)
    assert [o.get("text") for o in ET.fromstring(written).iter("outline")] == [
        "N",
        "A",
        "A",
        "C",
        "B",
    ]


names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
feeds = st.builds(
    OpmlFeed,
    url=st.integers(0, 999).map("https://{}.example/feed".format),
    title=names,
    outlet=names,
    tier=st.sampled_from(Tier),
    folder=st.lists(names.filter(lambda name: "/" not in name), max_size=3).map("/".join),
    site=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
    language=st.sampled_from([None, "en", "el"]),
    enabled=st.booleans(),
)


@given(st.lists(feeds, unique_by=lambda feed: feed.url, max_size=6))
def test_what_is_written_is_read_again(feeds: list[OpmlFeed]) -> None:
    found = read_opml(write_opml(feeds), "x")
    assert not found.problems
    assert sorted(found.feeds, key=lambda f: f.url) == sorted(feeds, key=lambda f: f.url)
