"""An error for a person → the message that says it; the same on every platform."""

from bot.errors import PolicywireError
from bot.message import Block, Message, Preformatted, Tone, paragraph
from bot.services.watches.trying import WatchSyntaxError


def problem(error: PolicywireError) -> Message:
    """What was wrong and what to do, for the asking person alone; a query has its place marked."""
    if isinstance(error, WatchSyntaxError):
        blocks: list[Block] = [paragraph(error.problem)]
        if error.query.strip():
            blocks.append(Preformatted(error.marked))
        if error.hint:
            blocks.append(paragraph(error.hint))
        return Message(blocks=tuple(blocks), tone=Tone.WARNING, private=True)
    return Message(blocks=(paragraph(str(error)),), tone=Tone.WARNING, private=True)
