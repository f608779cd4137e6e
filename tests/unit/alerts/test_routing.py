"""DESIGN's rules of routing, and of alerts, each by its name."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.alerts.conditions import Rules, article_age
from bot.alerts.routing import Carrier, Case, Verdict, judge
from bot.model import (
    Alert,
    AlertId,
    AlertState,
    ArticleKind,
    DeliveryId,
    DestinationId,
    EntityId,
    Held,
    HeldBy,
    Mode,
    Published,
    QuietHours,
    Reason,
    StoryId,
    Subscription,
    TargetKind,
    WatchId,
    WorkspaceId,
)
from tests.support.alerting import (
    HOME,
    HOUR,
    MINUTE,
    NOON,
    case,
    digest,
    entity,
    joined,
    place,
    report,
    reprints,
    story,
    subscription,
    watch,
    watch_hit,
)

RULES = Rules(seeds={"dispute": frozenset({EntityId("anthropic"), EntityId("pentagon")})})
NIGHT = QuietHours(start=time(22), end=time(7))
LATE = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)


class Unasked(dict[WatchId, tuple[Reason, ...]]):
    """The first watch matched, and what made it match is not to be worked out."""

    def __init__(self) -> None:
        super().__init__({WatchId(1): ()})

    def __getitem__(self, watch: WatchId) -> tuple[Reason, ...]:
        raise AssertionError(f"asked what made watch {watch} match")


def told(state: AlertState = AlertState.TOLD, **given: Any) -> Alert:
    return Alert(
        **{
            "id": AlertId(1),
            "destination": DestinationId(1),
            "story": StoryId(1),
            "state": state,
            "created_at": NOON - HOUR,
            **given,
        }
    )


def verdict(of: Case | None = None, now: datetime = NOON) -> Verdict:
    return judge(of or case(), now, RULES)


def why_not(found: Verdict) -> set[HeldBy]:
    """Every rule against the story, of the place and of its orders."""
    return {h.by for h in found.held} | {h.by for c in found.considered for h in c.taken.held}


def to(kind: TargetKind, id_: str, **given: Any) -> Subscription:
    return subscription(1, kind, id_, **given)


@pytest.mark.parametrize(
    ("order", "reports"),
    [
        pytest.param(subscription(), [report(entities=())], id="all-ai-policy"),
        pytest.param(to(TargetKind.ENTITY, "anthropic"), [report()], id="entity-salient"),
        pytest.param(
            to(TargetKind.ENTITY, "anthropic", any_depth=True),
            [report(entities=(entity("Anthropic", salient=False),))],
            id="entity-in-passing-with-any-depth",
        ),
        pytest.param(
            to(TargetKind.ENTITY, "anthropic"),
            [report(1), report(2, entities=())],
            id="entity-in-an-earlier-article",
        ),
        pytest.param(to(TargetKind.TOPIC, "military-ai"), [report()], id="topic"),
        pytest.param(
            to(TargetKind.SEED, "dispute"),
            [report(entities=(entity("Anthropic"), entity("Pentagon", salient=False)))],
            id="seed-by-two-of-its-names",
        ),
        pytest.param(subscription(threshold=0.7), [report(relevance=0.7)], id="threshold-reached"),
        pytest.param(
            subscription(kinds=frozenset({ArticleKind.OPINION})),
            [report(kind=ArticleKind.OPINION)],
            id="kind-asked-for",
        ),
    ],
)
def test_subscription_takes(order: Any, reports: Any) -> None:
    found = verdict(case(joined(story(*reports)), place(order)))

    assert (found.state, found.carrier) == (AlertState.QUEUED, Carrier.STORY)


@pytest.mark.parametrize(
    ("order", "reports", "rule"),
    [
        pytest.param(
            to(TargetKind.ENTITY, "openai"), [report()], HeldBy.TARGET, id="entity-not-named"
        ),
        pytest.param(
            to(TargetKind.ENTITY, "anthropic"),
            [report(entities=(entity("Anthropic", salient=False),))],
            HeldBy.DEPTH,
            id="entity-in-passing",
        ),
        pytest.param(to(TargetKind.TOPIC, "courts"), [report()], HeldBy.TARGET, id="topic"),
        pytest.param(
            to(TargetKind.SEED, "dispute"), [report()], HeldBy.TARGET, id="seed-by-one-name-alone"
        ),
        pytest.param(
            subscription(), [report(relevance=0.41)], HeldBy.RELEVANCE, id="below-threshold"
        ),
        pytest.param(
            subscription(), [report(kind=ArticleKind.OPINION)], HeldBy.KIND, id="instant-only-news"
        ),
        pytest.param(
            subscription(), [report(backlog=True)], HeldBy.BACKLOG, id="backlog-never-alerts"
        ),
    ],
)
def test_subscription_leaves(order: Any, reports: Any, rule: HeldBy) -> None:
    found = verdict(case(joined(story(*reports)), place(order)))

    assert found.state is None
    assert rule in why_not(found)


def test_every_silence_has_its_numbers() -> None:
    found = verdict(case(joined(story(report(relevance=0.41)))))

    assert found.considered[0].taken.held == (Held(by=HeldBy.RELEVANCE, have=0.41, need=0.5),)


def test_every_alert_has_its_reasons() -> None:
    found = verdict(case(at=place(to(TargetKind.ENTITY, "anthropic"))))

    assert [reason.term for reason in found.reasons] == ["Anthropic", "injunction"]


def test_a_digest_lists_every_kind() -> None:
    found = verdict(case(joined(story(report(kind=ArticleKind.OPINION))), place(digest())))

    assert found.carrier is Carrier.DIGEST


class TestMinSources:
    def test_counts_origins_not_outlets(self) -> None:
        reprint = joined(story(report(1), report(2, origin=1)))
        found = verdict(case(reprint, place(subscription(min_sources=2))))

        assert found.state is AlertState.WAITING
        assert found.held == (Held(by=HeldBy.ORIGINS, have=1, need=2),)

    def test_can_come_true_later(self) -> None:
        second = joined(story(*reprints(2)))
        found = verdict(
            case(second, place(subscription(min_sources=2)), alert=told(AlertState.WAITING))
        )

        assert found.state is AlertState.QUEUED

    def test_a_digest_need_not_wait_for_it(self) -> None:
        found = verdict(case(at=place(subscription(min_sources=2), digest())))

        assert (found.state, found.carrier) == (AlertState.HELD, Carrier.DIGEST)


class TestWatch:
    def test_is_judged_on_the_article_alone_by_its_query_alone(self) -> None:
        dull = joined(story(report(relevance=0.0, entities=())), watch_hits=watch_hit())
        found = verdict(case(dull, place(watch())))

        assert (found.state, found.watches) == (AlertState.QUEUED, (WatchId(1),))
        assert [reason.term for reason in found.reasons] == ["deepseek"]

    def test_does_not_speak_of_an_article_that_it_does_not_match(self) -> None:
        assert verdict(case(at=place(watch()))).state is None

    def test_wants_a_new_report_of_an_older_story(self) -> None:
        old = story(report(1, at=NOON - 30 * HOUR), report(2))
        young = watch(created_at=NOON - HOUR)
        found = verdict(case(joined(old, watch_hits=watch_hit()), place(young)))

        assert found.state is AlertState.QUEUED

    def test_paused_is_silent(self) -> None:
        quiet = place(watch(paused_reason="by Kim"))

        assert verdict(case(joined(watch_hits=watch_hit()), quiet)).state is None

    def test_on_a_told_story_is_new_once(self) -> None:
        hit = joined(watch_hits=watch_hit())
        first = verdict(case(hit, place(watch()), alert=told()))
        again = verdict(case(hit, place(watch()), alert=told(watches=(WatchId(1),))))

        assert (first.state, first.watches) == (AlertState.TOLD, (WatchId(1),))
        assert again.watches == ()

    @pytest.mark.parametrize(
        "of",
        [
            pytest.param(case(joined(watch_hits=Unasked()), place(watch()),
                              alert=told(watches=(WatchId(1),))), id="told"),
            pytest.param(case(joined(story(report(backlog=True)), watch_hits=Unasked()),
                              place(watch())), id="history"),
            pytest.param(case(joined(watch_hits=Unasked()), place(watch(paused_reason="by Kim"))),
                         id="paused"),
        ],
    )  # fmt: skip
    def test_where_nothing_is_told_nobody_asks_what_matched(self, of: Case) -> None:
        assert verdict(of).reasons == ()


def test_unique_a_told_story_is_not_told_again() -> None:
    found = verdict(case(joined(story(*reprints(3))), alert=told()))

    assert (found.state, found.carrier) == (AlertState.TOLD, None)


def test_instant_beats_digest_in_one_channel() -> None:
    assert verdict(case(at=place(subscription(), digest()))).carrier is Carrier.STORY


def test_instant_takes_over_what_a_digest_held() -> None:
    held = told(AlertState.HELD, held=(Held(by=HeldBy.DIGEST),))
    found = verdict(case(at=place(subscription(), digest()), alert=held))

    assert found.carrier is Carrier.STORY


def test_the_digest_that_comes_first_carries_the_story() -> None:
    both = place(digest(8, Mode.WEEKLY), digest(9, Mode.DAILY))

    assert verdict(case(at=both)).subscription == 9


class TestBreaking:
    @pytest.mark.parametrize(
        ("reports", "expected"),
        [
            pytest.param([report(relevance=0.9)], True, id="relevance"),
            pytest.param([report(relevance=0.89)], False, id="not-quite"),
            pytest.param(reprints(5), True, id="five-origins-within-an-hour"),
            pytest.param(reprints(4), False, id="four-origins"),
            pytest.param(reprints(5, apart=16 * MINUTE), False, id="five-in-longer"),
            pytest.param(reprints(6, origin=1), False, id="six-reprints-are-one-source"),
        ],
    )
    def test_is(self, reports: Any, expected: bool) -> None:
        assert verdict(case(joined(story(*reports)))).breaking is expected

    def test_has_a_threshold_of_the_workspace(self) -> None:
        found = verdict(case(at=place(workspace={"breaking": 0.6})))

        assert found.breaking


class TestQuietHours:
    fresh = staticmethod(lambda **given: joined(story(report(at=LATE - MINUTE, **given))))

    def test_hold_for_one_message_in_the_morning(self) -> None:
        found = verdict(case(self.fresh(), place(quiet=NIGHT)), LATE)

        morning = datetime(2026, 3, 10, 7, tzinfo=UTC)
        assert (found.state, found.carrier, found.due) == (
            AlertState.HELD,
            Carrier.OVERNIGHT,
            morning,
        )
        assert found.held == (Held(by=HeldBy.QUIET_HOURS, until=morning),)

    def test_hold_into_the_next_digest(self) -> None:
        both = place(subscription(), digest(), quiet=NIGHT)
        found = verdict(case(self.fresh(), both), LATE)

        assert (found.carrier, found.subscription) == (Carrier.DIGEST, 9)

    def test_do_not_wait_days_for_a_weekly_digest(self) -> None:
        both = place(subscription(), digest(9, Mode.WEEKLY, weekday=4), quiet=NIGHT)

        assert verdict(case(self.fresh(), both), LATE).carrier is Carrier.OVERNIGHT

    @pytest.mark.parametrize("allowed", [True, False])
    def test_let_breaking_through_where_allowed(self, allowed: bool) -> None:
        night = QuietHours(start=time(22), end=time(7), let_breaking_through=allowed)
        found = verdict(case(self.fresh(relevance=0.95), place(quiet=night)), LATE)

        assert found.carrier is (Carrier.STORY if allowed else Carrier.OVERNIGHT)

    def test_a_held_story_that_breaks_leaves_the_list(self) -> None:
        night = QuietHours(start=time(22), end=time(7), let_breaking_through=True)
        held = told(AlertState.HELD, held=(Held(by=HeldBy.QUIET_HOURS),), delivery=DeliveryId(5))
        found = verdict(case(self.fresh(relevance=0.95), place(quiet=night), alert=held), LATE)

        assert found.carrier is Carrier.STORY

    def test_a_held_story_that_grows_stays_in_the_list(self) -> None:
        held = told(AlertState.HELD, held=(Held(by=HeldBy.QUIET_HOURS),), delivery=DeliveryId(5))
        found = verdict(case(self.fresh(), place(quiet=NIGHT), alert=held), LATE)

        assert (found.state, found.carrier) == (AlertState.HELD, None)


class TestFlood:
    @pytest.mark.parametrize(
        ("posts", "carrier"),
        [pytest.param(11, Carrier.STORY, id="twelfth"), pytest.param(12, Carrier.FLOOD, id="13th")],
    )
    def test_limit_is_twelve_an_hour(self, posts: int, carrier: Carrier) -> None:
        assert verdict(case(posts=posts)).carrier is carrier

    def test_says_its_numbers(self) -> None:
        assert verdict(case(posts=12)).held == (Held(by=HeldBy.FLOOD, have=12, need=12),)

    def test_limit_is_a_setting(self) -> None:
        found = verdict(case(at=place(workspace={"flood_limit": 3}), posts=3))

        assert found.carrier is Carrier.FLOOD


class TestMute:
    def test_story(self) -> None:
        found = verdict(case(story_muted=True))

        assert (found.state, found.held) == (
            AlertState.SUPPRESSED,
            (Held(by=HeldBy.STORY_MUTED),),
        )

    def test_until(self) -> None:
        friday = NOON + timedelta(days=4)
        found = verdict(case(at=place(muted_until=friday)))

        assert (found.state, found.held) == (
            AlertState.SUPPRESSED,
            (Held(by=HeldBy.MUTED, until=friday),),
        )

    def test_over_speaks_of_a_young_story_that_grows(self) -> None:
        over = place(muted_until=NOON - MINUTE)

        assert verdict(case(at=over, alert=told(AlertState.SUPPRESSED))).state is AlertState.QUEUED

    def test_over_is_silent_of_a_story_a_day_old(self) -> None:
        old = joined(story(report(1, at=NOON - 25 * HOUR), report(2)))
        held = told(AlertState.SUPPRESSED, held=(Held(by=HeldBy.MUTED),))

        assert verdict(case(old, alert=held)).state is AlertState.SUPPRESSED


class TestNewSubscription:
    new = subscription(created_at=NOON - HOUR)

    @pytest.mark.parametrize(
        ("first", "state"),
        [
            pytest.param(23 * HOUR, AlertState.QUEUED, id="first-reported-under-24-hours-ago"),
            pytest.param(24 * HOUR, None, id="older"),
        ],
    )
    def test_alerts_an_older_story_only_if_young_and_joined_now(
        self, first: timedelta, state: AlertState | None
    ) -> None:
        grown = joined(story(report(1, at=NOON - first), report(2)))

        assert verdict(case(grown, place(self.new))).state is state

    def test_rule_is_not_for_an_old_subscription(self) -> None:
        grown = joined(story(report(1, at=NOON - 30 * HOUR), report(2)))

        assert verdict(case(grown)).state is AlertState.QUEUED


class TestAge:
    def test_an_article_over_24_hours_goes_to_the_away_line(self) -> None:
        late = joined(story(report(at=NOON - 25 * HOUR)))
        found = verdict(case(late))

        assert (found.state, found.carrier) == (AlertState.HELD, Carrier.AWAY)
        assert found.held == (Held(by=HeldBy.AGE, have=25.0, need=24.0),)

    def test_a_digest_still_lists_it(self) -> None:
        late = joined(story(report(at=NOON - 25 * HOUR)))

        assert verdict(case(late, place(digest()))).carrier is Carrier.DIGEST

    @pytest.mark.parametrize(
        ("published", "age"),
        [
            pytest.param(Published(at=NOON - 3 * HOUR, stated=True), 3 * HOUR, id="plausible"),
            pytest.param(
                Published(at=NOON + 50 * MINUTE, stated=True), timedelta(), id="soon-is-now"
            ),
            pytest.param(
                Published(at=NOON + 2 * HOUR, stated=True), 10 * MINUTE, id="future-is-not-believed"
            ),
            pytest.param(
                Published(at=NOON - timedelta(days=8), stated=True),
                10 * MINUTE,
                id="long-past-is-not-believed",
            ),
            pytest.param(Published(at=NOON, stated=False), 10 * MINUTE, id="no-date"),
        ],
    )
    def test_is_by_the_date_where_plausible_else_since_the_last_poll(
        self, published: Published, age: timedelta
    ) -> None:
        assert article_age(published, NOON - 10 * MINUTE, NOON) == age


class TestTenancy:
    other = WorkspaceId(2)

    def private(self, *to_: WorkspaceId) -> Any:
        return {"shared": False, "workspaces": frozenset(to_)}

    def test_a_private_article_alerts_its_workspace(self) -> None:
        own = joined(story(report(**self.private(HOME))))

        assert verdict(case(own)).state is AlertState.QUEUED

    def test_a_private_article_in_a_shared_story_alerts_nobody_else(self) -> None:
        both = joined(story(report(1), report(2, **self.private(self.other))))
        found = verdict(case(both))

        assert found.state is None
        assert HeldBy.PRIVATE in why_not(found)

    def test_a_private_article_counts_for_nobody_else(self) -> None:
        loud = report(1, relevance=0.95, **self.private(self.other))
        found = verdict(case(joined(story(loud, report(2, relevance=0.4)))))

        assert HeldBy.RELEVANCE in why_not(found)

    def test_own_entities_act_in_own_routing(self) -> None:
        ours = joined(own={HOME: (entity("Acme"),)})
        theirs = joined(own={self.other: (entity("Acme"),)})
        order = place(to(TargetKind.ENTITY, "acme"))

        assert verdict(case(ours, order)).state is AlertState.QUEUED
        assert verdict(case(theirs, order)).state is None


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        pytest.param({"by_hand": True}, HeldBy.BY_HAND, id="merged-or-split-by-hand"),
        pytest.param({"revised": True}, HeldBy.TOLD, id="a-revision-is-never-a-new-alert"),
    ],
)
def test_alerts_nobody(given: dict[str, Any], rule: HeldBy) -> None:
    found = verdict(case(joined(**given)))

    assert found.state is None
    assert rule in why_not(found)


def test_a_merged_story_alerts_nobody() -> None:
    found = verdict(case(joined(story(merged_into=StoryId(9)))))

    assert found.state is None
    assert why_not(found) == {HeldBy.MERGED}
