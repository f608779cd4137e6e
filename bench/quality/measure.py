"""What the program finds in labelled items, counted."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

from bench.quality.counts import Counts
from bench.quality.gold import Gold
from bench.quality.plain import ExactAliases, PlainNames, by_one_regex
from bot.app.engine import Engine, Knowledge
from bot.entities import Catalog
from bot.model import Article, EntityId, Judged, Published
from bot.settings import Settings

Form = Literal["title", "title and text"]
FORMS: Sequence[Form] = ("title", "title and text")
_DAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Judges(Protocol):
    """Says what is in a title and a text."""

    def __call__(self, title: str, text: str) -> Judged: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The shipped engine on the shipped config, with the plain rivals made of the same catalog."""

    judge: Judges
    threshold: float
    catalog: Catalog
    exact: ExactAliases
    plain: PlainNames

    def kind(self, entity: str) -> str:
        """The entity's kind, "gone" where a label names one that the catalog no longer has."""
        found = self.catalog.get(EntityId(entity))
        return found.kind.value if found else "gone"

    @classmethod
    def load(cls) -> "Program":
        """Read the config and compile it."""
        settings = Settings.load({})
        knowledge = Knowledge.load(settings)
        stages = Engine.build(knowledge).stages

        def judge(title: str, text: str) -> Judged:
            published = Published(at=_DAY, stated=True)
            article = Article(key=title, title=title, text=text, published=published, seen_at=_DAY)
            return stages.judge(article)

        return cls(
            judge=judge,
            threshold=settings.behaviour.alerts.threshold,
            catalog=knowledge.catalog,
            exact=ExactAliases(knowledge.catalog),
            plain=PlainNames(knowledge.catalog),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One wrong judgement of an item."""

    item: Gold
    form: Form
    what: str


@dataclass(slots=True, kw_only=True)
class Measured:
    """The counts of one sample in one form."""

    recognition: Counts = field(default_factory=Counts)
    by_kind: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    plain_names: Counts = field(default_factory=Counts)
    exact_aliases: Counts = field(default_factory=Counts)
    relevance: Counts = field(default_factory=Counts)
    one_regex: Counts = field(default_factory=Counts)
    doubtful: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)


def measure(program: Program, items: Sequence[Gold], form: Form) -> Measured:
    """Judge each item from its title alone, or from title and text."""
    measured = Measured()
    for item in items:
        text = "" if form == "title" else item.text
        judged = program.judge(item.title, text)
        _count_entities(measured, program, item, form=form, judged=judged)
        _count_relevance(measured, program, item, form=form, judged=judged)
    return measured


def _count_entities(
    measured: Measured, program: Program, item: Gold, *, form: Form, judged: Judged
) -> None:
    true = item.in_title if form == "title" else item.entities
    text = "" if form == "title" else item.text
    found = frozenset(str(entity.id) for entity in judged.entities)
    exact = program.exact.find(item.title, text)
    in_titles = {
        str(entity.id)
        for entity in judged.entities
        if any(mention.field == "title" for mention in entity.mentions)
    }
    for who in (true | found | exact) - (item.maybe - true):
        measured.exact_aliases.add(found=who in exact, true=who in true)
        if who not in true | found:
            continue
        measured.recognition.add(found=who in found, true=who in true)
        measured.by_kind[program.kind(who)].add(found=who in found, true=who in true)
        if (who in found) != (who in true):
            what = f"found {who}" if who in found else f"missed {who}"
            measured.mistakes.append(Mistake(item=item, form=form, what=what))
    for who in item.in_title:
        if program.plain.names(who, item.title):
            measured.plain_names.add(found=who in in_titles, true=True)


def _count_relevance(
    measured: Measured, program: Program, item: Gold, *, form: Form, judged: Judged
) -> None:
    if form == "title" and not item.title_tells:
        return
    found = judged.relevance >= program.threshold
    if item.doubtful:
        measured.doubtful["as labelled" if found == item.relevant else "otherwise"] += 1
        return
    text = "" if form == "title" else item.text
    measured.relevance.add(found=found, true=item.relevant)
    measured.one_regex.add(found=by_one_regex(item.title, text), true=item.relevant)
    if found != item.relevant:
        said = "is AI policy" if item.relevant else "is not AI policy"
        what = f"relevance {judged.relevance:.2f}, {said}"
        measured.mistakes.append(Mistake(item=item, form=form, what=what))
