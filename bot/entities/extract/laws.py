"""Laws and instruments that capitals alone do not show: numbered, or with brackets in the name."""

import re
from collections import defaultdict
from datetime import UTC, datetime

from bot.entities.extract.mentions import ALSO, Mention
from bot.entities.extract.reading import Reading
from bot.entities.references import find_references
from bot.model.entities import EntityKind

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""It decides which Congress a bill is of; here only the bill's place in the text counts."""
_KINDS = frozenset({"bill", "executive-order", "eu-act", "eu-document", "public-law", "caption"})
_NUMBERED = re.compile(
    r"""(?x)
    \b(?:[A-Z][\w'’-]{1,30}\ ){1,8}\((?:[A-Z][\w-]+(?:\ and\ |,\ |\ )?){1,5}\)
        \ (?:[A-Z][\w'’-]+\ ){0,3}
        (?:Act|Bill|Regulations?|Order|Law|Code|Directive)(?:\ \d{4})?\b
    | \b(?:Senate|House|Assembly)\ Bill\ (?:No\.\ )?\d{1,5}\b
    | \b(?:Bill|Law|Decree|Resolution|Ordinance|Decree-Law)\ (?:[Nn]o\.?\ )?
        \d{1,6}(?:[./]\d{2,6})+\b
    | \bSection\ \d{3,4}(?!\ of)\b | \bTitle\ [IVX]{1,4}\b(?!\ of) | \bProposition\ \d{1,3}\b
    | \b(?:ISO|IEC|IEEE|ETSI|ITU-T|NIST\ SP)(?:/[A-Z]+)*\ [A-Z]{0,3}\ ?\d{2,6}(?:-\d+)*\b
    | \b(?:First|Second|Fourth|Fifth|Sixth|Eighth|Tenth|Fourteenth|Equal\ Rights)\ Amendment\b
    """
)


_ARTICLE = re.compile(r"^(?:The|A|An) ")


def find_laws(reading: Reading) -> list[Mention]:
    """Mentions of numbered laws, bills, orders, standards and cases, in the text."""
    spans = {
        (match.end() - len(_ARTICLE.sub("", match[0])), match.end())
        for match in _NUMBERED.finditer(reading.text)
    }
    for reference in find_references("", reading.text, _ANY_DAY):
        if reference.kind in _KINDS:
            spans.add((reference.span.start, reference.span.end))
    found: list[Mention] = []
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < last:
            continue
        last = end
        written = reading.text[start:end]
        mention = Mention(written, tuple(written.split()), start, end)
        mention.evidence = defaultdict(float, {EntityKind.LAW: 6.0})
        also = ALSO.match(reading.text, end)
        mention.also = also.end() if also else -1
        found.append(mention)
    return found
