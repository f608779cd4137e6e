"""Feeds as they come: sound, odd, damaged and hostile."""

import contextlib
import re
from datetime import UTC, datetime, timedelta

import feedparser
import feedparser.api
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.document import MOST_ENTRIES, UNTITLED, Document
from bot.feeds.expat import MOST_ATTRIBUTES, MOST_CATEGORIES, MOST_LOOSE, MOST_NESTED
from bot.feeds.parse import parse
from bot.model import Entry

FEED = "https://paper.example/rss/feed.xml"
NOON = datetime(2026, 2, 20, 12, tzinfo=UTC)
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(*items: str, head: str = "<title>Paper</title><link>https://paper.example/</link>") -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{body}</channel></rss>'


def atom(*entries: str, head: str = "<title>Paper</title>", base: str = "") -> str:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {base}>{head}{body}</feed>'


def read(source: str | bytes, content_type: str | None = None) -> Document:
    body = source.encode() if isinstance(source, str) else source
    return parse(body, url=FEED, content_type=content_type)


def only(source: str | bytes) -> Entry:
    (entry,) = read(source).entries
    return entry


def test_rss() -> None:
    document = read(
        rss(
            "<title>Agency bans model</title><link>https://paper.example/a</link>"
            "<guid isPermaLink='false'>id-1</guid>"
            "<pubDate>Fri, 20 Feb 2026 07:00:00 -0500</pubDate>"
            "<description>&lt;p&gt;It &lt;b&gt;said&lt;/b&gt; so.&lt;/p&gt;</description>"
            "<dc:creator>Jane Doe</dc:creator><category>AI</category><category>Policy</category>"
            "<source url='https://wire.example/rss'>Wire</source>",
            head="<title>Paper &amp;amp; Co</title><link>https://paper.example/</link>"
            "<language>en-GB</language><ttl>90</ttl>",
        )
    )
    assert (document.title, document.site) == ("Paper & Co", "https://paper.example/")
    assert (document.language, document.ttl) == ("en-GB", timedelta(minutes=90))
    assert document.problem is None
    (entry,) = document.entries
    assert entry == Entry(
        guid="id-1",
        url="https://paper.example/a",
        title="Agency bans model",
        html="<p>It <b>said</b> so.</p>",
        text="It said so.",
        published=NOON,
        authors=("Jane Doe",),
        source="Wire",
        categories=("AI", "Policy"),
        language="en-GB",
    )


def test_atom() -> None:
    entry = only(
        atom(
            "<title type='html'>Agency &lt;i&gt;bans&lt;/i&gt; model</title><id>tag:p,2026:1</id>"
            "<link rel='self' href='https://paper.example/a.atom'/>"
            "<link rel='alternate' href='https://paper.example/a'/>"
            "<published>2026-02-20T12:00:00Z</published><updated>2026-02-20T14:00:00+01:00</updated>"
            "<author><name>Jane Doe</name><email>j@paper.example</email></author>"
            "<category term='ai' label='AI'/>"
            "<summary>Short.</summary><content type='html'>&lt;p&gt;Long text.&lt;/p&gt;</content>"
        )
    )
    assert (entry.guid, entry.url) == ("tag:p,2026:1", "https://paper.example/a")
    assert (entry.title, entry.text) == ("Agency bans model", "Long text.")
    assert (entry.published, entry.updated) == (NOON, datetime(2026, 2, 20, 13, tzinfo=UTC))
    assert (entry.authors, entry.categories) == (("Jane Doe",), ("AI",))


