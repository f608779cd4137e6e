"""Whether, when and how one destination is to learn of one story: a pure judgement with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.alerts.conditions import Rules, Taken, article_age, takes
from bot.alerts.digests import next_digest, next_end
from bot.alerts.flood import HOUR, SETTLE, flooded
from bot.alerts.orders import Place
from bot.alerts.quiet import quiet_until, zone_of
from bot.alerts.view import View, breaking
from bot.model import (
    Alert,
    AlertState,
    Held,
    HeldBy,
    Joined,
    Mode,
    Reason,
    Subscription,
    SubscriptionId,
    Watch,
    WatchId,
)

# An older story is no news to a new subscription, nor to a channel whose mute has ended.
OLDER_STORY = timedelta(hours=24)
# A digest this far off is no place for what a night held back.
_DIGEST_SOON = timedelta(hours=24)
_SETTLED = frozenset({AlertState.QUEUED, AlertState.TOLD})


class Carrier(StrEnum):
    """The sort of message that carries an alert."""

    STORY = "story"
    DIGEST = "digest"
    OVERNIGHT = "held"
    FLOOD = "flood"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """How one standing order stands to the story: for `why`."""

    order: Subscription | Watch
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a story at a destination; `state` None where nothing there asks for it.

    `due` is when the carrying message may go out. `considered` lists every order, so that each
    silence has its reason; `held` is what keeps the whole place from being told, or told at once.
    """

    state: AlertState | None
    carrier: Carrier | None = None
    due: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    held: tuple[Held, ...] = ()
    subscription: SubscriptionId | None = None
    watches: tuple[WatchId, ...] = ()
    mention: str | None = None
    breaking: bool = False
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that a judgement reads; `posts` stand or wait there in the last hour."""

    joined: Joined
    view: View
    place: Place
    alert: Alert | None = None
    story_muted: bool = False
    posts: int = 0


def judge(case: Case, now: datetime, rules: Rules) -> Verdict:
    """What becomes of the story at the place, by DESIGN's rules; `case.alert` is where it stood."""
    considered = _consider(case, now, rules)
    verdict = replace(
        _decide(case, considered, now, rules),
        considered=tuple(considered),
        breaking=_breaking(case, rules),
    )
    was = case.alert.state if case.alert is not None else None
    if verdict.state is None or (was is AlertState.HELD and verdict.state is AlertState.WAITING):
        # What was once asked for keeps its place: a held story does not vanish from its list.
        return replace(verdict, state=was)
    return verdict


def _consider(case: Case, now: datetime, rules: Rules) -> list[Considered]:
    found = [
        Considered(order=subscription, taken=_subscription(subscription, case, now, rules))
        for subscription in case.place.subscriptions
    ]
    return found + [
        Considered(order=watch, taken=_watch(watch, case)) for watch in case.place.watches
    ]


def _subscription(order: Subscription, case: Case, now: datetime, rules: Rules) -> Taken:
    taken = takes(order, case.view, case.joined, rules)
    age = now - case.view.first_at
    if order.created_at > case.view.first_at and age >= OLDER_STORY:
        taken = _against(taken, _hours(HeldBy.OLDER_STORY, age, OLDER_STORY))
    return taken


def _watch(watch: Watch, case: Case) -> Taken:
    """A watch is judged on the article alone, by its query alone; its reasons are asked for where
    they are told.
    """
    article = case.joined.report.judged.article
    if watch.id not in case.joined.watch_hits:
        return Taken(held=(Held(by=HeldBy.TARGET, subject=watch.query),))
    if not article.visible_to(watch.workspace):
        return Taken(held=(Held(by=HeldBy.PRIVATE),))
    if watch.paused_reason is not None:
        return Taken(held=(Held(by=HeldBy.PAUSED, subject=watch.paused_reason),))
    return Taken()


def _reasons(one: Considered, case: Case) -> tuple[Reason, ...]:
    """What made an order take the story."""
    if not isinstance(one.order, Watch):
        return one.taken.reasons
    found = case.joined.watch_hits[one.order.id]
    return found or (Reason(term=one.order.name, where="watch", weight=1.0),)


def _decide(case: Case, considered: Sequence[Considered], now: datetime, rules: Rules) -> Verdict:
    taking = [c for c in considered if c.taken.now]
    waiting = [c for c in considered if c.taken.later]
    watches = tuple(c.order.id for c in taking if isinstance(c.order, Watch))
    if case.alert is not None and case.alert.state in _SETTLED:
        new = tuple(watch for watch in watches if watch not in case.alert.watches)
        reasons = tuple(r for c in taking if c.order.id in new for r in _reasons(c, case))
        told = Held(by=HeldBy.TOLD)
        return Verdict(state=case.alert.state, held=(told,), watches=new, reasons=reasons)
    never = _never(case)
    if never is not None or not (taking or waiting):
        return Verdict(state=None, held=(never,) if never is not None else ())
    instant = [c for c in taking if isinstance(c.order, Watch) or c.order.mode is Mode.INSTANT]
    digests = [c.order for c in taking if isinstance(c.order, Subscription)]
    chosen = instant or taking or waiting
    base = Verdict(
        state=AlertState.WAITING,
        reasons=tuple(dict.fromkeys(r for c in chosen for r in _reasons(c, case))),
        held=tuple(held for c in waiting for held in c.taken.held),
        subscription=next((c.order.id for c in chosen if isinstance(c.order, Subscription)), None),
        watches=watches,
        mention=next((c.order.mention for c in chosen if c.order.mention), None),
    )
    if (silence := _silenced(case, now)) is not None:
        return replace(base, state=AlertState.SUPPRESSED, held=(silence,))
    if instant:
        return _instant(base, case, now, rules)
    if digests:
        return _into_digest(base, case, digests, now, Held(by=HeldBy.DIGEST))
    return base


