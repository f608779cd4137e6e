"""Articles and queries for tests of watches, and the vocabulary that random ones are made of."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model import (
    Article,
    ArticleKind,
    EntityId,
    EntityKind,
    Field,
    Judged,
    Mention,
    Published,
    RecognisedEntity,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entity(name: str, field: Field = "title", start: int = 0, end: int = 1) -> RecognisedEntity:
    """An entity whose id is its name in lower case, mentioned once."""
    mention = Mention(entity=EntityId(name.lower()), field=field, start=start, end=end)
    return RecognisedEntity(
        id=mention.entity,
        name=name,
        kind=EntityKind.COMPANY,
        marks=frozenset(),
        salient=True,
        mentions=(mention,),
    )


def judged(
    title: str,
    text: str = "",
    *,
    outlet: str = "",
    url: str | None = None,
    language: str = "en",
    kind: ArticleKind = ArticleKind.NEWS,
    entities: Sequence[RecognisedEntity] = (),
    relevance: float = 0.0,
    topics: Sequence[str] = (),
) -> Judged:
    """An article as the pipeline hands it to watches."""
    article = Article(
        key=title,
        title=title,
        text=text,
        url=url,
        outlet=outlet,
        published=Published(at=NOW, stated=True),
        seen_at=NOW,
        language=language,
        kind=kind,
    )
    return Judged(
        article=article, entities=tuple(entities), relevance=relevance, topics=frozenset(topics)
    )


WORDS = (
    "court", "Courts", "chip", "supply", "chain", "supply-chain", "Risk", "é", "naïve", "naive",
    "Søren", "U.S.", "GPT-4", "C++", "AT&T", "regulator", "regulation", "the", "of", "appeal",
    "court's", "AI", "人工", "智能", "so\u00adft", "soft", "ＡＩ", "Straße", "x_y", "x",
)  # fmt: skip
"""Few words, so that random queries meet random texts; odd ones among them."""

_words = st.one_of(st.sampled_from(WORDS[:4]), st.sampled_from(WORDS))
_GAPS = (" ", " ", " ", "-", "\u2011", ", ", ". ", "  ", "\n", "\n\n", "", "/", "’s ")

texts = st.lists(st.tuples(_words, st.sampled_from(_GAPS)), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)

articles = st.builds(
    judged,
    texts,
    texts,
    outlet=st.sampled_from(["NPR", "The Verge", "Reuters Legal", ""]),
    url=st.sampled_from([None, "https://www.npr.org/a", "https://tech.example.gov.uk/b"]),
    language=st.sampled_from(["en", "de", "en-US"]),
    kind=st.sampled_from(ArticleKind),
    entities=st.lists(st.sampled_from([entity("OpenAI"), entity("xAI")]), max_size=2, unique=True),
    relevance=st.sampled_from([0.0, 0.25, 0.6, 0.9]),
    topics=st.lists(st.sampled_from(["courts", "chips"]), max_size=2),
)

_plain_terms = st.one_of(
    _words,
    st.lists(_words, min_size=1, max_size=4).map(lambda ws: f'"{" ".join(ws)}"'),
    st.sampled_from(["regul*", "cour*", '"supply chai*"', "人工智能*"]),
)
_terms = st.one_of(
    _plain_terms,
    _plain_terms.map(lambda term: f"title:{term}"),
    st.sampled_from([
        "source:npr", "source:verge", "source:gov.uk", "source:legal", "entity:openai",
        "entity:xai", "topic:courts", "lang:en", "lang:german", "kind:opinion", "kind:news",
        "relevance>0.5", "relevance<=0.25", "relevance=0.6",
    ]),
    st.tuples(_plain_terms, st.integers(1, 6), _plain_terms).map(
        lambda near: f"{near[0]} NEAR/{near[1]} {near[2]}"
    ),
    st.tuples(_plain_terms, _plain_terms, _plain_terms).map(
        lambda near: f"({near[0]} OR {near[1]}) near/3 {near[2]}"
    ),
)  # fmt: skip


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.tuples(several, st.sampled_from([" AND ", " OR ", " ", " or "])).map(
            lambda made: f"({made[1].join(made[0])})"
        ),
        inner.map(lambda term: f"NOT {term}"),
        inner.map(lambda term: f"-({term})"),
    )


queries = st.recursive(_terms, _joined, max_leaves=8)
"""Queries as typed; those that only exclude are refused by the parser."""
