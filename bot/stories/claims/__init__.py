"""Claims: the figures, dates and quotations of a story, who prints each, and where they differ."""

from bot.stories.claims.gather import claims_of
from bot.stories.claims.values import Claim, ClaimKind, Claims, Dispute, Printed

__all__ = ["Claim", "ClaimKind", "Claims", "Dispute", "Printed", "claims_of"]
