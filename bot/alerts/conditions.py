"""What a subscription asks of a story, and how old an article counts as; each with its numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts.view import View
from bot.model import (
    ArticleKind,
    EntityId,
    Held,
    HeldBy,
    Joined,
    Mode,
    Published,
    Reason,
    RecognisedEntity,
    Report,
    Subscription,
    TargetKind,
)

NEWS_ONLY = frozenset({ArticleKind.NEWS})
_PLAUSIBLE_BEFORE = timedelta(days=7)
_PLAUSIBLE_AHEAD = timedelta(hours=1)
_MAX_REASONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The operator's numbers for alerts (`policywire.toml`), and each seed's entities."""

    max_age: timedelta = timedelta(hours=24)
    breaking_origins: int = 5
    seeds: Mapping[str, frozenset[EntityId]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How a subscription stands to a story: what counted for it, and every rule against it."""

    reasons: tuple[Reason, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def now(self) -> bool:
        """Whether the subscription takes the story as it stands."""
        return not self.held

    @property
    def later(self) -> bool:
        """Whether only more origins are wanting."""
        return bool(self.held) and all(held.by is HeldBy.ORIGINS for held in self.held)


def article_age(published: Published, last_good: datetime | None, now: datetime) -> timedelta:
    """How old an article is: by its date where that is plausible, else since the last good poll.

    Plausible is from 7 days before that poll to an hour from now.
    """
    earliest = last_good - _PLAUSIBLE_BEFORE if last_good is not None else published.at
    if published.stated and earliest <= published.at <= now + _PLAUSIBLE_AHEAD:
        return max(now - published.at, timedelta())
    return now - last_good if last_good is not None else timedelta()


def takes(subscription: Subscription, view: View, joined: Joined, rules: Rules) -> Taken:
    """Whether the subscription asks for this story, with the numbers for and against."""
    reports = _of_kinds(subscription, view)
    if not reports:
        kinds = "/".join(sorted(subscription.kinds))
        return Taken(held=(Held(by=HeldBy.KIND, subject=kinds),))
    held: list[Held] = []
    on_target, missed = _target(subscription, reports, joined, rules)
    if missed is not None:
        held.append(missed)
    relevance = max(report.judged.relevance for report in reports)
    if relevance < subscription.threshold:
        held.append(Held(by=HeldBy.RELEVANCE, have=relevance, need=subscription.threshold))
    if view.origins < subscription.min_sources:
        held.append(Held(by=HeldBy.ORIGINS, have=view.origins, need=subscription.min_sources))
    best = max(reports, key=lambda report: report.judged.relevance)
    return Taken(reasons=(*on_target, *best.judged.reasons)[:_MAX_REASONS], held=tuple(held))


def entities_in(
    report: Report, subscription: Subscription, joined: Joined
) -> list[RecognisedEntity]:
    """The entities of a report for this workspace: the catalog's and its own."""
    new = report.id == joined.report.id
    own = joined.own if new else joined.own_elsewhere.get(report.id, {})
    return [*report.judged.entities, *own.get(subscription.workspace, ())]


def _of_kinds(subscription: Subscription, view: View) -> Sequence[Report]:
    # "Instant takes news only unless told otherwise": a digest lists every kind by default.
    if subscription.mode is not Mode.INSTANT and subscription.kinds == NEWS_ONLY:
        return view.reports
    return [r for r in view.reports if r.judged.article.kind in subscription.kinds]


def _target(
    subscription: Subscription, reports: Sequence[Report], joined: Joined, rules: Rules
) -> tuple[tuple[Reason, ...], Held | None]:
    kind, wanted = subscription.target.kind, subscription.target.id
    if kind is TargetKind.ALL:
        return (), None
    if kind is TargetKind.TOPIC:
        if any(wanted in report.judged.topics for report in reports):
            return (Reason(term=wanted, where="topic", weight=1.0),), None
        return (), Held(by=HeldBy.TARGET, subject=wanted)
    members, least = {wanted}, 1
    if kind is TargetKind.SEED:
        members = set(rules.seeds.get(wanted, frozenset()))
        # One name alone (a big company) is not yet the seed's story; two of its names are.
        least = min(2, len(members)) or 1
    named_somewhere = False
    for report in reports:
        found = [e for e in entities_in(report, subscription, joined) if e.id in members]
        if len({entity.id for entity in found}) < least:
            continue
        named_somewhere = True
        if subscription.any_depth or any(entity.salient for entity in found):
            return tuple(_named(found)), None
    if named_somewhere:
        return (), Held(by=HeldBy.DEPTH, subject=wanted)
    return (), Held(by=HeldBy.TARGET, subject=wanted)


def _named(found: Iterable[RecognisedEntity]) -> Iterable[Reason]:
    for entity in found:
        where = "title" if any(m.field == "title" for m in entity.mentions) else "text"
        yield Reason(term=entity.name, where=where, weight=1.0)
