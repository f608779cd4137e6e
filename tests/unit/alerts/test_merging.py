"""Which alert survives a merge, and which a split silences."""

from datetime import timedelta
from typing import Any

import pytest

from bot.alerts.merging import merge_alerts, split_alerts
from bot.model import Alert, AlertId, AlertState, DeliveryId, DestinationId, HeldBy, StoryId
from tests.support.alerting import NOON

KEPT, GONE = StoryId(1), StoryId(2)
TOLD, QUEUED, HELD = AlertState.TOLD, AlertState.QUEUED, AlertState.HELD
WAITING, SUPPRESSED = AlertState.WAITING, AlertState.SUPPRESSED


def alert(story: StoryId, state: AlertState, *, minutes: int = 0, **given: Any) -> Alert:
    at = NOON + timedelta(minutes=minutes)
    told = {"told_at": at} if state is TOLD else {}
    carried = {"delivery": DeliveryId(10 + story)} if state in {TOLD, QUEUED} else {}
    values: dict[str, Any] = {"created_at": at, **told, **carried, **given}
    return Alert(
        id=AlertId(story), destination=DestinationId(1), story=story, state=state, **values
    )


@pytest.mark.parametrize(
    ("kept", "gone", "delivery", "pointing"),
    [
        pytest.param((TOLD, 0), (TOLD, 5), 11, [12], id="the-older-of-two-told"),
        pytest.param((TOLD, 5), (TOLD, 0), 12, [11], id="though-it-told-the-story-that-is-gone"),
        pytest.param((QUEUED, 0), (TOLD, 5), 12, [], id="told-before-queued"),
        pytest.param((TOLD, 0), (HELD, 0), 11, [], id="told-before-held"),
        pytest.param((WAITING, 0), (TOLD, 0), 12, [], id="told-before-waiting"),
        pytest.param((SUPPRESSED, 0), (QUEUED, 9), 12, [], id="queued-before-suppressed"),
        pytest.param(None, (TOLD, 0), 12, [], id="the-only-one"),
    ],
)
def test_survives(
    kept: tuple[AlertState, int] | None,
    gone: tuple[AlertState, int],
    delivery: int,
    pointing: list[int],
) -> None:
    pair = [alert(GONE, gone[0], minutes=gone[1])]
    if kept is not None:
        pair.append(alert(KEPT, kept[0], minutes=kept[1]))
    posted = [a.delivery for a in pair if a.state is TOLD and a.delivery]

    merged = merge_alerts(pair, KEPT, GONE, posted)

    by_story = {one.story: one for one in merged.alerts}
    assert by_story[KEPT].delivery == delivery
    assert by_story[KEPT].id == (AlertId(1) if kept is not None else AlertId(0))
    assert by_story[GONE].id == AlertId(2)
    assert list(merged.pointing) == pointing


def test_what_only_the_story_that_stays_has_is_left_alone() -> None:
    assert merge_alerts([alert(KEPT, TOLD)], KEPT, GONE, []).alerts == ()


def test_a_message_that_only_waits_is_taken_back() -> None:
    merged = merge_alerts([alert(KEPT, TOLD), alert(GONE, QUEUED)], KEPT, GONE, [DeliveryId(11)])
    (gone,) = [one for one in merged.alerts if one.story == GONE]
    assert (gone.state, gone.delivery) == (SUPPRESSED, None)
    assert gone.held[0].by is HeldBy.MERGED


def test_places_do_not_mix() -> None:
    there = alert(GONE, TOLD, delivery=DeliveryId(30))
    elsewhere = Alert(
        id=AlertId(7), destination=DestinationId(2), story=KEPT, state=TOLD, created_at=NOON
    )
    merged = merge_alerts([elsewhere, there], KEPT, GONE, [DeliveryId(30)])
    assert {one.destination for one in merged.alerts} == {DestinationId(1)}


@pytest.mark.parametrize(
    ("state", "silenced"),
    [(TOLD, True), (QUEUED, True), (HELD, True), (WAITING, False), (SUPPRESSED, False)],
)
def test_a_part_is_silent_where_the_whole_was_heard_of(state: AlertState, silenced: bool) -> None:
    found = split_alerts([alert(KEPT, state)], GONE)
    assert [(one.story, one.state) for one in found] == ([(GONE, SUPPRESSED)] if silenced else [])
