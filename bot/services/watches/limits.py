"""What is refused of a watch: one too many, and a ping of more than one role."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.model import Destination, Watch
from bot.services.asking import Actor

_EVERYONE = frozenset({"everyone", "here", "channel", "all"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many watches a channel, and a person for themselves, may keep."""

    per_channel: int = 25
    per_person: int = 10

    def check(
        self, known: Sequence[Watch], destination: Destination, actor: Actor, *, own: bool
    ) -> None:
        """Refuse one more for the channel, or for the person; raises UsageError."""
        if own:
            count, most = sum(w.owner == actor.id for w in known), self.per_person
            whose = "You have"
        else:
            count = sum(w.destination == destination.id for w in known)
            most, whose = self.per_channel, "This channel has"
        if count >= most:
            raise UsageError(
                f"{whose} {count} watches, and {most} are the limit. Remove one with "
                "/watch remove, or join two in one query with OR."
            )


def role_pinged(mention: str | None, *, own: bool) -> str | None:
    """The id or name of the one role that a watch pings; raises UsageError."""
    if not mention:
        return None
    role = mention.strip().strip("<>").lstrip("@&!").removeprefix("subteam^").partition("|")[0]
    if own:
        raise UsageError("A watch of your own pings nobody but you. Leave out `mention`.")
    if not role or role.lower() in _EVERYONE:
        raise UsageError("A watch can ping one role, never everyone. Name a role, such as @policy.")
    return role
