"""Which dates of stories are told, and in whose words."""

from datetime import UTC, date, datetime

import pytest

from bot.model import ArticleKind, Deadline, StoryId, Tier
from bot.services.deadlines import lines_of
from bot.store.deadlines import Due

OWN = "Judge Mara Velten hears the Oradyne motion on March 12."
ROUNDUP = "Five things tonight: Oradyne goes to court on March 12; trams are late."


def due(sentence: str, story: int, kind: ArticleKind = ArticleKind.NEWS, day: int = 12) -> Due:
    return Due(
        deadline=Deadline(day=date(2026, 3, day), sentence=sentence, start=0, end=1),
        story=StoryId(story),
        outlet="Brel Post",
        tier=Tier.OTHER,
        title="News of Monday",
        url=None,
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        kind=kind,
    )


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param([due(ROUNDUP, 2, ArticleKind.ROUNDUP), due(OWN, 1)], [OWN], id="repeated"),
        pytest.param(
            [due(OWN, 1), due("Five things: Fenwick answers on March 12.", 2, ArticleKind.ROUNDUP)],
            [OWN, "Five things: Fenwick answers on March 12."],
            id="another-matter",
        ),
        pytest.param(
            [due(ROUNDUP, 2, ArticleKind.ROUNDUP), due(OWN, 1, day=13)],
            [ROUNDUP, OWN],
            id="another-day",
        ),
        pytest.param([due(ROUNDUP, 2, ArticleKind.ROUNDUP)], [ROUNDUP], id="told-by-it-alone"),
        pytest.param([due(ROUNDUP, 1, ArticleKind.ROUNDUP), due(OWN, 1)], [OWN], id="of-one-story"),
        pytest.param([due(OWN, 1), due(ROUNDUP, 2)], [OWN, ROUNDUP], id="no-roundup"),
    ],
)
def test_a_roundup_does_not_repeat_what_a_report_says_is_due(
    found: list[Due], told: list[str]
) -> None:
    lines = lines_of(found, {due.story: due.story for due in found})
    assert [line.deadline.sentence for line in lines] == told
