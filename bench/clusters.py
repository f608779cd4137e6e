"""How well articles are joined into stories: pairwise and B-cubed against simple baselines.

python -m bench.clusters --data DIR     development sets (ECB+, Google News, UCI) in DIR
python -m bench.clusters                our own sets alone: the sample wire and a saga of ours
python -m bench.clusters --speed        cost of an article with 10,000 live stories
python -m bench.clusters --errors NAME  what was joined wrongly or kept apart in one set
"""

import argparse
import csv
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from bot.entities import Recogniser, load_catalog
from bot.model import Article, ArticleId, ArticleKind, Judged, Published, Report, StoryId
from bot.stories.clustering import Clusterer
from bot.stories.terms import profile
from bot.stories.weights import load_weights
from bot.text.scan import Scanner

ROOT = Path(__file__).parent.parent
FORMS = ("title", "dek", "full")


@dataclass(frozen=True)
class Item:
    """One labelled article."""

    judged: Judged
    event: str


@dataclass(frozen=True)
class Corpus:
    """Labelled articles in order of time; `only` names the figures that its labels can carry."""

    name: str
    items: Sequence[Item]


def corpora(data: Path | None) -> Iterator[Corpus]:
    """All sets that are there, in each form."""
    recognise = recogniser()
    for form in FORMS:
        yield Corpus(f"wire/{form}", [recognise(item) for item in wire(form)])
    for form in FORMS[:2]:
        yield Corpus(f"saga/{form}", [recognise(item) for item in saga(form)])
    if data is None:
        return
    for form in FORMS:
        yield Corpus(f"ecbplus/{form}", ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", form))
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
        body = row.get("body") or ""
        text = {"title": "", "dek": body.split("\n\n")[0], "full": body}[form]
        item = _item(row["id"], row["title"], text, _instant(row["published"]), row["event"])
        kind = ArticleKind(row.get("kind", "news"))
        if kind is ArticleKind.NEWS:
            found.append(item)
    return _in_order(found)


def saga(form: str) -> list[Item]:
    """A saga of ours: one quarrel, its turns days or hours apart."""
    events = yaml.safe_load((ROOT / "bench" / "saga-bus-cameras.yaml").read_text("utf-8"))
    return _in_order(
        [
            _item(title, title, "" if form == "title" else text, _instant(at), event)
            for event, reports in events.items()
            for at, _, title, text in reports
        ]
    )


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
        found.append(_item(row["id"], parts[0], text, at, row["event"]))
    return _in_order(found)


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
            found.append(_item(member["gnews_url"], member["title"], text, at, group["cluster_id"]))
    return _in_order(found)


def uci(path: Path) -> list[Item]:
    """UCI headlines; only precision means something, its stories are whole topics."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return _in_order(
            [
                _item(
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


def _item(key: str, title: str, text: str, at: datetime, event: str) -> Item:
    article = Article(
        key=str(key),
        title=title,
        text=text,
        published=Published(at=at, stated=True),
        seen_at=at,
    )
    return Item(Judged(article=article), event)


def _instant(value: object) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _in_order(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.judged.article.published.at)


def fresh() -> Clusterer:
    """A clusterer with the weights of config/."""
    return Clusterer(*load_weights(ROOT / "config" / "story-weights.yaml"))


def ours(items: Sequence[Item], clusterer: Clusterer | None = None, start: int = 0) -> list[int]:
    """The story of each article, by the clusterer that the program runs."""
    clusterer = clusterer or fresh()
    stories = []
    for number, item in enumerate(items, start):
        now = item.judged.article.seen_at
        batch = clusterer.begin()
        found = batch.assign(item.judged, now)
        story = StoryId(number) if found.story is None else found.story
        report = Report(id=ArticleId(number), judged=item.judged, joined=found.reasons)
        batch.join(report, story, now)
        clusterer.commit(batch)
        stories.append(int(story))
    return stories


def exact_titles(items: Sequence[Item]) -> list[int]:
    """One group a title, case and punctuation aside."""
    seen: dict[str, int] = {}
    titles = (" ".join(re.findall(r"\w+", i.judged.article.title.lower())) for i in items)
    return [seen.setdefault(title, len(seen)) for title in titles]


def tfidf(items: Sequence[Item], least: float) -> list[int]:
    """Online TF-IDF: joins the group of the nearest earlier article within 72 hours."""
    bags = [
        Counter(re.findall(r"\w+", f"{i.judged.article.title} {i.judged.article.text}".lower()))
        for i in items
    ]
    known = Counter(term for bag in bags for term in bag)
    vectors = []
    for bag in bags:
        raw = {t: (1 + math.log(n)) * math.log(len(bags) / known[t] + 1) for t, n in bag.items()}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        vectors.append({term: value / norm for term, value in raw.items()})
    postings: defaultdict[str, list[int]] = defaultdict(list)
    groups: list[int] = []
    for number, vector in enumerate(vectors):
        likeness: defaultdict[int, float] = defaultdict(float)
        for term, value in vector.items():
            for other in postings[term]:
                likeness[other] += value * vectors[other][term]
            postings[term].append(number)
        at = items[number].judged.article.published.at
        near = [
            (score, -other)
            for other, score in likeness.items()
            if score >= least
            and at - items[other].judged.article.published.at < timedelta(hours=72)
        ]
        groups.append(groups[-max(near)[1]] if near else number)
    return groups


def scores(groups: Sequence[int], items: Sequence[Item]) -> dict[str, float]:
    """Pairwise (P, R, F) and B-cubed (bP, bR, bF) precision, recall and F1."""
    events = [item.event for item in items]
    by_group, by_event = Counter(groups), Counter(events)
    both = Counter(zip(groups, events, strict=True))

    def pairs(counts: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right, made, meant = pairs(both), pairs(by_group), pairs(by_event)
    precision, recall = right / made if made else 1.0, right / meant if meant else 1.0
    cubed_p = sum(n * n / by_group[group] for (group, _), n in both.items()) / len(events)
    cubed_r = sum(n * n / by_event[event] for (_, event), n in both.items()) / len(events)
    return {
        "P": precision, "R": recall, "F": _mean(precision, recall),
        "bP": cubed_p, "bR": cubed_r, "bF": _mean(cubed_p, cubed_r),
    }  # fmt: skip


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def compare(corpus: Corpus) -> None:
    """Print one table."""
    items = corpus.items
    print(f"\n{corpus.name}: {len(items)} articles, {len({i.event for i in items})} events")
    cuts = [cut / 20 for cut in range(2, 14)]
    best = max((tfidf(items, cut) for cut in cuts), key=lambda g: scores(g, items)["bF"])
    rows = {
        "every article alone": list(range(len(items))),
        "exact title": exact_titles(items),
        "TF-IDF, best cut": best,
        "policywire": ours(items),
    }
    for name, groups in rows.items():
        figures = " ".join(f"{k} {v:.3f}" for k, v in scores(groups, items).items())
        print(f"  {name:20} {figures}")


def show_errors(corpus: Corpus) -> None:
    """Print the stories that mix events, and the events in several stories."""
    groups = ours(corpus.items)
    by_story, by_event = defaultdict(list), defaultdict(list)
    for group, item in zip(groups, corpus.items, strict=True):
        line = f"{item.judged.article.published.at:%m-%d %H:%M} {item.judged.article.title}"
        by_story[group].append((item.event, line))
        by_event[item.event].append((group, line))
    for story, members in by_story.items():
        if len({event for event, _ in members}) > 1:
            print(f"mixed {story}", *(f"    {event}: {line}" for event, line in members), sep="\n")
    for event, reports in by_event.items():
        if len({group for group, _ in reports}) > 1:
            print(f"apart {event}", *(f"    {group}: {line}" for group, line in reports), sep="\n")


def speed(stories: int = 10_000, measured: int = 1_000) -> None:
    """Print the cost of an article with many live stories of made-up words."""
    chance = random.Random(1)
    common = [f"word{n}" for n in range(3_000)]
    start = datetime(2026, 3, 1, tzinfo=UTC)

    def article(number: int) -> Item:
        names = [f"Name{chance.randrange(40_000)}" for _ in range(6)]
        words = [common[min(int(chance.expovariate(1 / 300)), 2_999)] for _ in range(34)]
        text = names[3:] + words[10:]
        chance.shuffle(text)
        title = " ".join(names[:3] + words[:10])
        at = start + timedelta(seconds=number * 20)
        return _item(str(number), title, " ".join(text) + ".", at, str(number))

    clusterer = fresh()
    ours([article(number) for number in range(stories)], clusterer)
    later = [article(number) for number in range(stories, stories + measured)]
    begun = time.process_time()
    ours(later, clusterer, stories)
    spent = time.process_time() - begun
    begun = time.process_time()
    for item in later:
        profile(item.judged)
    reading = time.process_time() - begun
    print(
        f"{clusterer.live} live stories: {spent / measured * 1000:.2f} ms an article, "
        f"of which {reading / measured * 1000 * 1:.2f} ms is reading it"
    )


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--errors", metavar="NAME")
    asked = parser.parse_args()
    if asked.speed:
        speed()
        return
    for corpus in corpora(asked.data):
        if not corpus.items:
            print(f"\n{corpus.name}: not there, skipped")
        elif asked.errors is None:
            compare(corpus)
        elif asked.errors == corpus.name:
            show_errors(corpus)


if __name__ == "__main__":
    main()
