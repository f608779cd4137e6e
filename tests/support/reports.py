"""Articles, judged and in stories, for tests of clustering and what follows it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.model import (
    Article,
    ArticleId,
    ArticleKind,
    EntityId,
    EntityKind,
    Judged,
    Mention,
    Published,
    RecognisedEntity,
    Report,
    Tier,
    WorkspaceId,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def judged(
    title: str,
    text: str = "",
    *,
    hours: float = 0,
    outlet: str = "Courier",
    kind: ArticleKind = ArticleKind.NEWS,
    tier: Tier = Tier.OTHER,
    relevance: float = 0.7,
    only_for: Sequence[int] = (),
    names: dict[str, str] | None = None,
    published: datetime | None = None,
    credit: str | None = None,
    summary: tuple[str, ...] = (),
) -> Judged:
    """An article `hours` after NOON; `names` are words of its title, each with its entity's id."""
    at = NOON + timedelta(hours=hours)
    article = Article(
        key=f"{outlet}/{title}/{hours}",
        title=title,
        text=text,
        outlet=outlet,
        tier=tier,
        kind=kind,
        credit=credit,
        published=Published(at=published or at, stated=True),
        seen_at=at,
        shared=not only_for,
        workspaces=frozenset(WorkspaceId(number) for number in only_for),
    )
    entities = tuple(_entity(title, *pair) for pair in (names or {}).items())
    return Judged(article=article, entities=entities, relevance=relevance, summary=summary)


def report(number: int, of: Judged, origin: int = 0) -> Report:
    """A stored article."""
    return Report(id=ArticleId(number), judged=of, origin=origin)


def _entity(title: str, word: str, entity: str) -> RecognisedEntity:
    start = title.index(word)
    mention = Mention(entity=EntityId(entity), field="title", start=start, end=start + len(word))
    return RecognisedEntity(
        id=EntityId(entity),
        name=entity,
        kind=EntityKind.AGENCY,
        marks=frozenset(),
        salient=True,
        mentions=(mention,),
    )
