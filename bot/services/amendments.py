"""Edits of an order that would have spared a channel what it rejected: found and tried, purely.

Only an edit that takes away none of what was kept is worth offering; of those the one that takes
away most, and of equals the gentlest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.alerts.conditions import NEWS_ONLY, Rules, takes
from bot.alerts.view import View
from bot.errors import PolicywireError
from bot.model import Joined, Judged, Subscription, Watch
from bot.text.scan import searched
from bot.watches import Trial, parse
from bot.watches.canonical import canonical
from bot.watches.nodes import Node, Tag, Words, none_of
from bot.watches.required import is_common
from bot.watches.sources import source_name

FEWEST = 3
"""Rejected stories from which on presses can agree."""
_LEAST_SHARE = 0.5
_STEP = 0.05
_HIGHEST = 0.9
_MOST_ORIGINS = 3
_MOST_TRIED = 12
_LONGEST = 60
"""Characters of a clause: more does not fit on the button that applies it."""

Order = Subscription | Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """A story that the channel was told, and whether anybody there found it not relevant."""

    view: View
    rejected: bool

    @property
    def judged(self) -> list[Judged]:
        """Its reports as they were judged."""
        return [report.judged for report in self.view.reports]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An edit of an order; `words` say it to a person.

    `code` is the option of `subscribe`, or the clause that a watch's query gains.
    """

    code: str
    words: str
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change with its back-test: it would have kept out `removed` of the rejected stories and
    none of the `kept` ones.
    """

    change: Change
    removed: int
    rejected: int
    kept: int


def amendment(
    order: Order, others: Sequence[Order], told: Sequence[ToldStory], rules: Rules
) -> Amendment | None:
    """The best edit of `order`; None where presses do not agree on one.

    A story that another order of the channel takes too would come all the same.
    """
    took = _taker(order, rules)
    brought = [story for story in told if took(story)]
    rejected = [story for story in brought if story.rejected]
    kept = [story for story in brought if not story.rejected]
    if len(rejected) < FEWEST:
        return None
    also = [_taker(other, rules) for other in others]
    alone = [story for story in rejected if not any(takes_too(story) for takes_too in also)]
    best: Amendment | None = None
    for change in _changes(order, alone, kept):
        takes_still = _taker(change.order, rules)
        removed = sum(not takes_still(story) for story in alone)
        enough = removed >= max(FEWEST, _LEAST_SHARE * len(rejected))
        if not enough or (best is not None and removed <= best.removed):
            continue
        if all(takes_still(story) for story in kept):
            best = Amendment(change=change, removed=removed, rejected=len(rejected), kept=len(kept))
    return best


def change_of(order: Order, code: str) -> Change | None:
    """The change that a code says, None for one that is not of this order's sort."""
    if isinstance(order, Watch):
        return _with_clause(order, code)
    return next((one for one in _of_subscription(order) if one.code == code), None)


def _changes(
    order: Order, rejected: Sequence[ToldStory], kept: Sequence[ToldStory]
) -> Iterator[Change]:
    if isinstance(order, Subscription):
        yield from _of_subscription(order)
    else:
        for clause in _clauses(rejected, kept):
            if (change := _with_clause(order, clause)) is not None:
                yield change


def _of_subscription(order: Subscription) -> Iterator[Change]:
    """Every stricter setting, the gentlest first."""
    if order.any_depth:
        words = "ask that a story be about it, not only name it"
        yield Change(code="depth:salient", words=words, order=replace(order, any_depth=False))
    if order.kinds > NEWS_ONLY:
        words = "ask for news alone, no other kinds"
        yield Change(code="kinds:news", words=words, order=replace(order, kinds=NEWS_ONLY))
    for step in range(1, round(_HIGHEST / _STEP) + 1):
        threshold = round(step * _STEP, 2)
        if threshold > order.threshold:
            words = f"ask for relevance {threshold:g}, not {order.threshold:g}"
            changed = replace(order, threshold=threshold)
            yield Change(code=f"threshold:{threshold:g}", words=words, order=changed)
    for origins in range(order.min_sources + 1, _MOST_ORIGINS + 1):
        words = f"ask for {origins} independent origins, not {order.min_sources}"
        changed = replace(order, min_sources=origins)
        yield Change(code=f"min-sources:{origins}", words=words, order=changed)


def _with_clause(order: Watch, clause: str) -> Change | None:
    """The watch whose query asks for the clause too."""
    try:
        query = parse(f"({order.query}) AND {clause}").canonical
    except PolicywireError:
        return None
    words = f"add {clause} to its query"
    return Change(code=clause, words=words, order=replace(order, query=query))


def _clauses(rejected: Sequence[ToldStory], kept: Sequence[ToldStory]) -> list[str]:
    """What most of the rejected stories have and none of the kept, the most frequent first;
    and relevance.
    """
    common = Counter(key for story in rejected for key in _traits(story))
    theirs = {key for story in kept for key in _traits(story)}
    least = max(FEWEST, _LEAST_SHARE * len(rejected))
    found = [key for key, count in common.most_common() if count >= least and key not in theirs]
    clauses = [clause for key in found if len(clause := canonical(none_of(key))) <= _LONGEST]
    levels = [f"relevance>{step / 10:g}" for step in range(1, 9)]
    # Where nothing was kept, excluding what all have in common would exclude what is watched for.
    return [*clauses[:_MOST_TRIED], *levels] if kept else levels


def _traits(story: ToldStory) -> set[Node]:
    """What a query may exclude a story by: what each of its reports has."""
    each = [_traits_of(judged) for judged in story.judged]
    return set.intersection(*each) if each else set()


def _traits_of(judged: Judged) -> set[Node]:
    article = judged.article
    tags: list[Node] = [Tag("kind", article.kind.value)]
    if article.outlet:
        tags.append(Tag("source", source_name(article.outlet)))
    tags += [Tag("entity", entity.id) for entity in judged.entities if entity.workspace is None]
    tags += [Tag("topic", topic) for topic in judged.topics]
    words = {word.strip(".,:;!?'\"()") for word in searched(article.title).split()}
    said = (word for word in words if len(word) > 3 and word.isalnum() and not is_common(word))
    return {*tags, *(Words(word) for word in said)}


def _taker(order: Order, rules: Rules) -> Callable[[ToldStory], bool]:
    """Whether the order asks for a story as it stands, by routing's own conditions."""
    if isinstance(order, Subscription):
        return lambda story: _takes(order, story, rules)
    try:
        trial = Trial(parse(order.query))
    except PolicywireError:
        return lambda _story: False
    return lambda story: _any_match(trial, story.judged)


def _takes(order: Subscription, story: ToldStory, rules: Rules) -> bool:
    joined = Joined(story=story.view.story, report=story.view.reports[-1])
    return takes(order, story.view, joined, rules).now


def _any_match(trial: Trial, reports: Iterable[Judged]) -> bool:
    return any(trial.match(judged) is not None for judged in reports)
