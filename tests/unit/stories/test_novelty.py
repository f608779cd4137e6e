"""What later reports add to a told story: one sentence that stands in one of them."""

from datetime import timedelta

import pytest

from bot.model import ArticleKind, Report
from bot.stories.novelty import addition
from tests.support.alerting import MINUTE, NOON, report

TOLD = report(
    1,
    title="Agency gives the lab until Friday",
    text="The agency set a deadline of Friday for the lab to drop its limits on the model.",
)
FIGURE = "The contract that may be cancelled is worth $200 million, Chief Dana Olsen said."


def later(number: int, *summary: str, after: timedelta = MINUTE, **given: object) -> Report:
    return report(number, at=NOON + after, summary=summary, **given)


@pytest.mark.parametrize(
    ("reports", "sentence"),
    [
        pytest.param([], None, id="nothing-came"),
        pytest.param([later(2, FIGURE)], FIGURE, id="a-figure-and-a-name"),
        pytest.param(
            [later(2, "The agency set the lab a deadline of Friday.")], None, id="said-again"
        ),
        pytest.param(
            [later(2, "By Friday the agency wants the model's limits dropped.")],
            None,
            id="worded-anew",
        ),
        pytest.param(
            [later(2, "Agency staff met Lee Roy."), later(3, FIGURE)], FIGURE, id="most-wins"
        ),
        pytest.param(
            [later(2, FIGURE), later(3, FIGURE.replace("$200", "$300"))], FIGURE, id="first-wins"
        ),
        pytest.param([later(2, FIGURE, after=-MINUTE)], None, id="was-told"),
        pytest.param([later(2, FIGURE, kind=ArticleKind.OPINION)], None, id="no-news"),
        pytest.param([later(2, FIGURE[:-1] + "…")], None, id="cut"),
        pytest.param([later(2, FIGURE, relevance=0.1)], None, id="a-stray"),
        pytest.param(
            [later(2, "It is worth $200 million, Chief Dana Olsen of Calder said.")],
            None,
            id="refers-to-the-sentence-before",
        ),
        pytest.param([later(2, FIGURE * 4)], None, id="longer-than-a-line"),
    ],
)
def test_addition(reports: list[Report], sentence: str | None) -> None:
    found = addition([TOLD, *reports], NOON)

    assert (found.sentence if found else None) == sentence


def test_names_the_outlet_and_since_when() -> None:
    found = addition([TOLD, later(2, FIGURE)], NOON)

    assert found is not None
    assert (found.outlet, found.since) == ("Outlet 2", NOON)
