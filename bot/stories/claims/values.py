"""What reports of a story state, and in which sentence."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model import ArticleId


class ClaimKind(StrEnum):
    """What sort of thing is stated."""

    FIGURE = "figure"
    DATE = "date"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Where one report prints a claim: its own words, and the sentence that holds them."""

    report: ArticleId
    outlet: str
    url: str | None
    origin: int
    written: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure, date or quotation, and every report that prints it, in order of arrival.

    `value` is how it was first written, without quotation marks; `speaker` is who is quoted, as
    the text names them, empty where it does not say or for other kinds.
    """

    kind: ClaimKind
    value: str
    printed: tuple[Printed, ...]
    speaker: str = ""

    def outlets(self) -> list[str]:
        """The outlets that print it, each once, in order of their first report."""
        return list(dict.fromkeys(one.outlet for one in self.printed))

    def origins(self) -> int:
        """How many independent sources print it."""
        return len({one.origin for one in self.printed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Values that reports give for one and the same thing; what most print stands first.

    `about` is what they are given for, in one or two words of the reports.
    """

    kind: ClaimKind
    about: str
    sides: tuple[Claim, ...]

    def told(self) -> str:
        """“contract: $200 million in 6, $250 million in 1”; counts are of outlets."""
        sides = ", ".join(f"{side.value} in {len(side.outlets())}" for side in self.sides)
        return f"{self.about}: {sides}" if self.about else sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All that a story's reports state: what most of them print first; and what they differ on."""

    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
