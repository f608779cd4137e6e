"""What a revision tells the readers of a story."""

import pytest

from bot.model import Change, ChangeKind
from bot.pipeline.revisions import changes_between
from tests.support.values import article

TEXT = "The agency paid $5 million. It will not say more."
NOTICE = "Correction: an earlier version of this story misstated the sum."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param({}, {"title": "Agency  bans model"}, [], id="spaces"),
        pytest.param({"text": TEXT}, {"text": TEXT + " More."}, [], id="more-text"),
        pytest.param(
            {},
            {"title": "Agency allows model"},
            [(ChangeKind.HEADLINE, "Agency bans model", "Agency allows model")],
            id="headline",
        ),
        pytest.param(
            {"text": TEXT},
            {"text": f"{TEXT}\n\n{NOTICE} It was $4 million."},
            [(ChangeKind.CORRECTION, "", NOTICE)],
            id="correction",
        ),
        pytest.param(
            {"text": f"{TEXT}\n\n{NOTICE}"}, {"text": f"{TEXT} More.\n\n{NOTICE}"}, [], id="known"
        ),
        pytest.param(
            {},
            {"title": "Correction: Agency allows model"},
            [
                (ChangeKind.HEADLINE, "Agency bans model", "Correction: Agency allows model"),
                (ChangeKind.CORRECTION, "", "Correction: Agency allows model"),
            ],
            id="correction-in-the-headline",
        ),
    ],
)
def test_tells_changed_headlines_and_new_notices_of_correction(
    before: dict[str, str], after: dict[str, str], told: list[tuple[ChangeKind, str, str]]
) -> None:
    found = changes_between(
        article(**{"title": "Agency bans model", **before}),
        article(**{"title": "Agency bans model", **after}),
    )
    assert found == tuple(Change(kind=kind, before=b, after=a) for kind, b, a in told)


def test_a_notice_without_end_is_cut() -> None:
    long = article(text=f"{TEXT} Correction: it was {'very ' * 200}small.")
    [change] = changes_between(article(text=TEXT), long)
    assert len(change.after) == 300
