"""From a saved document to its title and text: the piece itself, without the page around it."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.entities.extract.values import Page
from bot.text.html import MOST_NESTED, html_to_text, one_line

MOST_SOURCE = 2_000_000
"""Characters of a document that are read."""
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|article|main|div|p|h1|section)\b", re.IGNORECASE)
_UNREAD = (
    "script,style,template,noscript,iframe,object,svg,math,nav,footer,aside,form,button,select,"
    "figure,figcaption,picture,video,audio,dialog,menu,label"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|foot(?:er)?|header-?(?:bar|nav|top)?|masthead|topbar|"
    r"side-?bar|aside|rail|"
    r"share|sharing|social|promo|related|recirc\w*|recommend\w*|most-?(?:read|popular|viewed)|trend\w*|"
    r"newsletter|subscri\w+|sign-?up|comments?|caption|credit|byline|author(?:s|-?bio|-?info)?|bio|"
    r"breadcrumbs?|tags?|topics?-?list|ad|ads|advert\w*|sponsor\w*|cookie\w*|consent|paywall|"
    r"banner|toolbar|modal|popup|gallery|slideshow|dateline-?info|metadata|timestamp|toc|"
    r"skip|hidden|visually-?hidden|sr-only|bucketwrap|image(?:wrap)?|credit-?caption|enlarge\w*|"
    r"audio(?:-module)?|transcript-?link|also-?read|read-?more|more-?(?:stories|on|from))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODIES = (
    "[itemprop=articleBody]", "article", "[role=article]", "main", "[role=main]", "#storytext",
)  # fmt: skip
_ENOUGH = 400
"""Characters of paragraphs that make an element the piece's body."""
_SITE = re.compile(r"\s+(?:[|–—-]|::)\s+[^|]{2,60}$")
_INLINE_LINK = 0.6
"""From this share of a paragraph's text on, links make it a pointer to another piece."""
_MOST_TITLE = 300
_FEWEST_WORDS = 3


def read_document(source: str) -> Page:
    """The title and text of a saved page, or of plain text whose first line may be its title."""
    if _MARKUP.search(source[:4000]):
        return from_html(source)
    return from_plain(source)


def from_plain(source: str) -> Page:
    """The title is the first line where it stands alone and ends like no sentence."""
    text = source[:MOST_SOURCE].strip()
    first, _, rest = text.partition("\n")
    second = rest.strip().partition("\n")[0]
    if len(first.split()) < _FEWEST_WORDS <= len(second.split()) and len(second) <= _MOST_TITLE:
        # A section's label ("Politics") stands above the title.
        first, _, rest = rest.strip().partition("\n")
    first = first.strip()
    if rest.strip() and len(first) <= _MOST_TITLE and not first.endswith((".", ":", ",", ";")):
        return Page(title=one_line(first), text=rest.strip())
    return Page(title="", text=text)


def from_html(html: str) -> Page:
    """The title and the body's text of a news page; never raises, whatever the markup."""
    source = html[:MOST_SOURCE].encode("utf-8", "replace").decode("utf-8")
    source = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->", " ", source)
    if source.count("<") - 2 * source.count("</") > MOST_NESTED:
        return Page(title="", text=html_to_text(source))
    tree = LexborHTMLParser(source)
    title = _title(tree)
    if tree.body is None:
        return Page(title=title, text="")
    for node in tree.css(_UNREAD):
        node.decompose()
    _drop_furniture(tree)
    _drop_pointers(tree)
    text = html_to_text(_body(tree).html or "")
    return Page(title=title, text=_without_title(text, title))


def _title(tree: LexborHTMLParser) -> str:
    headings = [one_line(node.text()) for node in tree.css("h1")]
    meta = tree.css_first("meta[property='og:title'],meta[name='twitter:title']")
    named = tree.css_first("title")
    whole = one_line(named.text()) if named else ""
    shared = one_line(meta.attributes.get("content") or "") if meta else ""
    for heading in headings:
        # A site's name may be a heading too; a <title> begins with the piece's.
        leads = whole.startswith(heading) or shared.startswith(heading)
        if heading and (leads or not (whole or shared)):
            return heading[:_MOST_TITLE]
    return (shared or _SITE.sub("", whole) or next(iter(headings), ""))[:_MOST_TITLE]


def _drop_furniture(tree: LexborHTMLParser) -> None:
    for node in tree.css("[class],[id],[hidden],[aria-hidden=true],[role]"):
        if node.tag in {"html", "body", "article", "main"}:
            continue
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if (
            "hidden" in attributes
            or attributes.get("role") in {"navigation", "banner", "contentinfo", "complementary"}
            or (_FURNITURE.search(marks) and _paragraphs_in(node) < 2 * _ENOUGH)
        ):
            node.decompose()


def _paragraphs_in(node: LexborNode) -> int:
    return sum(len(paragraph.text()) for paragraph in node.css("p"))


def _drop_pointers(tree: LexborHTMLParser) -> None:
    """Paragraphs and list items that are hardly more than links."""
    for node in tree.css("p,li,h2,h3,h4"):
        text = node.text()
        linked = sum(len(link.text()) for link in node.css("a"))
        if len(text.strip()) > 0 and linked >= _INLINE_LINK * len(text.strip()):
            node.decompose()


def _body(tree: LexborHTMLParser) -> LexborNode:
    """The element that the piece stands in: so marked, or with the most text in paragraphs."""
    for selector in _BODIES:
        marked = max(tree.css(selector), key=_paragraphs_in, default=None)
        if marked is not None and _paragraphs_in(marked) >= _ENOUGH:
            return marked
    parents: dict[int, tuple[int, LexborNode]] = {}
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is not None:
            length, _ = parents.get(parent.mem_id, (0, parent))
            parents[parent.mem_id] = (length + len(paragraph.text().strip()), parent)
    length, best = max(parents.values(), key=lambda each: each[0], default=(0, None))
    if best is not None and length >= _ENOUGH:
        return best
    assert tree.body is not None
    return tree.body


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if title and first.strip() == title else text