def test_rdf() -> None:
    entry = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {SPACES}><channel><title>P</title></channel>'
        '<item rdf:about="https://paper.example/a"><title>T</title>'
        "<link>https://paper.example/a</link><dc:date>2026-02-20T12:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert (entry.url, entry.updated) == ("https://paper.example/a", NOON)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        pytest.param("<link>https://p.example/a</link>", "https://p.example/a", id="absolute"),
        pytest.param("<link>/a?x=1&amp;y=2</link>", "https://paper.example/a?x=1&y=2", id="rooted"),
        pytest.param("<link>a</link>", "https://paper.example/rss/a", id="relative-to-the-feed"),
        pytest.param("<link>//p.example/a</link>", "https://p.example/a", id="no-scheme"),
        pytest.param("<link>mailto:a@p.example</link>", None, id="mail"),
        pytest.param("<link>javascript:alert(1)</link>", None, id="script"),
        pytest.param("<guid>https://p.example/g</guid>", "https://p.example/g", id="permalink"),
        pytest.param("<guid>abc</guid>", None, id="guid-that-is-no-permalink"),
        pytest.param("<guid>/abc</guid>", None, id="guid-that-is-a-path"),
        pytest.param(
            "<guid isPermaLink='false'>https://p.example/g</guid>", None, id="not-a-permalink"
        ),
        pytest.param(
            "<guid>abc</guid><link>https://p.example/a</link>", "https://p.example/a", id="both"
        ),
        pytest.param(
            "<link>https://p.example/a</link><guid>abc</guid>", "https://p.example/a", id="both-2"
        ),
        pytest.param(
            "<link>https://feeds.example/~r/a</link>"
            "<feedburner:origLink>https://p.example/a</feedburner:origLink>",
            "https://p.example/a",
            id="feedburner",
        ),
        pytest.param("<link>\n https://p.example/a\n</link>", "https://p.example/a", id="spaces"),
        pytest.param("<link></link>", None, id="empty"),
    ],
)
def test_only_http_links_count(source: str, url: str | None) -> None:
    assert only(rss(f"<title>T</title>{source}")).url == url


@pytest.mark.parametrize(
    ("base", "url"),
    [
        pytest.param("https://b.example/x/", "https://b.example/x/a", id="absolute-base"),
        pytest.param("/x/", "https://paper.example/x/a", id="base-relative-to-the-feed"),
    ],
)
def test_links_resolve_against_xml_base(base: str, url: str) -> None:
    entry = only(atom("<title>T</title><link href='a'/>", base=f'xml:base="{base}"'))
    assert entry.url == url


def test_an_atom_id_is_kept_as_given() -> None:
    source = atom("<title>T</title><id>urn:x:1</id>", "<title>U</title><id>rel/2</id>")
    assert [entry.guid for entry in read(source).entries] == ["urn:x:1", "rel/2"]


def item(guid: str, link: str, title: str) -> str:
    return f"<guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"


def test_a_guid_that_several_entries_share_identifies_nothing() -> None:
    source = rss(item("g", "/a", "A"), item("g", "/b", "B"), item("h", "/c", "C"))
    assert [entry.guid for entry in read(source).entries] == [None, None, "h"]


def test_a_link_that_several_entries_share_identifies_nothing_but_is_shown() -> None:
    first, second = "https://p.example/log#one", "https://p.example/log?utm_source=x#two"
    entries = read(rss(item("g", first, "A"), item("h", second, "B"))).entries
    assert [entry.url for entry in entries] == [None, None]
    assert [entry.shared_url for entry in entries] == [first, second]


def test_a_link_to_the_feeds_own_site_identifies_nothing() -> None:
    entry = only(rss(item("g", "https://paper.example/", "A")))
    assert (entry.url, entry.shared_url) == (None, "https://paper.example/")


def test_an_item_listed_twice_counts_once_and_keeps_its_names() -> None:
    entry = only(rss(item("g", "/a", "A"), item("g", "/a", "A")))
    assert (entry.guid, entry.url) == ("g", "https://paper.example/a")


def test_items_without_any_name_are_told_apart_by_date_and_text() -> None:
    same = "<title>Update</title>"
    dated = [f"{same}<pubDate>2{day} Feb 2026 12:00:00 GMT</pubDate>" for day in range(3)]
    assert len(read(rss(*dated, f"{same}<description>x</description>", same, same)).entries) == 5


@pytest.mark.parametrize(
    ("source", "title"),
    [
        pytest.param("<title>AT&amp;amp;T wins</title>", "AT&T wins", id="doubled-entity"),
        pytest.param("<title>AT&amp;amp;amp;T wins</title>", "AT&T wins", id="tripled-entity"),
        pytest.param("<title>&lt;b&gt;Bold&lt;/b&gt; move</title>", "Bold move", id="tags"),
        pytest.param("<title><![CDATA[ A <i>new</i> law ]]></title>", "A new law", id="cdata"),
        pytest.param("<title>5 &lt; 6</title>", "5 < 6", id="less-than"),
        pytest.param("<title>two\n  lines</title>", "two lines", id="lines"),
        pytest.param(
            "<title/><description>First one. Second one.</description>", "First one.", id="missing"
        ),
        pytest.param(
            "<title>&lt;script&gt;x&lt;/script&gt;</title><description>Said.</description>",
            "Said.",
            id="nothing-but-a-script",
        ),
        pytest.param("<guid>x</guid>", UNTITLED, id="no-text-either"),
    ],
)
def test_titles_are_plain_text(source: str, title: str) -> None:
    assert only(rss(source)).title == title


