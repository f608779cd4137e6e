"""How the claims of a story are set: where reports differ, and who prints what."""

from bot.chat.commands.stories import counted, linked, section
from bot.message import Block, Heading, Inline, Item, Line, Listing, Message, Strong, paragraph
from bot.services.claims import ClaimLine, ClaimLines, DisputeLine

_OUTLETS = 4
_SENTENCE = 240


def dispute_blocks(claims: ClaimLines) -> list[Block]:
    """What reports differ on, with each side's sentence; nothing where they agree."""
    return section("Where reports differ", [_dispute_item(one) for one in claims.disputes])


def claims_page(title: str, claims: ClaimLines) -> tuple[Message, ...]:
    """A page of figures, dates and quotations; none where no report states any."""
    if not claims.claims:
        return ()
    blocks: list[Block] = [
        Heading("Figures, dates and quotations"),
        Listing(tuple(_claim_item(claim) for claim in claims.claims)),
    ]
    if claims.left:
        blocks.append(paragraph(f"{counted(claims.left, 'more claim')} in the reports."))
    return (Message(title=title, blocks=tuple(blocks)),)


def _dispute_item(dispute: DisputeLine) -> Item:
    return Item(
        (dispute.told,),
        tuple(
            (Strong(side.said), " ", *_by(side), f": {_shortened(side.sentence)}")
            for side in dispute.sides
        ),
    )


def _claim_item(claim: ClaimLine) -> Item:
    return Item((claim.said, " — ", *_by(claim)), ((_shortened(claim.sentence),),))


def _by(claim: ClaimLine) -> Line:
    """“NPR, Wire, and 3 more”, each leading to its sentence."""
    parts: list[Inline] = []
    for one in claim.printed[:_OUTLETS]:
        parts += [", "] if parts else []
        parts.append(linked(one.outlet, one.url))
    more = len(claim.printed) - _OUTLETS
    return (*parts, f", and {more} more") if more > 0 else tuple(parts)


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    if len(flat) <= _SENTENCE:
        return flat
    return flat[: _SENTENCE - 1].rpartition(" ")[0] + "…"
