"""Article kinds: what only looks like opinion stays news."""

import pytest

from bot.feeds.kind import kind_of
from bot.model import ArticleKind

PAPER = "https://paper.example"
NEWS, OPINION, LIVE = ArticleKind.NEWS, ArticleKind.OPINION, ArticleKind.LIVE
ROUNDUP, EXPLAINER = ArticleKind.ROUNDUP, ArticleKind.EXPLAINER


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("Pentagon labels lab a supply-chain risk", NEWS, id="plain"),
        pytest.param("Opinion: The ban is a mistake", OPINION, id="opinion-label"),
        pytest.param("Op-Ed | Who guards the models", OPINION, id="op-ed-label"),
        pytest.param("The ban is a mistake | Editorial", OPINION, id="opinion-at-the-end"),
        pytest.param("The Guardian view on military AI: hold the line", OPINION, id="leader"),
        pytest.param("Court asks for opinion on model weights", NEWS, id="opinion-as-a-word"),
        pytest.param("Public opinion turns: a poll", NEWS, id="public-opinion"),
        pytest.param("Editorial staff strike over AI", NEWS, id="editorial-as-a-word"),
        pytest.param("Live updates: Senate hears the chief", LIVE, id="live-updates"),
        pytest.param("Senate hears the chief – as it happened", LIVE, id="as-it-happened"),
        pytest.param("Markets react to chip curbs – live", LIVE, id="live-at-the-end"),
        pytest.param("Live Nation sues over AI tickets", NEWS, id="live-as-a-name"),
        pytest.param("Agency goes live with new model", NEWS, id="goes-live"),
        pytest.param("The Download: chips, courts and chatbots", ROUNDUP, id="rubric"),
        pytest.param("This week in AI: a truce", ROUNDUP, id="this-week-in"),
        pytest.param("Morning briefing: five stories", ROUNDUP, id="briefing"),
        pytest.param("Tech roundup", ROUNDUP, id="roundup"),
        pytest.param("7 takeaways from the hearing", ROUNDUP, id="takeaways"),
        pytest.param("White House briefing turns to AI", NEWS, id="briefing-as-an-event"),
        pytest.param("Monsanto’s Roundup case and AI evidence", NEWS, id="roundup-as-a-name"),
        pytest.param("Explainer: how export controls work", EXPLAINER, id="explainer-label"),
        pytest.param("What is the Defense Production Act?", EXPLAINER, id="what-is"),
        pytest.param("What to know about the AI Act", EXPLAINER, id="what-to-know"),
        pytest.param("Why did the board act?", EXPLAINER, id="why"),
        pytest.param("A timeline of the dispute", EXPLAINER, id="timeline"),
        pytest.param("How to read the AI Act", EXPLAINER, id="how-to"),
        pytest.param("Here’s why the court ruled", EXPLAINER, id="heres-why"),
        pytest.param("The chip rule: a timeline", EXPLAINER, id="timeline-at-the-end"),
        pytest.param("Senate vote on AI: what to expect", EXPLAINER, id="what-to-expect"),
        pytest.param("Everything OpenAI announced this week", ROUNDUP, id="everything-announced"),
        pytest.param("Today’s top AI stories", ROUNDUP, id="todays-top"),
        pytest.param("Lab sues. Here’s why", NEWS, id="news-and-its-reason"),
        pytest.param("Agency says how to label models", NEWS, id="how-to-within"),
        pytest.param("Court sets timeline for appeal", NEWS, id="timeline-as-a-word"),
        pytest.param("Senator explains vote on AI bill", NEWS, id="explains"),
        pytest.param("What Congress did overnight", NEWS, id="what-without-question"),
    ],
)
def test_by_title(title: str, kind: ArticleKind) -> None:
    assert kind_of(title, f"{PAPER}/2026/02/a") is kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("/opinion/2026/02/a-ban", OPINION, id="opinion"),
        pytest.param("/commentisfree/2026/feb/20/a", OPINION, id="commentisfree"),
        pytest.param("/world/live/2026/feb/20/a", LIVE, id="live"),
        pytest.param("/2026/02/20/senate-live-updates-ai/", LIVE, id="live-slug"),
        pytest.param("/newsletters/2026/a", ROUNDUP, id="newsletters"),
        pytest.param("/explainers/what-next", EXPLAINER, id="explainers"),
        pytest.param("/news/opinion", NEWS, id="the-slug-itself-is-no-section"),
        pytest.param("/briefing-room/statements/a", NEWS, id="briefing-room"),
        pytest.param("/tech/opinionated-model", NEWS, id="part-of-a-word"),
        pytest.param("", NEWS, id="no-path"),
    ],
)
def test_by_address(path: str, kind: ArticleKind) -> None:
    assert kind_of("A ban", PAPER + path) is kind


@pytest.mark.parametrize(
    ("categories", "kind"),
    [
        pytest.param(("AI", "Opinion"), OPINION, id="opinion"),
        pytest.param(("Op Ed",), OPINION, id="spaces"),
        pytest.param(("Newsletter",), ROUNDUP, id="newsletter"),
        pytest.param(("Public Opinion",), NEWS, id="another-word"),
        pytest.param((), NEWS, id="none"),
    ],
)
def test_by_category(categories: tuple[str, ...], kind: ArticleKind) -> None:
    assert kind_of("A ban", None, categories) is kind
