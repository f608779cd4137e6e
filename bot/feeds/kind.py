"""What sort of piece an article is: news, unless its title, address or section says otherwise."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from bot.model import ArticleKind

_FLAGS = re.IGNORECASE | re.VERBOSE

# What a title must look like. A wrong “opinion” costs a reader the alert, so that each pattern
# wants a mark that desks set on purpose: a label and its colon, a rubric's name, a whole phrase.
_TITLES: Sequence[tuple[ArticleKind, re.Pattern[str]]] = (
    (
        ArticleKind.LIVE,
        re.compile(
            r"""^(?:live(?:\ (?:updates?|blog|coverage))?|liveblog|as\ it\ happened)\s*[:|–—-]
            |\b(?:live\ updates?|live\ blog|liveblog|live\ coverage|live-ticker|as\ it\ happened)\b
            |[–—|-]\s*(?:live|as\ it\ happened)$""",
            _FLAGS,
        ),
    ),
    (
        ArticleKind.OPINION,
        re.compile(
            r"""^(?:opinions?|op-?ed|editorials?|commentary|column|guest\ (?:essay|column|post)
              |letters?(?:\ to\ the\ editor)?|viewpoint|perspective|kommentar|meinung|opinión
              |tribune|the\ .{2,30}\ view\ on\b.*)\s*[:|–—]
            |^the\ (?:guardian|observer|post|times)(?:[’']s)?\ view\ on\b
            |[|–—-]\s*(?:opinion|editorial|op-?ed|commentary|letters?)$
            |\(opinion\)$""",
            _FLAGS,
        ),
    ),
    (
        ArticleKind.ROUNDUP,
        re.compile(
            r"""\b(?:morning|evening|daily|weekly|weekend|friday|monday)\s+
              (?:briefing|brief|digest|roundup|round-up|wrap|recap|rundown|newsletter|headlines)\b
            |\b(?:week|month|year|day)\ in\ (?:review|ai|tech|policy)\b
            |^(?:this\ (?:week|month)\ in|last\ week\ in|the\ week\ in|what\ we[’']re\ reading
              |top\ stories|today[’']s\ (?:headlines|news)|news\ (?:round-?up|brief|in\ brief)
              |in\ brief|import\ ai|weekly\ links|links\ for)\b
            |^(?:the\ download|the\ morning|first\ thing|axios\ (?:am|pm)|briefing|newsletter
              |politico\ playbook|playbook|the\ week)\s*[:|–—]
            |\b(?:round-?up|newsletter)\b\s*(?:[:|–—#(]|\#?\d|$)
            |^(?:today[’']s|this\ week[’']s)\ (?:top|best)\b
            |\beverything\ (?:else\ )?(?:\w+\ )?(?:announced|coming|unveiled)\b
            |\b(?:top|best|biggest)\ \d+\b|^\d+\ (?:things|stories|takeaways|charts)\b""",
            _FLAGS,
        ),
    ),
    (
        ArticleKind.EXPLAINER,
        re.compile(
            r"""^(?:explainers?|explained|analysis|fact\ (?:check|focus|sheet)|faq|q\s?&\s?a
              |timeline|factbox|primer|in\ depth|deep\ dive)\s*[:|–—]
            |[|:–—,-]\s*(?:explained|an\ explainer|a\ timeline|faq)$
            |^what\ (?:is|are|was|does|do)\ .*\?
            |^(?:how|why)\ (?:do|does|did|is|are|could|would)\ .*\?
            |\bwhat\ (?:to\ know|you\ need\ to\ know|we\ know|it\ means|happens\ next)\b
            |\b(?:everything|all)\ you\ need\ to\ know\b
            |^(?:a|the|your)\ (?:\w+\ )?(?:guide\ to|timeline\ of)\b|:\ a\ timeline\b
            |^here[’']s\ (?:what|how|why|where|when)\b|\bwhat\ to\ expect\b|^how\ to\b""",
            _FLAGS,
        ),
    ),
)


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Sections as publishers name them in addresses and categories.
_SECTIONS: Sequence[tuple[ArticleKind, frozenset[str]]] = (
    (
        ArticleKind.LIVE,
        _named("live live-updates live-blog liveblog live-news live-coverage ticker"),
    ),
    (
        ArticleKind.OPINION,
        _named(
            "opinion opinions op-ed op-eds oped editorial editorials commentary commentisfree "
            "columns columnist columnists letters viewpoint viewpoints meinung debatte "
            "guest-essay guest-essays"
        ),
    ),
    (
        ArticleKind.ROUNDUP,
        _named(
            "newsletter newsletters roundup roundups round-up round-ups news-in-brief "
            "morning-briefing daily-briefing digest week-in-review podcast podcasts"
        ),
    ),
    (
        ArticleKind.EXPLAINER,
        _named("explainer explainers explained fact-check fact-checks faq how-to glossary"),
    ),
)
_PATH = re.compile(r"https?://[^/]+([^?#]*)")
_NOT_WORD = re.compile(r"[\s_]+")
_LIVE_SLUG = re.compile(r"(?:^|-)live-(?:updates?|blog|coverage)(?:-|$)")


def kind_of(title: str, url: str | None, categories: Sequence[str] = ()) -> ArticleKind:
    """The kind of a piece; the title's own label counts first, then address, then categories."""
    for kind, pattern in _TITLES:
        if pattern.search(title):
            return kind
    segments = _segments(url)
    if any(_LIVE_SLUG.search(segment) for segment in segments):
        return ArticleKind.LIVE
    # The last segment is the piece's own slug, which may be about live music or letters.
    named = {*segments[:-1], *(_NOT_WORD.sub("-", name.strip().lower()) for name in categories)}
    for kind, sections in _SECTIONS:
        if not sections.isdisjoint(named):
            return kind
    return ArticleKind.NEWS


def _segments(url: str | None) -> list[str]:
    found = _PATH.match(url or "")
    return [part.lower() for part in unquote(found[1]).split("/") if part] if found else []
