"""Labelled sets for clustering: the sample wire, sagas of ours, and public ones where they are.

Every set comes in forms: title alone, title and dek, full text. A dense form of a saga has its
turns closer together; a mixed one runs among articles that have nothing to do with it.
"""

import csv
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from bench import outlets
from bench.events import events_of
from bench.press import reports
from bench.sagas import names, told
from bot.entities import Recogniser, load_catalog
from bot.feeds.kind import kind_of
from bot.model import Article, Judged, Published
from bot.text.html import html_to_text
from bot.text.scan import Scanner

ROOT = Path(__file__).parent.parent
FORMS = ("title", "dek", "full")
DENSE = 0.45
"""In a dense form the time from turn to turn is so much of what it was."""
BACKGROUND = 900
"""Articles that a mixed set has beside its saga."""


@dataclass(frozen=True)
class Item:
    """One labelled article; `event` is empty where nobody labelled it."""

    judged: Judged
    event: str


@dataclass(frozen=True)
class Corpus:
    """Labelled articles in order of time."""

    name: str
    items: Sequence[Item]

    @property
    def family(self) -> str:
        """What must be left out together: the forms of one set share events."""
        return self.name.removeprefix("mixed-").split("/")[0]


def corpora(
    data: Path | None, archive: Path | None = None, clone: Path | None = None
) -> Iterator[Corpus]:
    """All sets that are there, in each form.

    `archive` and `clone` are clones of what bench/press.py and bench/outlets.py read.
    """
    recognise = recogniser()
    for form in FORMS:
        yield Corpus(f"wire/{form}", [recognise(item) for item in wire(form)])
    others = [recognise(item) for item in background(data)] if data else []
    for name in names():
        for form in FORMS:
            items = [recognise(item) for item in saga(name, form)]
            yield Corpus(f"{name}/{form}", items)
            yield Corpus(f"{name}/{form}-dense", denser(items))
            if others and form == "dek":
                yield Corpus(f"mixed-{name}/{form}", mixed(items, others))
    if archive is not None:
        for form in FORMS:
            yield Corpus(f"press/{form}", [recognise(item) for item in press(archive, form)])
    if clone is not None:
        yield from wires(clone, recognise)
    if data is None:
        return
    for form in FORMS:
        found = ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", form)
        yield Corpus(f"ecbplus/{form}", [recognise(item) for item in found])
    if others:
        known = [[recognise(item) for item in part] for part in crowd(data)]
        yield Corpus("crowd/dek", _in_order([*(i for part in known for i in part), *others]))
    for form in FORMS[:2]:
        path = data / "headlines-2026" / "items.jsonl"
        found = [recognise(item) for item in headlines(path, form)]
        yield Corpus(f"headlines/{form}", found)
    yield Corpus("gnews/dek", gnews(data / "clusters-gnews-2026-01" / "clusters.jsonl"))
    yield Corpus("uci/title", uci(data / "clusters-uci-2014" / "uci_news_first6k.csv"))


def recogniser() -> Callable[[Item], Item]:
    """A function that adds the catalog's entities to an article."""
    known = Recogniser(load_catalog(ROOT / "config" / "entities.yaml"))
    scanner = Scanner.build({"alias": known.literals()})

    def recognise(item: Item) -> Item:
        article = item.judged.article
        entities = known.recognise(scanner.scan(article.title, article.text))
        return replace(item, judged=replace(item.judged, entities=entities))

    return recognise


def wire(form: str) -> list[Item]:
    """The sample wire's entries that name their event."""
    rows = []
    for path in sorted((ROOT / "seeds").glob("*/wire/items-*.yaml")):
        rows += [row for row in yaml.safe_load(path.read_text("utf-8")) or [] if row.get("event")]
    found = []
    for row in rows:
        body = html_to_text(row.get("body") or "")
        text = {"title": "", "dek": body.split("\n\n")[0], "full": body}[form]
        if row.get("kind", "news") == "news":
            at = _instant(row["published"])
            found.append(labelled(row["id"], row["title"], text, at, row["event"], row["outlet"]))
    return _in_order(found)


def saga(name: str, form: str) -> list[Item]:
    """A saga of ours."""
    return [
        labelled(f"{name}:{number}", of.title, of.text, of.at, of.event, of.outlet)
        for number, of in enumerate(told(name, form))
    ]


def denser(items: Sequence[Item]) -> list[Item]:
    """The same reports with less time from event to event; within an event all stays."""
    first: dict[str, datetime] = {}
    for item in items:
        first.setdefault(item.event, _at(item))
    start = min(first.values())
    return _in_order([_moved(item, (start - first[item.event]) * (1 - DENSE)) for item in items])


