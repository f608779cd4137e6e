"""What presses of “Not relevant” suggest: edits with their back-test, and a button for each."""

from collections.abc import Sequence

from bot.message import Block, Button, Code, Heading, Item, Listing
from bot.services.lessons import Offer

APPLY_EDIT = "apply-edit"
_MOST = 3


def offered(offers: Sequence[Offer]) -> list[Block]:
    """Each edit with what it would have kept out, and the command that does the same."""
    items = [
        Item(
            (f"{one.name[:1].upper()}{one.name[1:]}: {one.amendment.change.words}.",),
            ((_back_test(one),), ("The button does it, or ", Code(one.command))),
        )
        for one in offers[:_MOST]
    ]
    return [Heading("What these presses suggest"), Listing(tuple(items))] if items else []


def apply_buttons(offers: Sequence[Offer]) -> tuple[Button, ...]:
    """A button for each edit."""
    return tuple(
        Button(APPLY_EDIT, f"Apply: {one.amendment.change.words}", one.argument, "primary")
        for one in offers[:_MOST]
    )


def _back_test(offer: Offer) -> str:
    tried = offer.amendment
    kept = f"none of the {tried.kept} that were kept" if tried.kept else "nothing was kept"
    return (
        f"In the last 30 days it would have removed {tried.removed} of {tried.rejected} stories "
        f"found not relevant, {kept}."
    )
