"""What the reports of a story state, cut down to what a reply shows; each leads to its sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.alerts.compose import web_address
from bot.model import Report
from bot.stories.claims import Claim, ClaimKind, Dispute, Printed, claims_of

MOST_CLAIMS = 12
_QUOTED_WORDS = 30
_FRAGMENT_WORDS = 5
_SMALL = re.compile(r"(?i)(?:one|two|three) (?!(?:day|week|month|year|hour)s?$|percent|per cent)")
_SMALL_BUT_SHARED = 3
"""Origins from which a small count is the event's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """An outlet that prints a claim; `url` leads to the very sentence where a browser can."""

    outlet: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim as it is shown: `said` with its marks and speaker, and the first sentence of it."""

    kind: ClaimKind
    said: str
    sentence: str
    printed: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    """Where reports differ: `about` what, empty where the texts do not say; `told` in short, then
    each side.
    """

    about: str
    told: str
    sides: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLines:
    """The claims of a story that a reply has room for; `left` counts those that it has not."""

    disputes: tuple[DisputeLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    left: int = 0


def claim_lines(reports: Sequence[Report]) -> ClaimLines:
    """What these reports state; pass only such as the asking workspace may see."""
    found = claims_of(reports)
    telling = [claim for claim in found.claims if not _says_little(claim)]
    shown = telling[:MOST_CLAIMS]
    return ClaimLines(
        disputes=tuple(_dispute_line(dispute) for dispute in found.disputes),
        claims=tuple(claim_line(claim) for claim in shown),
        left=len(telling) - len(shown),
    )


def dispute_lines(reports: Sequence[Report]) -> tuple[DisputeLine, ...]:
    """What these reports differ on, the most printed first."""
    return tuple(_dispute_line(dispute) for dispute in claims_of(reports).disputes)


def _says_little(claim: Claim) -> bool:
    """Whether it is a small count such as "two officials": in another report they are others."""
    small = claim.kind is ClaimKind.FIGURE and _SMALL.match(claim.value)
    return bool(small) and claim.origins() < _SMALL_BUT_SHARED


def claim_line(claim: Claim) -> ClaimLine:
    """The claim with who prints it, each outlet once."""
    once: dict[str, Printed] = {}
    for one in claim.printed:
        once.setdefault(one.outlet, one)
    return ClaimLine(
        kind=claim.kind,
        said=_said(claim),
        sentence=claim.printed[0].sentence,
        printed=tuple(
            PrintedLine(outlet=outlet or "an unnamed outlet", url=sentence_address(one))
            for outlet, one in once.items()
        ),
    )


def sentence_address(printed: Printed) -> str | None:
    """The report's address with the text fragment that browsers scroll to; None without one.

    https://wicg.github.io/scroll-to-text-fragment/: the sentence's first words and its last.
    """
    url = web_address(printed.url)
    if url is None:
        return None
    words = printed.sentence.split()
    first = " ".join(words[:_FRAGMENT_WORDS])
    last = " ".join(words[_FRAGMENT_WORDS:][-_FRAGMENT_WORDS:])
    parts = [_encoded(part) for part in (first, last) if part]
    mark = ":~:" if "#" in url else "#:~:"
    return f"{url}{mark}text={','.join(parts)}"


def _encoded(words: str) -> str:
    # A hyphen parts prefix and suffix in a fragment, so it too is written as a code.
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")


def _said(claim: Claim) -> str:
    if claim.kind is not ClaimKind.QUOTATION:
        return claim.value
    words = claim.value.split()
    shown = " ".join(words[:_QUOTED_WORDS]) + ("…" if len(words) > _QUOTED_WORDS else "")
    return f"“{shown}” ({claim.speaker})" if claim.speaker else f"“{shown}”"


def _dispute_line(dispute: Dispute) -> DisputeLine:
    sides = tuple(claim_line(side) for side in dispute.sides)
    return DisputeLine(about=dispute.about, told=dispute.told(), sides=sides)