def test_absurd_titles_are_cut() -> None:
    assert only(rss(f"<title>{'word ' * 5_000}</title>")).title.endswith("word…")
    long = only(rss(f"<description>{'word ' * 400}.</description>")).title
    assert long.endswith("word…")
    assert len(long) <= 140


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        pytest.param(
            "<description>Short.</description>"
            "<content:encoded>&lt;p&gt;Much longer content.&lt;/p&gt;</content:encoded>",
            "Much longer content.",
            id="content-over-summary",
        ),
        pytest.param(
            "<description>A real summary of it.</description>"
            "<content:encoded>&lt;img src='x'/&gt;</content:encoded>",
            "A real summary of it.",
            id="content-is-only-a-picture",
        ),
        pytest.param(
            "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>",
            "One.\n\nTwo.",
            id="blocks",
        ),
        pytest.param("", "", id="none"),
    ],
)
def test_the_richest_body_is_the_text(bodies: str, text: str) -> None:
    assert only(rss(f"<title>T</title>{bodies}")).text == text


def test_plain_text_of_atom_is_no_markup() -> None:
    entry = only(atom("<title>T</title><content type='text'>if a &lt;b then &amp;amp;</content>"))
    assert entry.text == "if a <b then &amp;"


def test_xhtml_content() -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two.</p><p>Three.</p></div>'
    entry = only(atom(f"<title>T</title><content type='xhtml'>{div}</content>"))
    assert entry.text == "One & two.\n\nThree."


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        pytest.param("Fri, 20 Feb 2026 12:00:00 GMT", NOON, id="rfc-822"),
        pytest.param("Fri, 20 Feb 2026 07:00:00 EST", NOON, id="zone-by-name"),
        pytest.param("20 Feb 2026 12:00 +0000", NOON, id="no-weekday-no-seconds"),
        pytest.param("2026-02-20T12:00:00Z", NOON, id="iso"),
        pytest.param("2026-02-20T12:00:00.123456+00:00", NOON, id="iso-fraction"),
        pytest.param("2026-02-20 12:00:00", NOON, id="iso-without-zone-is-utc"),
        pytest.param("2026-02-20", datetime(2026, 2, 20, tzinfo=UTC), id="day-only"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC), id="epoch"),
        pytest.param("Mon, 01 Jan 2099 00:00:00 GMT", datetime(2099, 1, 1, tzinfo=UTC), id="2099"),
        pytest.param("0000-00-00T00:00:00Z", None, id="year-zero"),
        pytest.param("Fri, 32 Feb 2026 12:00:00 GMT", None, id="no-such-day"),
        pytest.param("yesterday", None, id="words"),
        pytest.param("", None, id="empty"),
        pytest.param("9" * 40, datetime(9999, 11, 1, tzinfo=UTC), id="huge-number"),
    ],
)
def test_dates_are_kept_as_stated_in_utc(stated: str, date: datetime | None) -> None:
    assert only(rss(f"<title>T</title><pubDate>{stated}</pubDate>")).published == date


def test_authors_are_names() -> None:
    entry = only(
        rss(
            "<title>T</title><author>jane@paper.org (Jane Doe)</author>"
            "<dc:creator>By John Roe</dc:creator>"
        )
    )
    assert entry.authors == ("Jane Doe", "John Roe")
    assert only(rss("<title>T</title><author>desk@paper.org</author>")).authors == ()


