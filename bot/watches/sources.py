"""Under which names an article's outlet can be asked for."""

import re
from functools import lru_cache

from yarl import URL

from bot.text.scan import searched

_WWW = re.compile(r"^(?:www\.)+")
_ARTICLE = re.compile(r"^(?:the )+(?=.)")
_LONGEST_NAME = 8
"""Words of an outlet's name; more is a slogan."""

_SHORTEST_LABEL = 3
"""Letters of a domain's label that names an outlet; shorter ones are `co`, `uk`, `m`."""


def source_name(typed: str) -> str:
    """The form of an outlet's name or domain in which it is compared."""
    folded = typed.strip().lower()
    if "." in folded and len(folded.split()) == 1:
        host = (folded.partition("://")[2] or folded).partition("/")[0]
        return _WWW.sub("", host).strip(".")
    return _ARTICLE.sub("", searched(typed))


@lru_cache(maxsize=256)  # of one article it is asked by every watch, of an older one never
def source_tags(outlet: str, url: str | None) -> frozenset[str]:
    """All that `source:` may ask of an article, with that word before it.

    Its outlet's name or whole words of it, its domain, a domain above that (`gov.uk`), or a label
    of its domain (`reuters` for reuters.com).
    """
    words = source_name(outlet).split()[:_LONGEST_NAME]
    names = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    try:
        labels = (URL(url).host or "").removeprefix("www.").split(".") if url else []
    except ValueError:
        labels = []
    names.update(".".join(labels[start:]) for start in range(len(labels)))
    names.update(searched(label) for label in labels[:-1] if len(label) >= _SHORTEST_LABEL)
    names.discard("")
    return frozenset(f"source:{name}" for name in names)
