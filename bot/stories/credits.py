"""Whom a text credits with its report: "first reported by Axios", "(Reuters) —", "told CNN"."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from bot.feeds.credit import wire_named
from bot.text.calendar import WEEKDAY

_LEAD = 600
"""Characters at the top where "according to" or "reported" names whom the whole piece rests on."""
_TOLD = 400
"""The same for "told": further down it is one voice of several."""

_WORD = re.compile(r"[^\W_]+")
_PART = r"[\w&’'-]*(?:\.\w+)*"
_NAME = rf"((?:[Tt]he )?[A-Z0-9]{_PART}(?: (?:of |the )?[A-Z]{_PART}){{0,4}})"
_FIRST = (
    re.compile(r"\bfirst reported (?:on \w+ )?(?:by|in) " + _NAME),
    re.compile(_NAME + r"(?:, which)? (?:first|was first to|was the first to) report"),
)
"""Whoever stands here is a source, known or not."""
_EARLIER = (
    re.compile(r"\b(?:earlier|previously) reported (?:on \w+ )?(?:by|in) " + _NAME),
    re.compile(_NAME + r" (?:earlier|previously) report"),
    re.compile(
        r"\b(?:report|story|article|scoop) (?:first )?(?:published |appeared )?(?:by|in|from) "
        + _NAME
    ),
)  # fmt: skip
"""A company reports too ("Nvidia previously reported a loss"): only an outlet counts here."""
_RESTS_ON = (
    re.compile(r"\b(?:[Aa]ccording to|[Rr]eports?,? by|citing|per) " + _NAME),
    re.compile(_NAME + r"(?:,? citing [^,.]{3,60},)? (?:has )?report(?:ed|s)\b"),
    re.compile(r"\b(?:reported|cited|obtained|seen|reviewed|viewed) by " + _NAME),
    re.compile(r", reports " + _NAME),
    re.compile(rf"{_NAME} report(?:ed)? (?:on )?{WEEKDAY}"),
)
_TELLS = re.compile(r"\b(?:told|interview (?:with|on)|spoke (?:to|with)) " + _NAME)
_OWNER = re.compile("['’]s? ")
_PLACE_CREDIT = re.compile(r"^[^.!?\n]{0,60}\(([A-Z][\w .&’'-]{1,40})\)\s*[—–-]")

_SHORT = {
    "nyt": "new york times",
    "wsj": "wall street journal",
    "wapo": "washington post",
    "ft": "financial times",
    "scmp": "south china morning post",
    "times of london": "times",
}
_OUTLETS = frozenset({
    "404 media", "abc news", "al jazeera", "ars technica", "associated press", "axios", "barron s",
    "bbc", "bbc news", "bloomberg", "breaking defense", "business insider", "c span", "cbs news",
    "cnbc", "cnn", "defense one", "defensescoop", "der spiegel", "economist", "fedscoop",
    "financial times", "forbes", "fortune", "fox business", "fox news", "gizmodo", "globe and mail",
    "guardian", "handelsblatt", "hill", "information", "intercept", "las vegas review journal",
    "le monde", "los angeles times", "mit technology review", "ms now", "msnbc", "nbc news",
    "new york post", "new york times", "new yorker", "newsweek", "nextgov", "nikkei", "nikkei asia",
    "npr", "pbs newshour", "platformer", "politico", "propublica", "punchbowl news", "reuters",
    "rolling stone", "semafor", "sky news", "south china morning post", "tass", "techcrunch",
    "telegraph", "time", "times", "usa today", "vanity fair", "verge", "vox", "wall street journal",
    "washington post", "wired", "yahoo finance",
})  # fmt: skip
"""Press that other press credits, in the form of `outlet_name`; a wire counts besides."""


def outlet_name(written: str) -> str:
    """An outlet's name in one form, so that "The WSJ" is "wall street journal"."""
    wire = wire_named(written)
    words = _WORD.findall((wire or written).replace("’s", "").replace("'s", "").lower())
    if words[:1] == ["the"]:
        words = words[1:]
    name = " ".join(words)
    return _SHORT.get(name, name)


def credited(text: str, known: Collection[str] = ()) -> list[str]:
    """Outlets that a text credits with the report, in the form of `outlet_name`.

    `known` are outlets besides the well-known ones, in the same form: those that report the same
    event.
    """
    sure, likely = _named_in(text)
    press = (name for name in likely if name in _OUTLETS or name in known or wire_named(name))
    return list(dict.fromkeys(name for name in (*sure, *press) if name))


@lru_cache(maxsize=1024)
def _named_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is a source for certain, and who is one if it is press."""
    place = _PLACE_CREDIT.match(text)
    sure = [outlet_name(place[1])] if place else []
    sure += _named(_FIRST, text)
    likely = [*_named(_EARLIER, text), *_named(_RESTS_ON, text[:_LEAD])]
    likely += _named((_TELLS,), text[:_TOLD])
    return tuple(sure), tuple(likely)


def _named(patterns: Collection[re.Pattern[str]], text: str) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            # “according to Bloomberg's Mark Gurman”
            yield outlet_name(_OWNER.split(match[1])[0].rstrip(".'’-"))
