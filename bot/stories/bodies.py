"""Which of several like bodies a report names: the Senate or the House, this court or that.

A vote of one chamber is no vote of the other, however alike the bills; nor is a ruling.
"""

import re

_BODIES = (
    ("chamber", "house", r"(?<!white )house(?! of commons| of lords)(?= |,|\.|$|’|')"),
    ("chamber", "senate", r"senat(?:e|ors?)"),
    ("chamber", "commons", r"commons"),
    ("chamber", "lords", r"(?:house of )?lords"),
    ("court", "supreme", r"supreme court|high court|justices"),
    ("court", "appeals", r"appeals (?:court|panel|judges?)|court of appeals?|appellate|circuit"),
    ("court", "trial", r"district (?:court|judge)|federal judge"),
)
_PATTERNS = tuple(
    (kind, name, re.compile(rf"\b(?:{pattern})\b")) for kind, name, pattern in _BODIES
)
_CUE = re.compile("house|senat|commons|lords|court|justices|appe(?:als|llate)|circuit|judge")
"""One of these is in whatever a pattern matches."""
_CIRCUIT = re.compile(
    r"\b(\d{1,2}(?=(?:st|nd|rd|th) circuit)|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|eleventh|d\.?c\.?|federal)(?:st|nd|rd|th)? circuit\b"
)
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh",
)  # fmt: skip


def bodies(text: str) -> frozenset[tuple[str, str]]:
    """The bodies that the words name, each with its kind."""
    small = text.lower()
    if not _CUE.search(small):
        return frozenset()
    found = {(kind, name) for kind, name, pattern in _PATTERNS if pattern.search(small)}
    for match in _CIRCUIT.finditer(small):
        name = match[1].replace(".", "")
        found.add(("circuit", str(_ORDINALS.index(name)) if name in _ORDINALS else name))
    return frozenset(found)
