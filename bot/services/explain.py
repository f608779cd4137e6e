"""Why a channel was told of a story, or what held it back: from what is stored, and by routing.

What became of an alert is read from its row. Where there is none, routing's own judgement is asked
again, at the time the report came, so that what is said here and what routing does cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.orders import Place
from bot.alerts.routing import Case, Considered, Verdict, judge
from bot.alerts.view import View
from bot.alerts.words import because, held_words
from bot.errors import PolicywireError
from bot.message import Code, Inline, Line, TimeStyle, When
from bot.model import (
    Alert,
    AlertState,
    Delivery,
    Destination,
    Entity,
    Held,
    HeldBy,
    Joined,
    Reason,
    Report,
    Subscription,
    Watch,
    WatchHits,
    WatchId,
)
from bot.services.fates import blocked_words, closed_words, joined_words, state_words, verdict_words
from bot.services.means import Means
from bot.services.places import Here
from bot.services.remedies import remedy
from bot.watches import Trial, parse
from bot.watches.catalog_names import CatalogNames

_MOST_ORDERS = 8
_UNTOLD = frozenset({AlertState.WAITING, AlertState.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How one order of the channel stands to a story: `words` say what is against it, if any."""

    order: str
    takes: bool
    words: tuple[Line, ...] = ()
    remedy: Line = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What became of a story in a channel; `because` are the terms that counted."""

    headline: Line
    because: Line = ()
    told: bool = False
    remedy: Line = ()
    """What a person can do so that such a story comes, or comes sooner."""
    stands: tuple[Stand, ...] = ()
    more: int = 0
    """Orders that are not listed."""
    direct: tuple[Line, ...] = ()
    """What became of it in the direct messages of the one who asks, where they watch for any."""


class Explainer:
    """Says what became of stories."""

    def __init__(self, means: Means) -> None:
        self._rows, self._rules, self._known = means.rows, means.rules, means.known

    async def directly(
        self,
        conn: AsyncConnection,
        here: Here,
        view: View,
        report: Report | None,
        *,
        person: str,
        now: datetime,
    ) -> tuple[Line, ...]:
        """What became of the story by the person's own watches; empty where they have none, or
        where it is their direct messages that are asked about.
        """
        if here.workspace is None:
            return ()
        all_watches = await self._rows.orders.watches_of(conn, here.workspace.id)
        watches = tuple(watch for watch in all_watches if watch.owner == person)
        if not watches or (here.destination and watches[0].destination == here.destination.id):
            return ()
        to = await self._rows.places.destination(conn, watches[0].destination)
        if to is None:
            return ()
        alert = await self._rows.alerts.one(conn, to.id, view.story.id)
        if alert is not None:
            if alert.told_at is not None:
                return (
                    ("Told to you directly on ", When(alert.told_at, TimeStyle.DATE_TIME), "."),
                )
            stood = state_words(alert, await self._delivery(conn, alert), to, now)
            return (("To you directly: ", *stood),)
        own = await self._rows.entities.of_workspace(conn, here.workspace.id)
        place = Place(workspace=here.workspace, destination=to, watches=watches)
        verdict = await self._judge(conn, place, view, report, own)
        subject = _subject(view, report)
        stands = [self._stand(one, subject, own) for one in verdict.considered[:_MOST_ORDERS]]
        return tuple((f"Your {one.order}: ", *_semicolons(one.words)) for one in stands)

    async def explain(
        self, conn: AsyncConnection, here: Here, view: View, report: Report | None, now: datetime
    ) -> Explained:
        """What became of the story here; of this one report of it where it is given."""
        if here.workspace is None or here.destination is None:
            return Explained(headline=_NOTHING_ORDERED)
        alert = await self._rows.alerts.one(conn, here.destination.id, view.story.id)
        place = await self._place(conn, here, here.destination)
        if alert is not None:
            delivery = await self._delivery(conn, alert)
            joined = joined_words(alert, view, report, delivery) if report is not None else ()
            stood = joined or state_words(alert, delivery, here.destination, now)
            closed = closed_words(alert, view, now)
            blocked = blocked_words(here.destination, alert)
            ordered = next((s for s in place.subscriptions if s.id == alert.subscription), None)
            return Explained(
                headline=(*stood, *closed, *blocked),
                because=because(alert.because),
                told=alert.state is AlertState.TOLD,
                remedy=remedy(alert.held, ordered) if alert.state in _UNTOLD else (),
            )
        if not (place.subscriptions or place.watches):
            return Explained(headline=_NOTHING_ORDERED)
        own = await self._rows.entities.of_workspace(conn, here.workspace.id)
        verdict = await self._judge(conn, place, view, report, own)
        subject = _subject(view, report)
        came = subject.judged.article.seen_at
        stands = [self._stand(one, subject, own) for one in verdict.considered]
        # What nearly took it says most.
        stands.sort(key=lambda stand: (not stand.takes, len(stand.words)))
        return Explained(
            headline=verdict_words(verdict, came),
            because=because(verdict.reasons),
            stands=tuple(stands[:_MOST_ORDERS]),
            more=max(0, len(stands) - _MOST_ORDERS),
        )

    def order_name(self, order: Subscription | Watch, own: Sequence[Entity]) -> str:
        """What people call an order."""
        if isinstance(order, Watch):
            return f"watch “{order.name or order.query}”"
        name = self._known().name_of(order.target, own)
        return f"subscription to {name} ({order.mode.value})"

    async def _place(self, conn: AsyncConnection, here: Here, destination: Destination) -> Place:
        assert here.workspace is not None
        subscriptions = await self._rows.orders.subscriptions_of(conn, here.workspace.id)
        watches = await self._rows.orders.watches_of(conn, here.workspace.id)
        return Place(
            workspace=here.workspace,
            destination=destination,
            subscriptions=tuple(s for s in subscriptions if s.destination == destination.id),
            watches=tuple(w for w in watches if w.destination == destination.id),
        )

    async def _delivery(self, conn: AsyncConnection, alert: Alert) -> Delivery | None:
        if alert.delivery is None:
            return None
        found = await self._rows.outbox.by_ids(conn, [alert.delivery])
        return found[0] if found else None

    async def _judge(
        self,
        conn: AsyncConnection,
        place: Place,
        view: View,
        report: Report | None,
        own: Sequence[Entity],
    ) -> Verdict:
        subject = _subject(view, report)
        muted = await self._rows.alerts.muted(conn, [view.story.id])
        joined = Joined(
            story=view.story,
            report=subject,
            watch_hits=_hits(place.watches, [subject] if report is not None else view.reports, own),
        )
        case = Case(
            joined=joined,
            view=view,
            place=place,
            story_muted=(place.destination.id, view.story.id) in muted,
        )
        return judge(case, subject.judged.article.seen_at, self._rules)

    def _stand(self, one: Considered, subject: Report, own: Sequence[Entity]) -> Stand:
        words: list[Line] = []
        for held in one.taken.held:
            if isinstance(one.order, Watch) and held.by is HeldBy.TARGET:
                words += [(said,) for said in self._lacking(one.order, subject, own)]
            else:
                words.append(held_words(self._named(held, own)))
        created = one.order.created_at
        if created > subject.judged.article.seen_at:
            words.append(("ordered on ", When(created, TimeStyle.DATE_TIME), ", after it came"))
        return Stand(
            order=self.order_name(one.order, own),
            takes=one.taken.now,
            words=tuple(words),
            remedy=remedy(one.taken.held, one.order),
        )

    def _lacking(self, watch: Watch, subject: Report, own: Sequence[Entity]) -> tuple[str, ...]:
        """Which terms of the query the report lacks, or has though they are excluded."""
        known = self._known()
        names = CatalogNames(known.catalog, known.topics, own)
        for given in (names, None):
            try:
                return Trial(parse(watch.query, given), own).missing(subject.judged)
            except PolicywireError:
                # A name that the catalog has no more; or saved by a version that knew more words.
                continue
        return (f"its query can no longer be read: {watch.query}",)

    def _named(self, held: Held, own: Sequence[Entity]) -> Held:
        """The rule with a name for people where routing names an id."""
        found = self._known().defined(held.subject, own) if held.subject else None
        return held if found is None else replace(held, subject=found.name)


def _semicolons(words: Sequence[Line]) -> Line:
    parts: list[Inline] = []
    for line in words or (("takes it, though it was not told",),):
        parts += ["; "] if parts else []
        parts += line
    return tuple(parts)


_NOTHING_ORDERED: Line = (
    "Nothing is ordered in this channel, so it hears of no story. ",
    Code("/subscribe"),
    " changes that. (If another channel is meant, ask there.)",
)


def _subject(view: View, report: Report | None) -> Report:
    """The report that is judged: the one asked for, else the first that is news."""
    if report is not None:
        return report
    news = (r for r in view.reports if not r.judged.article.backlog)
    return next(news, view.reports[0])


def _hits(watches: Sequence[Watch], reports: Sequence[Report], own: Sequence[Entity]) -> WatchHits:
    found: dict[WatchId, tuple[Reason, ...]] = {}
    for watch in watches:
        try:
            trial = Trial(parse(watch.query), own)
        except PolicywireError:
            # Saved by a version that knew more words: it matches nothing here, as in routing.
            continue
        for report in reports:
            match = trial.match(report.judged)
            if match is not None:
                found[watch.id] = match.reasons(report.judged.article)
                break
    return found