def test_syndication_module_and_skip_lists() -> None:
    document = read(
        rss(
            "<title>T</title>",
            head="<title>P</title><sy:updatePeriod>daily</sy:updatePeriod>"
            "<sy:updateFrequency>4</sy:updateFrequency>"
            "<skipHours><hour>1</hour><hour>2</hour></skipHours>"
            "<skipDays><day>Sunday</day></skipDays>",
        )
    )
    assert document.update_every == timedelta(hours=6)
    assert (document.skip_hours, document.skip_days) == (frozenset({1, 2}), frozenset({6}))


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        pytest.param("utf-8", "", None, id="utf-8"),
        pytest.param("utf-8-sig", "", "text/xml", id="utf-8-with-mark"),
        pytest.param("utf-8", "", "text/xml; charset=ISO-8859-1", id="header-lies"),
        pytest.param("utf-8", "iso-8859-1", "application/rss+xml", id="declaration-lies"),
        pytest.param("utf-8", "no-such-charset", None, id="unknown-charset"),
        pytest.param("utf-8", "punycode", "text/xml; charset=idna", id="codec-that-is-no-charset"),
        pytest.param("iso-8859-1", "iso-8859-1", "text/xml", id="latin-1-declared"),
        pytest.param("windows-1252", "", "text/xml; charset=windows-1252", id="by-header"),
        pytest.param("utf-16", "utf-16", None, id="utf-16"),
        pytest.param("utf-16-le", "", None, id="utf-16-le-unmarked"),
        pytest.param("utf-16-be", "utf-16", "text/xml; charset=utf-8", id="utf-16-be-unmarked"),
        pytest.param("utf-32", "utf-32", None, id="utf-32"),
        pytest.param("iso-8859-1", "", None, id="latin-1-undeclared"),
    ],
)
def test_encodings(encoding: str, declared: str, header: str | None) -> None:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<?xml version='1.0'?>"
    source = re.sub(r"<\?xml.*?\?>", prolog, rss("<title>Père Noël à Nîmes</title>"))
    (entry,) = read(source.encode(encoding), header).entries
    assert entry.title == "Père Noël à Nîmes"


def test_shift_sequences_of_iso_2022_survive() -> None:
    source = '<?xml version="1.0" encoding="iso-2022-jp"?>' + rss("<title>規制</title>")[21:]
    (entry,) = read(source.encode("iso-2022-jp")).entries
    assert entry.title == "規制"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("\n \n" + rss("<title>T</title>"), id="white-space-in-front"),
        pytest.param("<br />\n<b>Warning</b>: no\n" + rss("<title>T</title>"), id="php-warning"),
        pytest.param("Notice: x in y\n" + rss("<title>T</title>"), id="words-in-front"),
        pytest.param(
            "<!-- cached <html> -->" + rss("<title>T</title>")[21:], id="comment-in-front"
        ),
        pytest.param(rss("<title>T\x0b\x1f</title>"), id="characters-that-xml-forbids"),
        pytest.param('<?xml-stylesheet href="x"?>' + rss("<title>T</title>")[21:], id="stylesheet"),
        pytest.param(
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x 'y'>]>" + rss("<title>T</title>")[21:],
            id="doctype",
        ),
    ],
)
def test_small_faults_are_mended_without_a_word(source: str) -> None:
    document = read(source)
    assert [entry.title for entry in document.entries] == ["T"]
    assert document.problem is None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(rss("<title>T</title>", "<title>U &nbsp; V</title>"), id="undefined-entity"),
        pytest.param(rss("<title>T</title>", "<title>U & V</title>"), id="bare-ampersand"),
        pytest.param(rss("<title>T</title>", "<title>U</title>")[:-20], id="cut-short"),
        pytest.param(rss("<title>T</title>", "<title>U</title><a><b></a>"), id="wrong-nesting"),
        pytest.param(rss("<title>T</title>", "<x:title>U</x:title>"), id="undeclared-prefix"),
    ],
)
def test_a_damaged_feed_gives_what_can_be_read_and_says_so(source: str) -> None:
    document = read(source)
    assert document.entries[0].title == "T"
    assert document.problem


