"""Live alerts and tests on history agree on every article, on both databases.

Random queries meet random articles out of few and odd words: what the search narrows to and the
evaluator confirms is what the index of live watches finds in the article as it came.
"""

import random

from bot.model import ArticleKind, Judged, StoryId, WatchId
from bot.model.seen import Filing
from bot.store import articles, stories
from bot.store.database import Store
from bot.store.search import search
from bot.text.scan import Scanner
from bot.watches import GROUP, Query, Trial, WatchIndex, WatchSyntaxError, indexed, narrow, parse
from tests.support.values import DAY, NOON, judged, report, story
from tests.support.watched import WORDS, entity

ARTICLES, QUERIES = 80, 120
_GAPS = (" ", " ", " ", "-", "\u2011", ", ", ". ", "\n\n", "", "’s ")
_TAGS = (
    "source:npr", "source:verge", "entity:openai", "topic:courts", "lang:en", "lang:de",
    "kind:opinion", "relevance>0.5", "relevance<=0.3",
)  # fmt: skip


def text(rng: random.Random, most: int) -> str:
    return "".join(rng.choice(WORDS) + rng.choice(_GAPS) for _ in range(rng.randint(0, most)))


def article(rng: random.Random, number: int) -> Judged:
    return judged(
        text(rng, 4) + f" {number}",
        text=text(rng, 9),
        key=f"https://npr.example/{number}",
        outlet=rng.choice(["NPR", "The Verge", "Ledger"]),
        language=rng.choice(["en", "de"]),
        kind=rng.choice([ArticleKind.NEWS, ArticleKind.OPINION]),
        entities=rng.choice([(), (entity("OpenAI"),)]),
        relevance=rng.choice([0.2, 0.6, 0.9]),
        topics=rng.choice([frozenset(), frozenset({"courts"})]),
    )


def term(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.choice((1, 1, 1, 2)))]
    phrase = f'"{" ".join(words)}"'
    return rng.choice((phrase, phrase, phrase, f"title:{phrase}", "cour*", rng.choice(_TAGS)))


def typed(rng: random.Random) -> str:
    shape = rng.choice(("{0}", "{0} {1}", "{0} OR {1}", "{0} -{1}", "{0} ({1} OR {2})", "{n}"))
    words = [f'"{rng.choice(WORDS)}"' for _ in range(2)]
    near = f"{words[0]} NEAR/{rng.randint(1, 5)} {words[1]}"
    return shape.format(term(rng), term(rng), term(rng), n=near)


def query(rng: random.Random) -> Query:
    """The next query that the parser takes."""
    while True:
        try:
            return parse(typed(rng))
        except WatchSyntaxError:
            continue


def live(watches: dict[WatchId, Query], found: list[Judged]) -> set[tuple[WatchId, str]]:
    index = WatchIndex.build(watches.items())
    scanner = Scanner.build({GROUP: index.literals()})
    matched = set()
    for one in found:
        scanned = scanner.scan(one.article.title, one.article.text)
        matched |= {(watch, one.article.key) for watch in index.matching(scanned, one)}
    return matched


async def test_live_and_history_agree_on_every_article(store: Store) -> None:
    rng = random.Random(1)
    all_articles = [article(rng, number) for number in range(1, ARTICLES + 1)]
    reports = [report(number, one) for number, one in enumerate(all_articles, start=1)]
    filings = {
        one.id: Filing(
            content_hash=str(one.id),
            title_words=indexed(one.judged.article.title, ""),
            text_words=indexed("", one.judged.article.text),
        )
        for one in reports
    }
    async with store.write() as conn:
        await stories.begin(conn, [story(1)])
        await articles.store(conn, [(one, StoryId(1)) for one in reports], filings)
    watches = {WatchId(number): query(rng) for number in range(QUERIES)}
    tested = set()
    async with store.read() as conn:
        for watch, asked in watches.items():
            trial = Trial(asked)
            narrowed = await search(
                conn, narrow(asked), workspace=None, since=NOON - DAY, limit=ARTICLES
            )
            tested |= {
                (watch, stored.report.judged.article.key)
                for stored in narrowed
                if trial.match(stored.report.judged) is not None
            }
    assert tested == live(watches, all_articles)
    assert len(tested) > QUERIES
