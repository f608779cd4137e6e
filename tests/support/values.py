"""Values made short for tests: what a test does not name does not matter to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import (
    Article,
    ArticleId,
    EntityId,
    EntityKind,
    Feed,
    FeedId,
    Judged,
    Mark,
    Mention,
    Published,
    Reason,
    RecognisedEntity,
    Reference,
    Report,
    Span,
    Story,
    StoryId,
)
from bot.model.seen import Filing

NOON = datetime(2026, 2, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def feed(url: str = "https://npr.example/feed", **given: Any) -> Feed:
    return Feed(id=FeedId(0), url=url, title=given.pop("title", "NPR"), outlet="NPR", **given)


def article(title: str = "Agency bans model", **given: Any) -> Article:
    at = given.pop("at", NOON)
    key = given.pop("key", f"https://npr.example/{title.lower().replace(' ', '-')}")
    return Article(
        key=key,
        title=title,
        canonical_url=given.pop("canonical_url", key),
        url=given.pop("url", key),
        outlet=given.pop("outlet", "NPR"),
        published=given.pop("published", Published(at=at, stated=True)),
        seen_at=given.pop("seen_at", at),
        **given,
    )


def judged(title: str = "Agency bans model", **given: Any) -> Judged:
    found = {
        name: given.pop(name)
        for name in ("entities", "relevance", "reasons", "topics", "references", "summary")
        if name in given
    }
    return Judged(article=article(title, **given), **found)


def fully_judged(title: str = "Pentagon drops Claude") -> Judged:
    """An article in which everything was found that can be."""
    entity = RecognisedEntity(
        id=EntityId("claude"),
        name="Claude",
        kind=EntityKind.PRODUCT,
        marks=frozenset({Mark.AI}),
        salient=True,
        mentions=(Mention(entity=EntityId("claude"), field="title", start=15, end=21),),
    )
    return judged(
        title,
        text="The Pentagon dropped Claude. Bill H.R. 1 is pending.",
        guid="guid-1",
        credit="AP",
        authors=("A. Writer",),
        entities=(entity,),
        relevance=0.75,
        reasons=(Reason(term="Claude", where="title", weight=0.5),),
        topics=frozenset({"ai", "defence"}),
        references=(
            Reference(
                kind="bill",
                id="hr-1-119",
                label="H.R. 1",
                url=None,
                span=Span(field="text", start=34, end=40),
            ),
        ),
        summary=("The Pentagon dropped Claude.",),
    )


def report(number: int, judged_: Judged, **given: Any) -> Report:
    return Report(id=ArticleId(number), judged=judged_, **given)


def story(number: int, *reports: Report, **given: Any) -> Story:
    times = [one.judged.article.published.at for one in reports] or [NOON]
    return Story(
        id=StoryId(number),
        reports=reports,
        title=given.pop("title", reports[0].judged.article.title if reports else "A story"),
        first_at=given.pop("first_at", min(times)),
        last_at=given.pop("last_at", max(times)),
        **given,
    )


def filing(text: str = "words") -> Filing:
    return Filing(content_hash="hash", title_words=text, text_words=text)
