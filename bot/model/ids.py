"""Identifiers, and the short name under which people see and type a story."""

from typing import NewType

FeedId = NewType("FeedId", int)
ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)
WorkspaceId = NewType("WorkspaceId", int)
DestinationId = NewType("DestinationId", int)
SubscriptionId = NewType("SubscriptionId", int)
WatchId = NewType("WatchId", int)
AlertId = NewType("AlertId", int)
DeliveryId = NewType("DeliveryId", int)
DraftId = NewType("DraftId", int)
EntityId = NewType("EntityId", str)
TopicId = NewType("TopicId", str)

# Crockford's base 32: no I, L, O or U, so that a label survives being read aloud.
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES = str.maketrans("ilo", "110")
MAX_ID = 2**63 - 1


def story_label(story: StoryId) -> str:
    """The story's name for people: `s` and its number in base 32."""
    number, digits = int(story), ""
    if number < 0:
        raise ValueError(f"a story's number is not negative: {number}")
    while True:
        number, digit = divmod(number, 32)
        digits = _DIGITS[digit] + digits
        if not number:
            return "s" + digits


def story_number(label: str) -> StoryId | None:
    """The story that a typed label means, None when it is no label; case and look-alikes aside."""
    typed = label.strip().lower()
    if not typed.startswith("s") or not 2 <= len(typed) <= 14:
        return None
    number = 0
    for char in typed[1:].translate(_LOOKALIKES):
        digit = _DIGITS.find(char)
        if digit < 0:
            return None
        number = number * 32 + digit
    return StoryId(number) if number <= MAX_ID else None
