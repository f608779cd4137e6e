"""Values for tests of alerts: stories told in one line, places with orders, a fixed morning."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.alerts.orders import Place
from bot.alerts.routing import Case
from bot.alerts.view import view_of
from bot.model import (
    Article,
    ArticleId,
    Destination,
    DestinationId,
    DestinationKind,
    EntityId,
    EntityKind,
    Joined,
    Judged,
    Mention,
    Mode,
    Published,
    Reason,
    RecognisedEntity,
    Report,
    Story,
    StoryId,
    Subscription,
    SubscriptionId,
    Target,
    TargetKind,
    Watch,
    WatchHits,
    WatchId,
    Workspace,
    WorkspaceId,
)

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HOME = WorkspaceId(1)


def entity(name: str, *, salient: bool = True) -> RecognisedEntity:
    """A company that an article names in its title."""
    id_ = EntityId(name.lower())
    return RecognisedEntity(
        id=id_,
        name=name,
        kind=EntityKind.COMPANY,
        marks=frozenset(),
        salient=salient,
        mentions=(Mention(entity=id_, field="title", start=0, end=len(name)),),
    )


def report(number: int = 1, **given: Any) -> Report:
    """A relevant report naming Anthropic, by outlet and origin of its own, a minute ago."""
    at = given.pop("at", NOON - MINUTE)
    judged = {
        "entities": given.pop("entities", (entity("Anthropic"),)),
        "relevance": given.pop("relevance", 0.7),
        "topics": given.pop("topics", frozenset({"military-ai"})),
        "references": given.pop("references", ()),
        "summary": given.pop("summary", ("The agency set a deadline.",)),
        "reasons": (Reason(term="injunction", where="title", weight=0.4),),
    }
    origin = given.pop("origin", number)
    article = {
        "key": f"https://outlet{number}.test/{given.get('title', 'story')}",
        "url": f"https://outlet{number}.test/story",
        "title": f"Title {number}",
        "outlet": f"Outlet {number}",
        "published": Published(at=at, stated=True),
        "seen_at": at,
        **given,
    }
    return Report(
        id=ArticleId(number), judged=Judged(article=Article(**article), **judged), origin=origin
    )


def story(*reports: Report, id_: int = 1, **given: Any) -> Story:
    """A story of these reports (one by default)."""
    reports = reports or (report(),)
    times = [r.judged.article.seen_at for r in reports]
    values: dict[str, Any] = {
        "title": reports[0].judged.article.title,
        "summary": reports[0].judged.summary,
        "first_at": min(times),
        "last_at": max(times),
        "relevance": max(r.judged.relevance for r in reports),
        "best": reports[0].id,
        **given,
    }
    return Story(id=StoryId(id_), reports=reports, **values)


def joined(of: Story | None = None, **given: Any) -> Joined:
    """The story's last report has just joined."""
    of = of or story()
    values: dict[str, Any] = {"last_good": NOON - 10 * MINUTE, "began": len(of.reports) == 1}
    return Joined(story=of, report=of.reports[-1], **{**values, **given})


def watch_hit(number: int = 1) -> WatchHits:
    """The watch of that number matched."""
    return {WatchId(number): (Reason(term="deepseek", where="title", weight=1.0),)}


def subscription(
    number: int = 1, kind: TargetKind = TargetKind.ALL, to: str = "", **given: Any
) -> Subscription:
    """An instant subscription, a month old, to all AI policy unless told otherwise."""
    values: dict[str, Any] = {
        "target": Target(kind=kind, id=to),
        "created_at": NOON - timedelta(days=30),
        **given,
    }
    return Subscription(
        id=SubscriptionId(number), destination=DestinationId(1), workspace=HOME, **values
    )


def digest(number: int = 9, mode: Mode = Mode.DAILY, **given: Any) -> Subscription:
    """A daily digest at 08:00."""
    return subscription(number, mode=mode, **given)


def watch(number: int = 1, **given: Any) -> Watch:
    """A watch for DeepSeek."""
    values: dict[str, Any] = {
        "name": "deepseek",
        "query": "deepseek",
        "created_at": NOON - timedelta(days=30),
        **given,
    }
    return Watch(id=WatchId(number), destination=DestinationId(1), workspace=HOME, **values)


def place(
    *orders: Subscription | Watch, workspace: dict[str, Any] | None = None, **destination: Any
) -> Place:
    """A channel with these orders, subscribed to everything by default."""
    orders = orders or (subscription(),)
    return Place(
        workspace=Workspace(id=HOME, platform="console", external_id="home", **(workspace or {})),
        destination=Destination(
            **{
                "id": DestinationId(1),
                "workspace": HOME,
                "platform": "console",
                "channel": "news",
                "kind": DestinationKind.CHANNEL,
                **destination,
            }
        ),
        subscriptions=tuple(o for o in orders if isinstance(o, Subscription)),
        watches=tuple(o for o in orders if isinstance(o, Watch)),
    )


def case(of: Joined | None = None, at: Place | None = None, **given: Any) -> Case:
    """What a judgement reads."""
    of, at = of or joined(), at or place()
    view = view_of(of.story, at.workspace.id)
    assert view is not None
    return Case(joined=of, view=view, place=at, **given)


def reprints(count: int, *, apart: timedelta = MINUTE, **given: Any) -> Sequence[Report]:
    """Reports of so many independent origins, one after the other, the last a minute ago."""
    return [report(n, at=NOON - MINUTE - (count - n) * apart, **given) for n in range(1, count + 1)]
