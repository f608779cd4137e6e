"""Which labelled articles tell of one event."""

from collections.abc import Mapping, Sequence
from typing import Any


def events_of(labels: Mapping[str, Any]) -> dict[str, str]:
    """The event of each article that the labels name: its group's, for one alone its own.

    Empty where readers are unsure, which is not graded.
    """
    groups: Sequence[Sequence[str]] = labels["events"]
    events = {key: f"event {number}" for number, keys in enumerate(groups) for key in keys}
    events |= {key: key for key in labels.get("alone", ())}
    return events | dict.fromkeys(labels["unsure"], "")
