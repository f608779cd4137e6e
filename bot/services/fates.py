"""What became of a story's alert in a channel, in words, with what a person can do about it."""

from collections.abc import Sequence
from datetime import datetime

from bot.alerts.routing import Verdict
from bot.alerts.view import View
from bot.alerts.words import held_words
from bot.message import Code, Inline, Line, TimeStyle, When
from bot.model import (
    Alert,
    AlertState,
    Delivery,
    DeliveryState,
    Destination,
    Held,
    HeldBy,
    Report,
)
from bot.stories.clustering import STORY_WINDOW

_CARRIERS = {
    "digest": " in a digest",
    "held": " in the list that quiet hours had held back",
    "flood": " in the list of one hour's many stories",
    "away": " in the “while away” line",
}
"""Where an alert was told that had no message of its own, by how its message's key begins."""


def state_words(alert: Alert, delivery: Delivery | None, place: Destination, now: datetime) -> Line:
    """What became of an alert, from its row and its message's."""
    match alert.state:
        case AlertState.TOLD:
            at = alert.told_at or alert.created_at
            gone = delivery is not None and delivery.state is DeliveryState.GONE
            after = "; the message was deleted since." if gone else "."
            return ("Told here on ", When(at, TimeStyle.DATE_TIME), _carrier(delivery) + after)
        case AlertState.QUEUED:
            return _outbox_words(delivery)
        case AlertState.HELD:
            return ("Held back: ", *_rules_words(alert.held))
        case AlertState.WAITING:
            return ("It waits: ", *_rules_words(alert.held))
        case AlertState.SUPPRESSED:
            return ("Not told: ", *_silence_words(alert.held, place, now))


def joined_words(alert: Alert, view: View, report: Report, delivery: Delivery | None) -> Line:
    """That a report has no message of its own, since its story had been told before it came; empty
    where that is not so.
    """
    came, told = report.judged.article.seen_at, alert.told_at
    if alert.state is not AlertState.TOLD or told is None or came <= told:
        return ()
    return (
        "No message of its own: it joined a story that had been told here on ",
        When(told, TimeStyle.DATE_TIME),
        f"{_carrier(delivery)} as “{view.title}”.",
    )


def _silence_words(held: Sequence[Held], place: Destination, now: datetime) -> Line:
    """What silenced an alert when it came; a mute may have ended since."""
    muted = next((one for one in held if one.by is HeldBy.MUTED and one.until is not None), None)
    if muted is None or muted.until is None:
        return _rules_words(held)
    until = When(muted.until, TimeStyle.DATE_TIME)
    if place.muted_until is not None and place.muted_until > now:
        return (
            "this channel is muted until ",
            When(place.muted_until, TimeStyle.DATE_TIME),
            "; ",
            Code("/mute off"),
            " ends that. What comes meanwhile is not told later.",
        )
    return ("this channel was muted then (until ", until, "). It hears alerts again.")


def closed_words(alert: Alert, view: View, now: datetime) -> Line:
    """That what an alert waits for can no longer come true."""
    closed = view.story.last_at + STORY_WINDOW
    if alert.state is not AlertState.WAITING or now < closed:
        return ()
    return (
        " The story closed on ",
        When(closed, TimeStyle.DATE_TIME),
        ", 72 hours after its last report: nothing joins it any more.",
    )


def blocked_words(place: Destination, alert: Alert) -> Line:
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


def verdict_words(verdict: Verdict, came: datetime) -> Line:
    """Why there is no alert, as routing judges it."""
    if verdict.held and verdict.state is not AlertState.QUEUED:
        return ("Not told: ", *_rules_words(verdict.held))
    takers = [one.order for one in verdict.considered if one.taken.now]
    if not takers:
        return ("Not told: no order of this channel takes it.",)
    if all(order.created_at > came for order in takers):
        return ("Not told: it came before this was ordered.",)
    return ("Not told, though an order takes it now: it did not when it came.",)


def _carrier(delivery: Delivery | None) -> str:
    """In which message of many stories it was told; empty where it had one of its own."""
    return _CARRIERS.get(delivery.key.partition(":")[0], "") if delivery is not None else ""


def _rules_words(held: Sequence[Held]) -> Line:
    """All the rules that held an alert back, as the end of a sentence."""
    parts: list[Inline] = []
    for one in held:
        parts += ["; "] if parts else []
        parts += held_words(one)
    return (*parts, ".")
