"""DESIGN's rules for stories: what joins, what stays apart, and what leaves no trace."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot.model import ArticleKind, Judged, Report, Story, StoryId
from bot.stories.clustering import STORY_WINDOW, Assignment, Clusterer
from bot.stories.weights import load_weights
from tests.support.reports import NOON, judged, report

ROOT = Path(__file__).parents[3]

SUES = "Open Streets Alliance sues Calder over face scans on buses"
SUES_TEXT = (
    "The Open Streets Alliance asked a judge on Monday to have all face templates destroyed."
)
SUED = "Calder sued by Open Streets Alliance over face scanning on its buses"
SUED_TEXT = (
    "A suit by the Open Streets Alliance demands that Calder destroy face templates of riders."
)
RESIGNS = "Calder transit police chief Walter Oduya resigns over face scans on buses"
RESIGNS_TEXT = "Oduya stepped down after eleven years; his deputy Lena Farrow takes over in Calder."


def fresh() -> Clusterer:
    return Clusterer(*load_weights(ROOT / "config" / "story-weights.yaml"))


def place(clusterer: Clusterer, articles: Iterable[Judged], first: int = 1) -> list[int]:
    """The story of each article, each in a batch of its own."""
    return [int(take(clusterer, of, n)) for n, of in enumerate(articles, first)]


def take(clusterer: Clusterer, of: Judged, number: int) -> StoryId:
    now = of.article.seen_at
    batch = clusterer.begin()
    found = batch.assign(of, now)
    story = StoryId(number) if found.story is None else found.story
    batch.join(report(number, of), story, now)
    clusterer.commit(batch)
    return story


def ask(clusterer: Clusterer, of: Judged) -> Assignment:
    return clusterer.begin().assign(of, of.article.seen_at)


def stored(articles: Sequence[Judged], stories: Sequence[int]) -> list[Story]:
    """The stories as a database would give them back."""
    groups: dict[int, list[Report]] = {}
    for number, (of, story) in enumerate(zip(articles, stories, strict=True), 1):
        groups.setdefault(story, []).append(report(number, of))
    return [
        Story(
            id=StoryId(story),
            reports=tuple(reports),
            title=reports[0].judged.article.title,
            first_at=reports[0].judged.article.seen_at,
            last_at=reports[-1].judged.article.seen_at,
        )
        for story, reports in groups.items()
    ]


def saga() -> list[Judged]:
    events = yaml.safe_load((ROOT / "bench" / "saga-bus-cameras.yaml").read_text("utf-8"))
    found = []
    for event in events.values():
        for at, outlet, title, text in event["reports"]:
            hours = (datetime.fromisoformat(at) - NOON).total_seconds() / 3600
            found.append(judged(title, text, hours=hours, outlet=outlet))
    return sorted(found, key=lambda of: of.article.seen_at)


def test_reports_of_one_event_join_with_the_reason_why() -> None:
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT)])
    found = ask(clusterer, judged(SUED, SUED_TEXT, hours=1, outlet="Ledger"))
    assert found.story == 1
    assert found.score >= 0.35
    assert {"Calder", "sued"} <= {reason.term for reason in found.reasons}
    assert all(0 < reason.weight <= 1 for reason in found.reasons)


def test_the_reason_says_a_name_once_and_no_scraps_of_numbers() -> None:
    clusterer = fresh()
    told = "In No. 1:26-cv-091 Judge Lena Farrow stayed the ban of Calder on face scans."
    place(clusterer, [judged("Calder ban on face scans stayed by Lena Farrow", told)])
    found = ask(
        clusterer,
        judged("Judge stays the Calder ban on face scans", told, hours=1, outlet="Ledger"),
    )
    said = {reason.term for reason in found.reasons}
    assert found.story == 1
    assert not said & {"cv", "1", "Farrow", "Lena"}, said


def test_an_outlet_that_told_an_event_needs_more_likeness_to_tell_it_again() -> None:
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT, outlet="Ledger")])
    again = ask(clusterer, judged(SUED, SUED_TEXT, hours=1, outlet="LEDGER"))
    other = ask(clusterer, judged(SUED, SUED_TEXT, hours=1, outlet="Courier"))
    assert other.story == 1
    assert again.score < other.score


def test_nobody_is_the_same_outlet_as_nobody() -> None:
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT, outlet="")])
    assert ask(clusterer, judged(SUED, SUED_TEXT, hours=1, outlet="")).story == 1


def test_same_people_and_different_event_stay_apart() -> None:
    articles = [judged(SUES, SUES_TEXT), judged(RESIGNS, RESIGNS_TEXT, hours=3)]
    assert place(fresh(), articles) == [1, 2]


def test_names_of_one_entity_count_as_one() -> None:
    def joined(names: bool) -> float:
        clusterer = fresh()
        one = judged("Pentagon drops Anthropic", names={"Pentagon": "dod"} if names else None)
        other = judged(
            "Anthropic dropped by War Department",
            hours=1,
            names={"War Department": "dod"} if names else None,
        )
        place(clusterer, [one])
        batch = clusterer.begin()
        return batch.assign(other, other.article.seen_at).score

    assert joined(names=True) > joined(names=False)


def test_a_story_closes_72_hours_after_its_last_article() -> None:
    again = STORY_WINDOW.total_seconds() / 3600
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT)])
    assert ask(clusterer, judged(SUES, SUES_TEXT, hours=again + 0.1)).story is None
    assert ask(clusterer, judged(SUES, SUES_TEXT, hours=1)).story == 1
    place(clusterer, [judged(SUES, SUES_TEXT, hours=40)], first=2)
    assert ask(clusterer, judged(SUES, SUES_TEXT, hours=again + 0.1)).story == 1


WIRED = (
    "CALDER (Federated Press) - The Open Streets Alliance asked a judge on Monday to have all face"
    " templates of bus riders destroyed and 212 cameras switched off until the city has explained"
    " how they were bought. Its lawyer Lena Farrow said that drivers, pupils and nurses had been"
    " filmed for eleven months without notice, a charge that the transit agency denies. Engineers"
    " of the supplier, Veridane, told auditors in spring that half of its matches were wrong."
)
RULED = "Judge Amara Voss told Calder on Friday to shut them down and keep every file for trial."


@pytest.mark.parametrize(
    ("title", "text", "is_reprint"),
    [
        pytest.param("Riders' group wants 212 bus cameras off", WIRED, True, id="other-headline"),
        pytest.param(SUES, WIRED.partition(" - ")[2], True, id="no-dateline"),
        pytest.param(SUES, WIRED.replace("212", "340"), False, id="another-figure"),
        pytest.param("Judge orders Calder's cameras off", f"{RULED} {WIRED}", False, id="update"),
        pytest.param("Snow closes schools in Lorain", WIRED, False, id="a-frame-around-others"),
        pytest.param(SUES, " ".join(sorted(WIRED.split())), False, id="other-order"),
    ],
)
def test_a_reprint_joins_its_story_even_when_closed(
    title: str, text: str, is_reprint: bool
) -> None:
    late = STORY_WINDOW.total_seconds() / 3600 + 60
    clusterer = fresh()
    place(clusterer, [judged(SUES, WIRED)])
    assert (ask(clusterer, judged(title, text, hours=late)).story == 1) is is_reprint


def test_a_late_reprint_opens_no_closed_story() -> None:
    late = STORY_WINDOW.total_seconds() / 3600 + 10
    clusterer = fresh()
    place(clusterer, [judged(SUES, WIRED), judged(SUES, WIRED, hours=late)])
    assert ask(clusterer, judged(SUED, SUED_TEXT, hours=late + 1)).story is None


def test_what_was_merged_by_hand_is_open_however_far_apart() -> None:
    late = STORY_WINDOW.total_seconds() / 3600 + 10
    clusterer = fresh()
    clusterer.restore(stored([judged(SUES, WIRED), judged(SUED, SUED_TEXT, hours=late)], [1, 1]))
    assert ask(clusterer, judged(SUED, SUED_TEXT, hours=late + 1)).story == 1


def test_the_same_articles_in_the_same_order_give_the_same_stories() -> None:
    assert place(fresh(), saga()) == place(fresh(), saga())


def test_tells_the_turns_of_a_saga_apart() -> None:
    articles = saga()
    stories = place(fresh(), articles)
    by_title = dict(zip((of.article.title for of in articles), stories, strict=True))
    assert (
        by_title["Quarles vetoes ban on face recognition"]
        == by_title["Mayor's veto stops camera ban"]
    )
    assert (
        by_title["Transport committee backs ban on face recognition, 5 to 2"]
        != by_title["Council passes camera ban, 9 to 4"]
        != by_title["Council overrides mayor, 10 to 3: face recognition is banned"]
    )


def test_a_dropped_batch_leaves_no_trace() -> None:
    articles = saga()
    disturbed, calm = fresh(), fresh()
    stories = []
    for number, of in enumerate(articles, 1):
        dropped = disturbed.begin()
        for other in articles[::7]:
            dropped.join(report(900, other), StoryId(900), of.article.seen_at)
        dropped.join(report(901, of), StoryId(1), of.article.seen_at)
        stories.append(int(take(disturbed, of, number)))
    assert stories == place(calm, articles)
    assert disturbed.live == calm.live


def test_a_batch_sees_its_own_joins() -> None:
    clusterer = fresh()
    batch = clusterer.begin()
    first = judged(SUES, SUES_TEXT)
    batch.join(report(1, first), StoryId(1), NOON)
    assert batch.assign(judged(SUED, SUED_TEXT), NOON).story == 1
    assert ask(clusterer, judged(SUED, SUED_TEXT)).story is None
    clusterer.commit(batch)
    assert ask(clusterer, judged(SUED, SUED_TEXT)).story == 1


def test_one_batch_of_many_equals_many_batches_of_one() -> None:
    articles = saga()
    clusterer = fresh()
    batch = clusterer.begin()
    stories = []
    for number, of in enumerate(articles, 1):
        now = of.article.seen_at
        story = batch.assign(of, now).story or StoryId(number)
        batch.join(report(number, of), story, now)
        stories.append(int(story))
    clusterer.commit(batch)
    assert stories == place(fresh(), articles)


def test_a_batch_that_began_before_another_commit_is_refused() -> None:
    clusterer = fresh()
    late = clusterer.begin()
    clusterer.commit(clusterer.begin())
    with pytest.raises(ValueError, match="another batch"):
        clusterer.commit(late)


def test_restored_from_stored_stories_it_decides_as_before() -> None:
    articles = saga()
    half = len(articles) // 2
    live = fresh()
    stories = place(live, articles[:half])
    restored = fresh()
    restored.restore(reversed(stored(articles[:half], stories)))
    assert restored.live == live.live
    for of in articles[half:]:
        assert ask(restored, of) == ask(live, of)
    assert place(restored, articles[half:], half + 1) == place(live, articles[half:], half + 1)


def test_a_merged_story_is_not_restored() -> None:
    [story] = stored([judged(SUES, SUES_TEXT)], [1])
    clusterer = fresh()
    merged = Story(
        id=story.id,
        reports=story.reports,
        title=story.title,
        first_at=story.first_at,
        last_at=story.last_at,
        merged_into=StoryId(9),
    )
    clusterer.restore([merged])
    assert clusterer.live == 0


@pytest.mark.parametrize(
    "kind", [ArticleKind.OPINION, ArticleKind.LIVE, ArticleKind.ROUNDUP, ArticleKind.EXPLAINER]
)
def test_what_is_no_news_is_listed_but_never_pulls_two_together(kind: ArticleKind) -> None:
    both = judged(
        f"{SUES}; {RESIGNS}", f"{SUES_TEXT} {RESIGNS_TEXT}", hours=0.5, kind=kind, outlet="Ledger"
    )
    listed = judged(SUES, SUES_TEXT, hours=0.6, kind=kind, outlet="Radio")
    resigns = judged(RESIGNS, RESIGNS_TEXT, hours=1)
    with_it, without = fresh(), fresh()
    stories = place(with_it, [judged(SUES, SUES_TEXT), both, listed, resigns])
    assert stories[2] == 1
    place(without, [judged(SUES, SUES_TEXT)])
    plain = ask(without, resigns)
    assert plain.story is None
    assert stories[3] == 4


def test_a_column_in_two_papers_is_one_story_that_no_news_joins() -> None:
    def column(outlet: str) -> Judged:
        return judged(SUES, SUES_TEXT, kind=ArticleKind.OPINION, outlet=outlet)

    assert place(fresh(), [column("A"), column("B"), judged(SUED, SUED_TEXT)]) == [1, 1, 3]


class TestTenancy:
    def test_a_private_article_joins_a_shared_story_and_never_shapes_it(self) -> None:
        shared = judged(SUES, SUES_TEXT)
        private = judged(SUED, SUED_TEXT, hours=1, only_for=[7])
        with_it, without = fresh(), fresh()
        assert place(with_it, [shared, private]) == [1, 1]
        place(without, [shared])
        for later in (judged(SUED, SUED_TEXT, hours=2), judged(RESIGNS, RESIGNS_TEXT, hours=2)):
            assert ask(with_it, later) == ask(without, later)

    def test_shared_articles_are_grouped_as_if_private_ones_did_not_exist(self) -> None:
        articles = saga()
        mixed: list[Judged] = []
        for number, of in enumerate(articles):
            if number % 3 == 0:
                article = of.article
                mixed.append(
                    judged(
                        article.title,
                        article.text,
                        hours=(article.seen_at - NOON).total_seconds() / 3600,
                        only_for=[1 + number % 2],
                        outlet="Newsletter",
                    )
                )
            mixed.append(of)

        def partition(pairs: Iterable[tuple[Judged, int]]) -> set[frozenset[str]]:
            groups: dict[int, set[str]] = {}
            for of, story in pairs:
                groups.setdefault(story, set()).add(of.article.title)
            return {frozenset(group) for group in groups.values()}

        with_private = zip(mixed, place(fresh(), mixed), strict=True)
        shared = [(of, story) for of, story in with_private if of.article.shared]
        assert partition(shared) == partition(zip(articles, place(fresh(), articles), strict=True))

    def test_a_shared_article_adopts_the_private_story_of_its_event(self) -> None:
        articles = [
            judged(SUES, SUES_TEXT, only_for=[7]),
            judged(SUED, SUED_TEXT, hours=1),
            judged(SUED, SUED_TEXT, hours=2, outlet="Ledger"),
        ]
        assert place(fresh(), articles) == [1, 1, 1]

    def test_a_private_story_is_not_joined_by_what_another_workspace_sees(self) -> None:
        articles = [
            judged(SUES, SUES_TEXT, only_for=[7]),
            judged(SUED, SUED_TEXT, hours=1, only_for=[8]),
            judged(SUED, SUED_TEXT, hours=1, only_for=[7, 8], outlet="Ledger"),
            judged(SUED, SUED_TEXT, hours=1, only_for=[8], outlet="Radio"),
        ]
        assert place(fresh(), articles)[:3] == [1, 2, 3]
        assert place(fresh(), articles)[3] in {2, 3}


def test_an_article_dated_2099_or_1970_ends_no_story() -> None:
    odd = [
        judged("Printer calibration test page", published=datetime(2099, 1, 1, tzinfo=UTC)),
        judged("Epoch begins", published=datetime(1970, 1, 1, tzinfo=UTC)),
    ]
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT), *odd])
    for number in range(60):
        far = judged("Clock gone wild", hours=24 * 365 * 70 if number == 30 else 0)
        take(clusterer, far, 10 + number)
    assert ask(clusterer, judged(SUED, SUED_TEXT, hours=1)).story == 1


def test_closed_stories_are_forgotten_unless_a_saga_may_go_on() -> None:
    clusterer = fresh()
    place(
        clusterer,
        [judged(SUES, SUES_TEXT, relevance=0.8), judged("Plum cake wins fair", relevance=0.0)],
    )
    for number in range(60):
        take(clusterer, judged(f"Item{number} quux{number}", hours=24 * 8), 10 + number)
    live = clusterer.live
    for number in range(60):
        take(clusterer, judged(f"Item{number} quuz{number}", hours=24 * 60), 100 + number)
    assert live == 61
    assert clusterer.live == 60


class TestPredecessor:
    def test_a_new_story_names_the_one_that_it_follows(self) -> None:
        clusterer = fresh()
        names = {"Calder": "calder", "Open Streets Alliance": "open-streets"}
        place(
            clusterer,
            [
                judged("Plum cake wins the county fair", hours=-2),
                judged(SUES, SUES_TEXT, names=names),
            ],
        )
        settles = judged(
            "Calder settles with Open Streets Alliance, will destroy face templates",
            "The deal with the Open Streets Alliance costs Calder $2.6 million.",
            hours=24 * 6,
            names=names,
        )
        found = ask(clusterer, settles)
        assert (found.story, found.predecessor) == (None, 2)

    def test_a_story_of_something_else_follows_none(self) -> None:
        clusterer = fresh()
        place(clusterer, [judged(SUES, SUES_TEXT)])
        assert ask(clusterer, judged("Plum cake wins the county fair", hours=5)) == Assignment(
            story=None
        )

    def test_nothing_follows_what_came_later(self) -> None:
        clusterer = fresh()
        place(clusterer, [judged(SUES, SUES_TEXT, hours=24 * 10)])
        assert ask(clusterer, judged(SUED, SUED_TEXT)).predecessor is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("Up", "", id="one-word"),
        pytest.param("the of and", "it is", id="only-fillers"),
        pytest.param("x" * 10_000, "word " * 400_000, id="two-megabytes"),
        pytest.param("a\ud800b", "\udfff c", id="lone-surrogates"),
        pytest.param("これは日本語", "です。" * 50, id="japanese"),
    ],
)
def test_odd_articles_get_a_story_of_their_own(title: str, text: str) -> None:
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT)])
    assert place(clusterer, [judged(title, text, hours=1)], first=2) == [2]


def test_the_clock_may_go_back() -> None:
    clusterer = fresh()
    articles = [judged(SUES, SUES_TEXT, hours=h) for h in (100, 0, 101, 1)]
    assert place(clusterer, articles) == [1, 2, 1, 2]


def test_a_later_date_than_now_counts_as_now() -> None:
    clusterer = fresh()
    place(clusterer, [judged(SUES, SUES_TEXT)])
    tomorrow = judged(SUED, SUED_TEXT, hours=1, published=NOON + timedelta(days=30))
    assert ask(clusterer, tomorrow).story == 1


@pytest.mark.parametrize(
    ("relevance", "days", "live"),
    [
        pytest.param(0.1, 4, 0, id="old-and-no-ai-policy-takes-no-room"),
        pytest.param(0.8, 4, 1, id="old-ai-policy-may-open-a-saga"),
        pytest.param(0.1, 2, 1, id="a-story-that-is-still-open-is-live"),
    ],
)
def test_a_backlog_whose_stories_are_over(relevance: float, days: int, live: int) -> None:
    clusterer = fresh()
    old = [
        judged(title, text, relevance=relevance, published=NOON - timedelta(days=days))
        for title, text in ((SUES, SUES_TEXT), (SUED, SUED_TEXT))
    ]
    place(clusterer, old)
    assert clusterer.live == live
    again = fresh()
    again.restore(stored(old, [1, 1 if live else 2]))
    assert again.live == live