def background(data: Path) -> list[Item]:
    """Unlabelled headlines and deks of February 2026."""
    path = data / "headlines-2026" / "items.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["published"]]
    return [
        labelled(
            row["id"], row["title"], row["dek"] or "", _instant(row["published"]), "", row["outlet"]
        )
        for row in rows[:: max(len(rows) // BACKGROUND, 1)]
    ]


def mixed(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """A saga that begins with the others and runs among them."""
    shift = min(_at(item) for item in others) - _at(items[0])
    return _in_order([*(_moved(item, shift) for item in items), *others])


def crowd(data: Path) -> list[list[Item]]:
    """All labelled sets at once: events of at most ten reports, sagas begun at chance times."""
    chance = random.Random(11)
    twins = ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", "dek")
    found = []
    for items in (wire("dek"), *(saga(name, "dek") for name in names()), twins):
        start = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(hours=chance.uniform(0, 240))
        left = {item.event: chance.randint(2, 10) for item in items}
        part = []
        for item in items:
            left[item.event] -= 1
            if left[item.event] >= 0:
                part.append(_moved(item, start - _at(items[0])))
        found.append(part)
    return found


def ecbplus(path: Path, form: str) -> list[Item]:
    """ECB+ with made-up times: twin events hours or days apart, reports of one within hours."""
    if not path.exists():
        return []
    chance, topics, events = random.Random(7), dict[str, float](), dict[str, float]()
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        topic = topics.setdefault(row["topic"], chance.uniform(0, 720))
        event = events.setdefault(row["event"], topic + chance.expovariate(1 / 24))
        at = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(hours=event + chance.expovariate(1 / 5))
        parts = [_untokenised(part) for part in row["sentences"]]
        parts = [p for p in parts if not re.match(r"https?://|\w+ \d+, \d{4}|\d", p)] or parts
        text = {"title": "", "dek": " ".join(parts[1:4]), "full": " ".join(parts[1:])}[form]
        found.append(labelled(row["id"], parts[0], text, at, row["event"]))
    return _in_order(found)


def headlines(path: Path, form: str) -> list[Item]:
    """Headlines of February 2026 with our labels; what they are unsure of has none."""
    if not path.exists():
        return []
    labels = (ROOT / "bench" / "headlines-events.yaml").read_text("utf-8")
    events = events_of(yaml.safe_load(labels))
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["published"]:
            text = (row["dek"] or "") if form == "dek" else ""
            event = events.get(row["id"], row["id"])
            at = _instant(row["published"])
            found.append(labelled(row["id"], row["title"], text, at, event, row["outlet"]))
    return _in_order(found)


def press(archive: Path, form: str) -> list[Item]:
    """News of magazines of technology with our labels."""
    found = reports(archive, form)
    return _in_order(
        [labelled(of.id, of.title, of.text, of.at, of.event, of.outlet) for of in found]
    )


def wires(clone: Path, recognise: Callable[[Item], Item]) -> Iterator[Corpus]:
    """Real sagas, and two weeks of news of all kinds, with their true times."""
    for name, written in outlets.sets(clone).items():
        for form in FORMS[:2]:
            found = [
                labelled(
                    of.id, of.title, of.dek if form == "dek" else "", of.at, of.event, of.outlet
                )
                for of in written
            ]
            yield Corpus(f"{name}/{form}", [recognise(item) for item in found])


def gnews(path: Path) -> list[Item]:
    """Google News groups of two and more; only recall means something."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8").splitlines():
        group = json.loads(line)
        if group["size"] < 2:
            continue
        for member in group["members"]:
            text = member.get("matched_description") or ""
            at = datetime.fromisoformat(member["first_seen"])
            found.append(
                labelled(member["gnews_url"], member["title"], text, at, group["cluster_id"])
            )
    return _in_order(found)


def uci(path: Path) -> list[Item]:
    """UCI headlines; only precision means something, its stories are whole topics."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return _in_order(
            [
                labelled(
                    row["ID"],
                    row["TITLE"],
                    "",
                    datetime.fromtimestamp(int(row["TIMESTAMP"]) / 1000, UTC),
                    row["STORY"],
                )
                for row in csv.DictReader(lines)
            ]
        )


def _untokenised(text: str) -> str:
    for old, new in (("`` ", '"'), ("``", '"'), (" ''", '"'), ("''", '"'), (" - ", "-")):
        text = text.replace(old, new)
    text = re.sub(r" ([,.;:?!%)]|['’](?:s|re|ve|ll|d|m|t)\b|n't)", r"\1", text)
    return re.sub(r"([($]) ", r"\1", text)


def labelled(  # noqa: PLR0917 - the fields of a row, in its order
    key: str, title: str, text: str, at: datetime, event: str, outlet: str = ""
) -> Item:
    """An article with its label."""
    article = Article(
        key=str(key),
        kind=kind_of(title, None),
        title=title,
        text=text,
        outlet=outlet,
        published=Published(at=at, stated=True),
        seen_at=at,
    )
    return Item(Judged(article=article), event)


def _instant(value: object) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _in_order(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.judged.article.published.at)


def _at(item: Item) -> datetime:
    return item.judged.article.published.at


def _moved(item: Item, by: timedelta) -> Item:
    at = _at(item) + by
    article = replace(item.judged.article, published=Published(at=at, stated=True), seen_at=at)
    return replace(item, judged=replace(item.judged, article=article))
