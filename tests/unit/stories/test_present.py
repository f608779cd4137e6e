"""What a story shows: the best report's words, frozen once told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import ArticleId, ArticleKind, Judged, Story, StoryId, Tier
from bot.stories.present import best_report, is_corrected, present
from tests.support.reports import NOON, judged, report


def story(*articles: Judged, frozen: bool = False, best: int = 1) -> Story:
    reports = tuple(report(number, of) for number, of in enumerate(articles, 1))
    shown = reports[best - 1].judged
    return Story(
        id=StoryId(1),
        reports=reports,
        title=shown.article.title,
        summary=shown.summary,
        first_at=NOON,
        last_at=NOON,
        frozen_at=NOON if frozen else None,
        best=ArticleId(best),
    )


OTHER = judged("A paper tells of the ruling", summary=("Paper.",), outlet="Paper")
WIRE = judged("A wire tells of the ruling", summary=("Wire.",), tier=Tier.WIRE, outlet="Wire")
COURT = judged("The court tells of the ruling", summary=("Court.",), tier=Tier.PRIMARY)


@pytest.mark.parametrize(
    ("articles", "title"),
    [
        pytest.param([OTHER, WIRE, COURT], COURT.article.title, id="primary-source-first"),
        pytest.param([OTHER, WIRE], WIRE.article.title, id="then-wire"),
        pytest.param(
            [judged("What I think of the ruling", kind=ArticleKind.OPINION, tier=Tier.WIRE), OTHER],
            OTHER.article.title,
            id="news-before-other-kinds",
        ),
        pytest.param(
            [OTHER, judged("A better paper tells of it", relevance=0.9)],
            "A better paper tells of it",
            id="most-relevant",
        ),
        pytest.param(
            [judged("Port strike drags on", tier=Tier.WIRE, relevance=0.1), OTHER],
            OTHER.article.title,
            id="what-is-no-ai-policy-gives-no-face",
        ),
        pytest.param(
            [judged("1:26-cv-01996 ORR v. DUNN et al.: Order", tier=Tier.PRIMARY), OTHER],
            OTHER.article.title,
            id="a-file-number-is-no-headline",
        ),
        pytest.param(
            [judged("A letter to subscribers of ours", tier=Tier.PRIMARY, only_for=[7]), OTHER],
            OTHER.article.title,
            id="what-all-may-see-first",
        ),
        pytest.param(
            [judged("A letter to subscribers of ours", only_for=[7])],
            "A letter to subscribers of ours",
            id="private-where-nothing-else-is",
        ),
    ],
)
def test_the_best_source_gives_title_and_summary(articles: list[Judged], title: str) -> None:
    assert present(story(*articles), NOON).title == title


def test_a_best_report_without_text_borrows_a_summary() -> None:
    bare = judged("The court tells of the ruling", tier=Tier.PRIMARY)
    shown = present(story(OTHER, bare), NOON)
    assert (shown.title, shown.summary, shown.best) == (bare.article.title, ("Paper.",), 2)


class TestFrozenAtTheFirstAlert:
    def test_another_report_of_its_tier_changes_nothing(self) -> None:
        louder = judged("A louder paper tells of it", relevance=1.0, summary=("Loud.",))
        shown = present(story(OTHER, louder, frozen=True), NOON + timedelta(minutes=5))
        assert (shown.title, shown.summary, shown.best) == (OTHER.article.title, ("Paper.",), 1)

    @pytest.mark.parametrize(
        ("minutes", "best"),
        [pytest.param(60, 2, id="within-the-hour"), pytest.param(61, 1, id="after-it")],
    )
    def test_a_better_tier_within_the_hour(self, minutes: int, best: int) -> None:
        shown = present(story(OTHER, WIRE, frozen=True), NOON + timedelta(minutes=minutes))
        assert shown.best == best

    def test_a_correction_of_the_shown_article(self) -> None:
        told = story(OTHER, frozen=True)
        mended = replace(
            OTHER,
            article=replace(
                OTHER.article,
                title="A paper tells of the ruling, by two judges",
                text="Correction: an earlier version misstated the number of judges.",
            ),
        )
        shown = present(replace(told, reports=(report(1, mended),)), NOON + timedelta(hours=30))
        assert shown.title == mended.article.title

    def test_a_new_headline_without_a_correction_changes_nothing(self) -> None:
        told = story(OTHER, frozen=True)
        spiced = replace(OTHER, article=replace(OTHER.article, title="You will not believe it"))
        assert present(replace(told, reports=(report(1, spiced),)), NOON).title == told.title


def test_a_file_number_gives_way_to_the_first_headline_even_when_told() -> None:
    filed = judged("1:26-cv-01996 ORR v. DUNN et al.: Order", tier=Tier.PRIMARY)
    told = story(filed, OTHER, frozen=True)
    assert present(told, NOON + timedelta(hours=5)).title == OTHER.article.title


def test_a_story_whose_reports_are_gone_keeps_its_words() -> None:
    left = replace(story(OTHER), reports=())
    assert present(left, NOON).title == OTHER.article.title
    assert best_report(left) is None


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        pytest.param("CORRECTED-Judge blocks order", "", True, id="wire-style"),
        pytest.param("Judge", "Text. Correction (March 3): it was two.", True, id="notice"),
        pytest.param("Judge", "An earlier version misstated the date.", True, id="sentence"),
        pytest.param("Corrections officers strike", "They walked out.", False, id="prisons"),
        pytest.param("Market correction", "A correction of 9% came.", False, id="markets"),
    ],
)
def test_notices_of_correction(title: str, text: str, is_one: bool) -> None:
    assert is_corrected(judged(title, text).article) is is_one


LEAD = "Calder's council voted 9-4 on Tuesday to ban face scans on buses."
ADDED = "Mayor Ines Quarles of Calder has ten days to sign the ban or veto it."


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        pytest.param(
            judged("Mayor weighs", summary=(ADDED,), outlet="B"), (LEAD, ADDED), id="adds"
        ),
        pytest.param(
            judged("Vote", summary=("The vote on Calder's buses was 9-4.",), outlet="B"),
            (LEAD,),
            id="adds-nothing",
        ),
        pytest.param(
            judged(
                "Ban", summary=("Calder's lawmakers forbid cameras that know faces.",), outlet="B"
            ),
            (LEAD,),
            id="the-same-in-other-words",
        ),
        pytest.param(
            judged("Mayor", summary=("She has ten days to sign Calder's ban or veto it.",)),
            (LEAD,),
            id="cannot-stand-alone",
        ),
        pytest.param(
            judged("Mayor", summary=(ADDED,), kind=ArticleKind.OPINION), (LEAD,), id="opinion"
        ),
        pytest.param(judged("Mayor", summary=(ADDED,), relevance=0.1), (LEAD,), id="other-matter"),
        pytest.param(
            judged("Mayor", summary=(ADDED + " Calder" * 40 + ".",)), (LEAD,), id="no-room"
        ),
    ],
)
def test_one_sentence_of_the_best_is_joined_by_what_another_origin_adds(
    other: Judged, shown: tuple[str, ...]
) -> None:
    best = judged("Calder bans scans", summary=(LEAD,), tier=Tier.WIRE, outlet="Wire")
    both = (report(1, best, origin=0), report(2, other, origin=1))
    assert present(replace(story(best), reports=both), NOON).summary == shown


TEASER = "The company fears for its contract."


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        pytest.param(judged("Vote", summary=(LEAD,), outlet="B"), (LEAD,), id="another-can"),
        pytest.param(
            judged("Vote", summary=("It voted.",), outlet="B"), (TEASER,), id="no-other-can"
        ),
        pytest.param(
            judged("Vote", summary=(LEAD,), kind=ArticleKind.OPINION), (TEASER,), id="opinion"
        ),
    ],
)
def test_a_teaser_that_cannot_be_read_alone_gives_way(
    other: Judged, shown: tuple[str, ...]
) -> None:
    best = judged("Calder bans scans", summary=(TEASER,), tier=Tier.WIRE, outlet="Wire")
    both = (report(1, best, origin=0), report(2, other, origin=1))
    assert present(replace(story(best), reports=both), NOON).summary == shown


def test_a_reprint_adds_nothing() -> None:
    best = judged("Calder bans scans", summary=(LEAD,), tier=Tier.WIRE, outlet="Wire")
    copy = report(2, judged("Mayor weighs", summary=(ADDED,), outlet="B"), origin=0)
    both = (report(1, best, origin=0), copy)
    assert present(replace(story(best), reports=both), NOON).summary == (LEAD,)
