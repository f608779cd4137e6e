"""The index finds exactly what evaluating every watch alone would, and looks at few of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Judged, WatchId
from bot.text.scan import Literal, Scanner
from bot.watches import GROUP, Query, Trial, WatchIndex, WatchMatch, WatchSyntaxError, parse
from bot.watches.nodes import Tag, Words
from bot.watches.required import required
from tests.support.watched import articles, entity, judged, queries

Found = list[tuple[WatchId, WatchMatch]]


def scanner(literals: Sequence[Literal]) -> Scanner:
    return Scanner.build({GROUP: literals, "alias": [Literal("court")]})


def live(index: WatchIndex, article: Judged) -> Found:
    scanned = scanner(index.literals()).scan(article.article.title, article.article.text)
    return list(index.matching(scanned, article).items())


def alone(watches: dict[WatchId, Query], article: Judged) -> Found:
    tried = [(watch, Trial(watches[watch]).match(article)) for watch in sorted(watches)]
    return [(watch, match) for watch, match in tried if match is not None]


def numbered(typed: Sequence[str], first: int = 1) -> dict[WatchId, Query]:
    return {WatchId(first + place): parse(query) for place, query in enumerate(typed)}


def is_query(typed: str) -> bool:
    try:
        parse(typed)
    except WatchSyntaxError:
        return False
    return True


some_queries = st.lists(queries.filter(is_query), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(some_queries, articles)
def test_live_and_test_agree_on_every_article(typed: list[str], article: Judged) -> None:
    watches = numbered(typed)
    assert live(WatchIndex.build(watches.items()), article) == alone(watches, article)


@settings(deadline=None, max_examples=60)
@given(some_queries, some_queries, st.sets(st.integers(1, 9)), articles)
def test_changes_count_at_once(
    before: list[str], more: list[str], gone: set[int], article: Judged
) -> None:
    """A scanner extended by the new literals finds what one built anew would."""
    old, new = numbered(before), numbered(more, first=4)
    removed = [WatchId(number) for number in gone]
    first = WatchIndex.build(old.items())
    changed = first.with_changes(new.items(), removed)
    kept = {watch: query for watch, query in old.items() if watch not in gone}
    expected = alone({**kept, **new}, article)

    extended = scanner(first.literals()).extended({GROUP: changed.new_literals(first)})
    scanned = extended.scan(article.article.title, article.article.text)
    assert list(changed.matching(scanned, article).items()) == expected
    assert live(WatchIndex.build((kept | new).items()), article) == expected
    assert list(first.matching(scanned, article).items()) == alone(old, article)


def test_a_removed_watch_is_silent_and_may_come_back() -> None:
    article = judged("court")
    index = WatchIndex.build(numbered(["court", "court"]).items())
    without = index.with_changes(removed=[WatchId(1)])
    again = without.with_changes(added=[(WatchId(1), parse("court"))])
    assert [watch for watch, _ in live(without, article)] == [2]
    assert [watch for watch, _ in live(again, article)] == [1, 2]
    assert [watch for watch, _ in live(again.with_changes(removed=[WatchId(1)]), article)] == [2]
    assert [watch for watch, _ in live(index, article)] == [1, 2]
    assert not live(without.with_changes(removed=[WatchId(2)]), article)


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        pytest.param("court", True, id="word"),
        pytest.param("court -chip", True, id="lacks-what-it-must"),
        pytest.param("court -rules", False, id="has-what-it-must-lack"),
        pytest.param("court -title:rules", True, id="lacks-it-in-the-title"),
        pytest.param("title:rules court", False, id="not-in-the-title"),
        pytest.param("court rules", True, id="both"),
        pytest.param("court chip", False, id="one-of-two"),
        pytest.param("court NEAR/2 rules", False, id="not-near"),
        pytest.param("court -source:npr", False, id="excluded-source"),
        pytest.param("(court -rules) OR chip", False, id="inside-a-choice"),
    ],
)
def test_the_index_judges_by_the_whole_query(typed: str, holds: bool) -> None:
    article = judged("The court", "It rules", outlet="NPR")
    assert bool(live(WatchIndex.build(numbered([typed]).items()), article)) is holds


def test_an_edited_watch_follows_its_new_query_alone() -> None:
    index = WatchIndex.build(numbered(["court"]).items())
    edited = index.with_changes(added=[(WatchId(1), parse("chip"))])
    assert not live(edited, judged("court"))
    assert live(edited, judged("chip"))


def test_many_changes_ask_for_rebuilding() -> None:
    index = WatchIndex.build([])
    assert not index.wants_rebuilding
    watches = [(WatchId(n), parse("court")) for n in range(1_001)]
    assert index.with_changes(watches).wants_rebuilding
    assert not WatchIndex.build(watches).wants_rebuilding


def test_a_word_that_a_watch_has_already_is_found_for_both() -> None:
    watches = numbered(["court chip"])
    near = {WatchId(9): parse("chip NEAR/2 court")}
    more = WatchIndex.build(watches.items()).with_changes(near.items())
    anew = WatchIndex.build((watches | near).items())
    article = judged("A court on chip rules")
    assert [watch for watch, _match in live(more, article)] == [1, 9]
    assert live(more, article) == live(anew, article)
    assert anew.literal_count == 2


@pytest.mark.parametrize(
    ("typed", "words", "tags"),
    [
        pytest.param("court", {"court"}, set(), id="word"),
        pytest.param("ai injunction", {"injunction"}, set(), id="rarer-by-length"),
        pytest.param("government dod", {"dod"}, set(), id="rarer-than-a-common-word"),
        pytest.param('ai "supply chain risk"', {"supply chain risk"}, set(), id="phrase"),
        pytest.param("ai (injunction OR memorandum)", {"injunction", "memorandum"}, set(),
                     id="one-of-each-branch"),
        pytest.param("ai OR (us injunction)", {"ai", "injunction"}, set(), id="or-of-and"),
        pytest.param("ai source:npr", set(), {"source:npr"}, id="source"),
        pytest.param("court OR entity:xai", {"court"}, {"entity:xai"}, id="word-or-entity"),
        pytest.param("ai NEAR/3 memorandum", {"memorandum"}, set(), id="rarer-side-of-near"),
        pytest.param("ai -memorandum", {"ai"}, set(), id="never-what-must-be-absent"),
    ],
)  # fmt: skip
def test_the_rarest_required_terms_are_chosen(typed: str, words: set[str], tags: set[str]) -> None:
    needed = required(parse(typed).root)
    assert needed is not None
    assert {term.text for term in needed.terms if isinstance(term, Words)} == words
    assert {term.key for term in needed.terms if isinstance(term, Tag)} == tags


@pytest.mark.parametrize("typed", ["relevance>0.9", "court OR NOT chip", "court OR relevance>0.9"])
def test_a_watch_without_a_required_term_is_tried_on_every_article(typed: str) -> None:
    assert required(parse(typed).root) is None
    assert live(WatchIndex.build(numbered([typed]).items()), judged("Court", relevance=0.95))


def test_the_same_query_is_matched_once_for_all_who_watch_it() -> None:
    watches = {WatchId(number): parse("entity:xai court") for number in range(100)}
    found = live(WatchIndex.build(watches.items()), judged("court", entities=[entity("xAI")]))
    assert [watch for watch, _ in found] == list(range(100))
    assert len({id(match) for _, match in found}) == 1