PAGE = "<!DOCTYPE html><html><head><title>Paper</title></head><body>Hello</body></html>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"", FeedErrorKind.EMPTY, id="empty"),
        pytest.param(b" \r\n\t\0", FeedErrorKind.EMPTY, id="white-space"),
        pytest.param(PAGE.encode(), FeedErrorKind.HTML, id="page"),
        pytest.param(b"<html><body>403</body></html>", FeedErrorKind.HTML, id="bare-page"),
        pytest.param(b"<head><title>Moved</title></head>", FeedErrorKind.HTML, id="part-of-page"),
        pytest.param(
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html xmlns="z"/>',
            FeedErrorKind.HTML,
            id="xhtml",
        ),
        pytest.param(
            PAGE.replace("Hello", "<rss version='2.0'><channel><item/>").encode(),
            FeedErrorKind.HTML,
            id="page-that-quotes-a-feed",
        ),
        pytest.param(b"/etc/passwd", FeedErrorKind.NOT_A_FEED, id="a-path"),
        pytest.param(b"https://paper.example/rss", FeedErrorKind.NOT_A_FEED, id="an-address"),
        pytest.param(bytes(range(256)) * 40, FeedErrorKind.NOT_A_FEED, id="gibberish"),
        pytest.param(b"<catalog><book/></catalog>", FeedErrorKind.NOT_A_FEED, id="other-xml"),
        pytest.param(b"<opml><body/></opml>", FeedErrorKind.NOT_A_FEED, id="opml"),
        pytest.param(b"<rss", FeedErrorKind.NOT_A_FEED, id="four-bytes"),
        pytest.param(b'{"error": "no"}', FeedErrorKind.NOT_A_FEED, id="other-json"),
        pytest.param(b"%PDF-1.7 \x00\x01", FeedErrorKind.NOT_A_FEED, id="pdf"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(body: bytes, kind: FeedErrorKind) -> None:
    with pytest.raises(FeedError) as raised:
        read(body)
    assert raised.value.kind is kind
    assert FEED in str(raised.value)


def test_a_feed_without_entries_is_a_feed() -> None:
    document = read(rss())
    assert (document.title, document.entries, document.problem) == ("Paper", (), None)


def test_only_the_newest_entries_are_kept_in_the_documents_order() -> None:
    early = [
        f"<title>early {at}</title><pubDate>Fri, 20 Feb 2026 10:00:00 GMT</pubDate>"
        for at in range(MOST_ENTRIES)
    ]
    late = "<title>late</title><pubDate>Fri, 20 Feb 2026 11:00:00 GMT</pubDate>"
    titles = [entry.title for entry in read(rss(*early, late)).entries]
    assert (len(titles), titles[0], titles[-1]) == (MOST_ENTRIES, "early 0", "late")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(rss("<title>T</title>" + "<a>" * (MOST_NESTED + 1)), id="nesting"),
        pytest.param(
            rss("<a " + " ".join(f"x{at}='1'" for at in range(MOST_ATTRIBUTES + 1)) + "/>"),
            id="attributes",
        ),
        pytest.param(
            rss("".join(f"<category>{at}</category>" for at in range(MOST_CATEGORIES + 1))),
            id="categories",
        ),
    ],
)
def test_shapes_that_no_feed_has_are_refused(source: str) -> None:
    with pytest.raises(FeedError) as raised:
        read(source)
    assert raised.value.kind is FeedErrorKind.NOT_A_FEED


def test_words_without_end_cost_no_time() -> None:
    # feedparser alone takes minutes over this one.
    endless = "a" * 100_000
    author = only(rss(f"<title>T</title><author>{endless}</author>")).authors
    assert sum(map(len, author)) <= 120
    assert only(rss(f"<title>T &nbsp;</title><author>{endless}</author>")).title == "T"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_of_a_large_damaged_document_only_the_top_is_mended(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The slow way takes up to 10 microseconds a byte: minutes for 15 MiB.
    mended: list[int] = []

    class Counted(feedparser.api.LooseFeedParser):  # type: ignore[misc]
        def feed(self, data: str) -> None:
            mended.append(len(data.encode()))
            super().feed(data)

    monkeypatch.setattr(feedparser.api, "LooseFeedParser", Counted)
    items = [f"<title>Nr {at}</title><description>{'€' * 500}</description>" for at in range(3_000)]
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    source = rss("<title>Damaged & open</title>", *items).replace('<?xml version="1.0"?>', declared)
    document = read(source.encode(encoding))
    assert 0 < max(mended) <= MOST_LOOSE
    assert document.entries[1].title == "Nr 0"
    assert re.search(r"not well-formed.*; only its first \d+ KiB were read", document.problem or "")


def test_a_large_sound_document_is_read_whole() -> None:
    items = [f"<title>Nr {at}</title><description>{'x' * 2_000}</description>" for at in range(500)]
    assert len(read(rss(*items)).entries) == 500


def test_external_and_exploding_entities_are_not_followed() -> None:
    bomb = "".join(
        f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "x" * 10}">' for at in range(9)
    )
    outside = '<!ENTITY file SYSTEM "file:///etc/hostname">'
    source = f"<!DOCTYPE rss [{bomb}{outside}]>" + rss("<title>T &e8; &file;</title>")[21:]
    assert len(only(source).title) < 100


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_raise_anything_but_feed_error(noise: bytes, at: int) -> None:
    sound = rss("<title>T</title><link>/a</link><pubDate>x</pubDate>").encode()
    for body in (noise, sound[:at] + noise + sound[at:]):
        with contextlib.suppress(FeedError):
            read(body)