def _never(case: Case) -> Held | None:
    """What alerts nobody whatever was ordered."""
    joined = case.joined
    if joined.report.judged.article.backlog:
        return Held(by=HeldBy.BACKLOG)
    if joined.by_hand:
        return Held(by=HeldBy.BY_HAND)
    if joined.story.merged_into is not None:
        return Held(by=HeldBy.MERGED)
    if joined.revised:
        # "A changed title or text is a revision, never a new alert."
        return Held(by=HeldBy.TOLD, subject="revision")
    if not joined.report.judged.article.visible_to(case.place.workspace.id):
        return Held(by=HeldBy.PRIVATE)
    return None


def _silenced(case: Case, now: datetime) -> Held | None:
    """What a person of the channel asked not to hear, and parts that an operator split off."""
    by_hand = (held for held in case.alert.held if held.by is HeldBy.BY_HAND) if case.alert else ()
    if (held := next(iter(by_hand), None)) is not None:
        return held
    if case.story_muted:
        return Held(by=HeldBy.STORY_MUTED)
    until = case.place.destination.muted_until
    if until is not None and until > now:
        return Held(by=HeldBy.MUTED, until=until)
    was = case.alert
    age = now - case.view.first_at
    if was is not None and was.state is AlertState.SUPPRESSED and age >= OLDER_STORY:
        return was.held[0] if was.held else _hours(HeldBy.OLDER_STORY, age, OLDER_STORY)
    return None


def _instant(base: Verdict, case: Case, now: datetime, rules: Rules) -> Verdict:
    is_breaking = _breaking(case, rules)
    if (kept := _kept(case, is_breaking=is_breaking)) is not None:
        return replace(base, state=AlertState.HELD, held=kept)
    article = case.joined.report.judged.article
    age = article_age(article.published, case.joined.last_good, now)
    if age > rules.max_age:
        held = _hours(HeldBy.AGE, age, rules.max_age)
        return _hold(base, Carrier.AWAY, now + SETTLE, held)
    quiet = case.place.destination.quiet
    zone = zone_of(case.place.destination.zone)
    until = quiet_until(quiet, zone, now)
    if until is not None and not (is_breaking and quiet and quiet.let_breaking_through):
        held = Held(by=HeldBy.QUIET_HOURS, until=until)
        soon = _soon(case, until)
        if soon is not None:
            return _into_digest(base, case, [soon], now, held)
        return _hold(base, Carrier.OVERNIGHT, until, held)
    if (flood := flooded(case.posts, case.place.workspace.flood_limit)) is not None:
        return _hold(base, Carrier.FLOOD, now + SETTLE, flood)
    return replace(base, state=AlertState.QUEUED, carrier=Carrier.STORY, due=now, held=())


def _kept(case: Case, *, is_breaking: bool) -> tuple[Held, ...] | None:
    """What holds an alert in the list where it waits; only breaking news leaves a night's list."""
    if case.alert is None or case.alert.state is not AlertState.HELD:
        return None
    if any(held.by is HeldBy.QUIET_HOURS for held in case.alert.held):
        return None if is_breaking else case.alert.held
    return case.alert.held if case.alert.delivery is not None else None


def _into_digest(
    base: Verdict, case: Case, digests: Sequence[Subscription], now: datetime, held: Held
) -> Verdict:
    """Held for the digest that comes first; the digest's own planner takes it from there."""
    zone = zone_of(case.place.destination.zone)
    carrier = next_digest(digests, zone, now)
    if carrier is None:
        return base
    due = next_end(carrier, zone, now)
    held = held if held.until is not None else replace(held, until=due)
    return replace(
        base,
        state=AlertState.HELD,
        carrier=Carrier.DIGEST,
        due=due,
        held=(held, *base.held),
        subscription=carrier.id,
    )


def _soon(case: Case, until: datetime) -> Subscription | None:
    """A digest of the channel that comes within a day after the quiet hours' end."""
    zone = zone_of(case.place.destination.zone)
    digest = next_digest(case.place.subscriptions, zone, until - timedelta(microseconds=1))
    if digest is None:
        return None
    end = next_end(digest, zone, until - timedelta(microseconds=1))
    return digest if end - until < _DIGEST_SOON else None


def _hold(base: Verdict, carrier: Carrier, due: datetime, held: Held) -> Verdict:
    return replace(base, state=AlertState.HELD, carrier=carrier, due=due, held=(held,))


def _breaking(case: Case, rules: Rules) -> bool:
    return breaking(case.view, case.place.workspace.breaking, rules.breaking_origins)


def _against(taken: Taken, held: Held) -> Taken:
    return replace(taken, held=(*taken.held, held))


def _hours(by: HeldBy, have: timedelta, need: timedelta) -> Held:
    return Held(by=by, have=round(have / HOUR, 1), need=round(need / HOUR, 1))
