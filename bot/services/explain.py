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
    DeliveryState,
    Destination,
    Entity,
    Held,
    HeldBy,
    Joined,
    Report,
    Subscription,
    Watch,
    WatchHit,
)
from bot.services.means import Means
from bot.services.places import Here
from bot.stories.clustering import STORY_WINDOW
from bot.watches import Trial, parse
from bot.watches.catalog_names import CatalogNames

_MOST_ORDERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How one order of the channel stands to a story: `words` say what is against it, if any."""

    order: str
    takes: bool
    words: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What became of a story in a channel; `because` are the terms that counted."""

    headline: Line
    because: Line = ()
    stands: tuple[Stand, ...] = ()
    more: int = 0
    """Orders that are not listed."""


class Explainer:
    """Says what became of stories."""

    def __init__(self, means: Means) -> None:
        self._rows, self._rules, self._known = means.rows, means.rules, means.known

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
            closed = _closed_words(alert, view, now)
            blocked = _blocked_words(here.destination, alert)
            return Explained(
                headline=(*_state_words(alert, delivery), *closed, *blocked),
                because=because(alert.because),
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
            headline=_verdict_words(verdict, came),
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
        return Stand(order=self.order_name(one.order, own), takes=one.taken.now, words=tuple(words))

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


_NOTHING_ORDERED: Line = (
    "Nothing is ordered in this channel, so it hears of no story. ",
    Code("/subscribe"),
    " changes that.",
)


def _subject(view: View, report: Report | None) -> Report:
    """The report that is judged: the one asked for, else the first that is news."""
    if report is not None:
        return report
    news = (r for r in view.reports if not r.judged.article.backlog)
    return next(news, view.reports[0])


def _hits(
    watches: Sequence[Watch], reports: Sequence[Report], own: Sequence[Entity]
) -> tuple[WatchHit, ...]:
    found: list[WatchHit] = []
    for watch in watches:
        try:
            trial = Trial(parse(watch.query), own)
        except PolicywireError:
            # Saved by a version that knew more words: it matches nothing here, as in routing.
            continue
        for report in reports:
            match = trial.match(report.judged)
            if match is not None:
                reasons = match.reasons(report.judged.article)
                found.append(WatchHit(watch=watch.id, reasons=reasons, spans=match.spans))
                break
    return tuple(found)


def _joined_words(held: Sequence[Held]) -> Line:
    parts: list[Inline] = []
    for one in held:
        parts += ["; "] if parts else []
        parts += held_words(one)
    return (*parts, ".")


_CARRIERS = {
    "digest": " in a digest",
    "held": " in the list that quiet hours had held back",
    "flood": " in the list of one hour's many stories",
    "away": " in the “while away” line",
}


def _state_words(alert: Alert, delivery: Delivery | None) -> Line:
    """What became of an alert, from its row and its message's."""
    match alert.state:
        case AlertState.TOLD:
            at = alert.told_at or alert.created_at
            carrier = _CARRIERS.get(delivery.key.partition(":")[0], "") if delivery else ""
            gone = delivery is not None and delivery.state is DeliveryState.GONE
            after = "; the message was deleted since." if gone else "."
            return ("Told here on ", When(at, TimeStyle.DATE_TIME), carrier + after)
        case AlertState.QUEUED:
            return _outbox_words(delivery)
        case AlertState.HELD:
            return ("Held back: ", *_joined_words(alert.held))
        case AlertState.WAITING:
            return ("It waits: ", *_joined_words(alert.held))
        case AlertState.SUPPRESSED:
            return ("Not told: ", *_joined_words(alert.held))


def _closed_words(alert: Alert, view: View, now: datetime) -> Line:
    """That what an alert waits for can no longer come true."""
    closed = view.story.last_at + STORY_WINDOW
    if alert.state is not AlertState.WAITING or now < closed:
        return ()
    return (
        " The story closed on ",
        When(closed, TimeStyle.DATE_TIME),
        ", 72 hours after its last report: nothing joins it any more.",
    )


def _blocked_words(place: Destination, alert: Alert) -> Line:
    """That nothing is being posted here, and why."""
    reason = place.paused_reason
    if not reason or alert.state not in {AlertState.QUEUED, AlertState.HELD}:
        return ()
    return (
        f" Nothing is posted here for now: {reason}. It goes on by itself once that is mended.",
    )


def _outbox_words(delivery: Delivery | None) -> Line:
    if delivery is None:
        return ("It is to be told here; its message is no longer kept.",)
    reason = delivery.error or "no reason given"
    match delivery.state:
        case DeliveryState.PARKED:
            return (f"Its message could not be posted here and is parked: {reason}.",)
        case DeliveryState.STALE:
            return ("Its message was too old when its turn came: see the “while away” line.",)
        case DeliveryState.CLAIMED | DeliveryState.UNKNOWN:
            return ("Its message is being posted now.",)
        case _ if delivery.error:
            return ("Its message waits for another try: ", reason + ".")
        case _:
            return ("Its message is queued, to go out at ", When(delivery.due_at), ".")


def _verdict_words(verdict: Verdict, came: datetime) -> Line:
    """Why there is no alert, as routing judges it."""
    if verdict.held and verdict.state is not AlertState.QUEUED:
        return ("Not told: ", *_joined_words(verdict.held))
    takers = [one.order for one in verdict.considered if one.taken.now]
    if not takers:
        return ("Not told: no order of this channel takes it.",)
    if all(order.created_at > came for order in takers):
        return ("Not told: it came before this was ordered.",)
    return ("Not told, though an order takes it now: it did not when it came.",)
