"""What the catalog knows already: which of an article's names are its entities."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.entities.catalog import Catalog
from bot.entities.extract.gazetteer.bodies import COMPANY_HEADS, COMPANY_SUFFIXES
from bot.entities.extract.gazetteer.people import FORMAL, QUALIFIERS, SUFFIXES, TITLES
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.mentions import Mention
from bot.entities.extract.reading import Reading
from bot.entities.recogniser import GROUP, Recogniser
from bot.model.entities import EntityKind, RecognisedEntity
from bot.text.fold import fold
from bot.text.scan import Scanner, searched

_LOOSE = COMPANY_SUFFIXES | COMPANY_HEADS | PLACES | DEMONYMS | FORMAL | SUFFIXES | {"the"}
_ADORNED = frozenset({EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.LAW, EntityKind.PRODUCT})


@dataclass(slots=True)
class Known:
    """One entity of the catalog in an article: the names found for it there, and their places."""

    entity: RecognisedEntity
    places: list[tuple[int, int, bool]]
    forms: dict[str, None] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    swallowed: int = 0


@lru_cache(maxsize=2)
def _compiled(catalog: Catalog) -> tuple[Recogniser, Scanner]:
    recogniser = Recogniser(catalog)
    return recogniser, Scanner.build({GROUP: recogniser.literals()})


def find_known(reading: Reading, catalog: Catalog) -> list[Known]:
    """The catalog's entities that the article names, by the recogniser's own rules."""
    recogniser, scanner = _compiled(catalog)
    scanned = scanner.scan(reading.title, reading.text)
    found: list[Known] = []
    for entity in recogniser.recognise(scanned):
        places = [(m.start, m.end, m.field == "title") for m in entity.mentions]
        known = Known(entity, places)
        deeds = _deeds(catalog, entity)
        for start, end, in_title in places:
            source = reading.title if in_title else reading.text
            form = _bare(source[start:end], entity.kind)
            if searched(form) not in deeds:
                known.forms[form] = None
        found.append(known)
    return found


def _deeds(catalog: Catalog, recognised: RecognisedEntity) -> frozenset[str]:
    """Words that name it only beside others (“agencies drop …”): no name that it goes by."""
    entity = catalog.get(recognised.id)
    aliases = entity.aliases if entity else ()
    return frozenset(searched(alias.text) for alias in aliases if alias.also_near)


def _bare(form: str, kind: EntityKind) -> str:
    """A form without article, possessive, and for persons without title."""
    form = " ".join(form.split()).removesuffix("'s").removesuffix("’s").rstrip("'’")
    words = form.split()
    while len(words) > 1 and words[0].lower() in {"the", "a", "an"}:
        words.pop(0)
    if kind is EntityKind.PERSON:
        while len(words) > 1 and words[0].lower().rstrip(".") in TITLES | QUALIFIERS:
            words.pop(0)
    return " ".join(words)


def part_known(mentions: Iterable[Mention], known: Sequence[Known]) -> list[Mention]:
    """The mentions that the catalog does not know; those that it does are added to `known`.

    A known name inside a longer one counts for the longer alone (“Anthropic Institute of Art”).
    """
    places = sorted(
        (start, end, in_title, index)
        for index, each in enumerate(known)
        for start, end, in_title in each.places
    )
    starts = [place[0] for place in places]
    unknown: list[Mention] = []
    for mention in mentions:
        within = [
            (start, end, known[index])
            for start, end, in_title, index in places[
                bisect_left(starts, mention.start - 120) : bisect_left(starts, mention.end)
            ]
            if end > mention.start and in_title == mention.in_title
        ]
        if not _takes(mention, within):
            unknown.append(mention)
    return unknown


def _takes(mention: Mention, within: list[tuple[int, int, Known]]) -> bool:
    """Whether a known entity is what the mention names."""
    for start, end, each in within:
        if start <= mention.start and mention.end <= end:
            _note(mention, each)
            return True
        if _extras(mention, start, end) <= _loose_for(each.entity):
            _note(mention, each)
            if each.entity.kind is not EntityKind.PERSON:
                each.forms[mention.name] = None
            return True
    for start, end, each in within:
        # "General Assembly of the United Nations" names both.
        whole = end >= mention.end and mention.name[
            : max(0, start - mention.start)
        ].lower().endswith(" of the ")
        each.swallowed += not whole
    return False


def _loose_for(entity: RecognisedEntity) -> frozenset[str]:
    loose = _LOOSE if entity.kind in _ADORNED | {EntityKind.ORGANISATION} else FORMAL | SUFFIXES
    return loose | frozenset(searched(entity.name).split())


def _extras(mention: Mention, start: int, end: int) -> set[str]:
    before = mention.name[: max(0, start - mention.start)]
    after = mention.name[max(0, end - mention.start) :]
    return {word.rstrip(".,") for word in fold(f"{before} {after}").text.split()} - {""}


def _note(mention: Mention, each: Known) -> None:
    if mention.role:
        each.roles.append(mention.role)
