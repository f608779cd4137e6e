"""What anybody could do in a minute: the measures that recognition and relevance must beat."""

import re
from collections.abc import Mapping, Sequence

from bot.entities import Catalog
from bot.relevance import Topics
from bot.text.scan import searched

_AI_POLICY = re.compile(
    r"(?=.*\b(AI|A\.I\.|[Aa]rtificial [Ii]ntelligence|[Cc]hatbots?|[Dd]eepfakes?|[Aa]lgorithm\w*"
    r"|OpenAI|Anthropic|xAI|Claude|ChatGPT|Grok|[Ff]acial [Rr]ecognition|[Dd]ata [Cc]ent\w+)\b)"
    r"(?=.*\b([Ll]aws?|[Bb]ills?|[Rr]egulat\w+|[Cc]ourts?|[Jj]udges?|[Ss]u(?:es?|ed)|[Ll]awsuits?"
    r"|[Bb]an(?:s|ned)?|EU|FTC|[Ss]enat\w+|[Cc]ongress|[Gg]overnment|[Pp]entagon|[Mm]ilitary"
    r"|[Ss]tates?|Trump|White House|[Pp]olicy|[Rr]ules?|[Ee]xports?|[Ee]lections?|PAC)\b)"
)


def by_one_regex(title: str, text: str) -> bool:
    """Whether a word of AI and a word of policy stand in it."""
    return _AI_POLICY.match(f"{title} {text}".replace("\n", " ")) is not None


class Unweighted:
    """Our own lexicons without weights, places and acts: any term of AI with any of policy."""

    def __init__(self, topics: Topics) -> None:
        self._ai = _any_of(topics.ai.terms)
        self._policy = _any_of(tuple(term for topic in topics.policy for term in topic.terms))

    def find(self, title: str, text: str) -> bool:
        """Whether both are said."""
        said = searched(f"{title} {text}")
        return self._ai.search(said) is not None and self._policy.search(said) is not None


def _any_of(terms: Sequence[tuple[str, float]]) -> re.Pattern[str]:
    said = "|".join(
        re.escape(searched(term.rstrip("*"))) + (r"\w*" if term.endswith("*") else "")
        for term, _ in sorted(terms, key=lambda pair: -len(pair[0]))
    )
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)")


class ExactAliases:
    """Every alias as it is written in the catalog, the longest first, and no rule."""

    def __init__(self, catalog: Catalog) -> None:
        named = [(alias.text, entity.id) for entity in catalog.all() for alias in entity.aliases]
        named += [(entity.name, entity.id) for entity in catalog.all()]
        self._who: Mapping[str, str] = dict(reversed(named))
        longest = sorted(self._who, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def find(self, title: str, text: str) -> frozenset[str]:
        """The entities so written."""
        said = f"{title}\n{text}"
        return frozenset(self._who[match[0]] for match in self._pattern.finditer(said))


class PlainNames:
    """Where a full name, or an alias that stands for its entity by itself, is in a title."""

    def __init__(self, catalog: Catalog) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}
        for entity in catalog.all():
            plain = {
                searched(alias.text)
                for alias in entity.aliases
                if not (alias.near or alias.after_full)
            }
            if " " in entity.name:
                plain.add(searched(entity.name))
            if not plain:
                continue
            said = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
            self._patterns[entity.id] = re.compile(rf"(?<!\w)(?:{said})(?!\w)")

    def names(self, entity: str, title: str) -> bool:
        """Whether the title has such a name of the entity."""
        pattern = self._patterns.get(entity)
        return pattern is not None and pattern.search(searched(title)) is not None
