"""From a saved page to title and text."""

import pytest

from bot.entities.extract import from_html, read_document

PARAGRAPH = "<p>Paragraph {} says what happened in the case, at length, again.</p>"
BODY = "".join(PARAGRAPH.format(n) for n in range(9))


def page(inside: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<article><h1>Rule falls</h1>{BODY}</article>", id="article"),
        pytest.param(f"<main><h1>Rule falls</h1><div>{BODY}</div></main>", id="main"),
        pytest.param(f"<div><h1>Rule falls</h1><div id=x>{BODY}</div></div>", id="only-density"),
    ],
)
@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param("<nav><a href=/>Trending Duke</a></nav>", id="nav"),
        pytest.param("<footer><p>Trending Duke Media plc</p></footer>", id="footer"),
        pytest.param("<script>var a='Trending Duke'</script>", id="script"),
        pytest.param("<div class='related-links'><p>Trending Duke quits</p></div>", id="related"),
        pytest.param("<aside><p>Trending Duke quits</p></aside>", id="aside"),
        pytest.param("<p><a href=/x>Trending Duke quits</a></p>", id="link-paragraph"),
        pytest.param("<figure><figcaption>Trending Duke</figcaption></figure>", id="caption"),
    ],
)
def test_reads_the_piece_alone(inside: str, furniture: str) -> None:
    found = from_html(page(inside.replace("<h1>", f"{furniture}<h1>", 1) + furniture))
    assert found.title == "Rule falls"
    assert found.text.startswith("Paragraph 0")
    assert found.text.count("Paragraph") == 9
    assert "Duke" not in found.text


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        pytest.param("<title>Rule falls - The Post</title>", "", "Rule falls", id="site-cut"),
        pytest.param(
            "<title>x</title><meta property='og:title' content='Rule falls'>", "", "Rule falls",
            id="shared-title",
        ),
        pytest.param("<title>Rule falls | Sun</title>", "<h1>Sun</h1>", "Rule falls", id="logo"),
        pytest.param("", "<h1>Rule &amp; law</h1>", "Rule & law", id="heading-alone"),
    ],
)  # fmt: skip
def test_finds_the_title(head: str, heading: str, title: str) -> None:
    assert from_html(page(f"{heading}<article>{BODY}</article>", head)).title == title


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        pytest.param("Rule falls\n\nIt fell.", "Rule falls", "It fell.", id="first-line"),
        pytest.param("It fell.\nIt rose.", "", "It fell.\nIt rose.", id="a-sentence-is-no-title"),
        pytest.param("Politics\nA rule falls\nIt fell.", "A rule falls", "It fell.", id="label"),
        pytest.param("a < b & c", "", "a < b & c", id="one-line"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_reads_plain_text(source: str, title: str, text: str) -> None:
    found = read_document(source)
    assert (found.title, found.text) == (title, text)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 400_000, id="nested"),
        pytest.param("<html " + 'a="' * 300_000, id="attributes"),
        pytest.param("<p>\ud800</p>" * 3_000, id="surrogates"),
        pytest.param("<html>", id="nothing"),
        pytest.param("<p class='" + "nav " * 50_000 + "'>x</p>", id="classes"),
    ],
)
def test_takes_any_markup(source: str) -> None:
    assert len(read_document(source).text) <= 2_000_000
