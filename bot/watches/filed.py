"""Very many queries, compiled to numbers and filed by what each requires.

An article is a set of facts: this word stands in it, that one in its title, this is its source. A
query is a row of facts that must be there or must not; only what cannot be said so is kept as a
tree. All rows lie in a few flat arrays: a hundred thousand objects would be as many places of
memory to wait for, and for the collector of cycles to walk.
"""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from bot.model import WatchId
from bot.watches.canonical import canonical
from bot.watches.evaluate import Evidence, holds
from bot.watches.nodes import And, Near, Node, Not, Or, Relevance, Tag, Words, words_of
from bot.watches.postings import Postings
from bot.watches.query import Query
from bot.watches.required import chance, required

_ALWAYS, _NEVER = -1, (1 << 31) - 1
"""A fact that every article has, and one that none has."""
_RECORD = 4
"""Numbers of a record: a fact that must be there, two that must not, and the code of its row."""
_SEVERAL = -1
"""In place of the one watch of a row that several watch."""


class Numbers(dict[str, int]):
    """Words or other facts by number, counted as they come."""

    def __missing__(self, fact: str) -> int:
        number = self[fact] = len(self)
        return number


class Filed:
    """Watches by what their queries require. A query that several watch is evaluated once.

    Words have the numbers that the scanner gives them. Other facts are below zero: -1 - n is the
    n-th of `others`, named as tags are. So a fact is its own index among the postings.
    """

    def __init__(self, watches: Iterable[tuple[WatchId, Query]], words: Numbers) -> None:
        """File these; words that are new are numbered in `words`."""
        self._others = Numbers({"": -1 - _ALWAYS})
        compiler = _Compiler(words, self._others)
        rows: dict[str, int] = {}
        self._alone = array("q")
        self._several: dict[int, list[WatchId]] = {}
        for watch, query in watches:
            row = rows.get(query.canonical)
            if row is None:
                rows[query.canonical] = compiler.add(query)
                self._alone.append(watch)
            else:
                first = WatchId(self._alone[row])
                self._several.setdefault(row, [first]).append(watch)
                self._alone[row] = _SEVERAL
        facts = len(words) + len(self._others)
        self._sure = Postings(facts, self._watched(compiler.sure))
        self._unsure = Postings(facts, compiler.unsure)
        self._always, self._more = compiler.always, compiler.more
        self._titled, self._compared = compiler.titled, compiler.compared

    def facts(self, found: set[int], in_title: set[int], evidence: Evidence) -> set[int]:
        """All that these queries can ask of an article, by number; the first two are words."""
        others, titled = self._others, self._titled
        facts = {-1 - others[tag] for tag in evidence.tags & others.keys()}
        facts.add(_ALWAYS)
        facts.update([titled[word] for word in in_title & titled.keys()])
        facts.update([fact for fact, node in self._compared.items() if holds(node, evidence)])
        return facts | found

    def candidates(self, facts: set[int]) -> int:
        """How many queries an article's facts bring up, and watches of those that ask no more."""
        return len(set(self._sure.under(facts))) + len(
            set(self._unsure.under(facts)[_RECORD - 1 :: _RECORD])
        )

    def matching(self, facts: set[int], evidence: Evidence) -> set[WatchId]:
        """Who watches the queries that hold of an article with these facts."""
        brought_up = iter(self._unsure.under(facts))
        passed = [
            code
            for wanted, unwanted, other, code in zip(*[brought_up] * _RECORD, strict=True)
            if wanted in facts and unwanted not in facts and other not in facts
        ]
        matched = [code >> 1 for code in passed if not code & 1]
        tried = [*self._always, *(code >> 1 for code in passed if code & 1)]
        more = self._more
        matched += [row for row in tried if more[row].holds(facts, evidence)]
        alone = self._alone
        watches = {alone[row] for row in matched}
        if _SEVERAL in watches:
            watches.remove(_SEVERAL)
            for row in matched:
                watches.update(self._several.get(row, ()))
        watches.update(self._sure.under(facts))
        return cast("set[WatchId]", watches)

    def _watched(self, filed: Iterable[tuple[int, int]]) -> Iterator[tuple[int, WatchId]]:
        """Facts with the watches of the rows that are filed under them."""
        return ((fact, watch) for fact, row in filed for watch in self._watchers(row))

    def _watchers(self, row: int) -> Sequence[WatchId]:
        """Who watches a row's query."""
        alone = self._alone[row]
        return self._several[row] if alone == _SEVERAL else (WatchId(alone),)


@dataclass(frozen=True, slots=True)
class _More:
    """What a query asks beside its record: facts that must be there and that must not, of each
    choice one, and that `rest` holds.
    """

    wanted: Sequence[int]
    unwanted: Sequence[int]
    choices: Sequence[Sequence[int]]
    rest: Sequence[Node]

    def holds(self, facts: set[int], evidence: Evidence) -> bool:
        if not (facts.issuperset(self.wanted) and facts.isdisjoint(self.unwanted)):
            return False
        for choice in self.choices:
            if facts.isdisjoint(choice):
                return False
        return all(holds(node, evidence) for node in self.rest)


class _Needed:
    """The rarest facts offered of which a query needs one; by these it is filed."""

    __slots__ = ("_chance", "facts")

    def __init__(self) -> None:
        self.facts: tuple[int, ...] = ()
        self._chance = math.inf

    def offer(self, facts: tuple[int, ...], chance: float) -> None:
        """Take these where they are rarer."""
        if chance < self._chance:
            self.facts, self._chance = facts, chance


class _Compiler:
    """Turns queries into rows, one after another."""

    def __init__(self, words: Numbers, others: Numbers) -> None:
        self._words, self._others = words, others
        self._rows = 0
        self.always = array("I")
        self.titled: dict[int, int] = {}
        self.compared: dict[int, Relevance] = {}
        # Facts with the rows that hold of whatever has these.
        self.sure: list[tuple[int, int]] = []
        # Facts with the records of the rows that they file; a record's code is twice the row, or 1
        # more where there is `more` to it than its facts.
        self.unsure: list[tuple[int, int, int, int, int]] = []
        self.more: dict[int, _More] = {}

    def add(self, query: Query) -> int:
        """Add a query that is not there yet; gives its row's number."""
        wanted: list[int] = []
        unwanted: list[int] = []
        choices: list[tuple[int, ...]] = []
        rest: list[Node] = []
        needed = _Needed()
        for node in query.root.nodes if isinstance(query.root, And) else (query.root,):
            match node:
                case Words() | Tag():
                    choices.append(self._choice((node,), needed))
                case Relevance():
                    wanted.append(self._compare(node))
                case Not(node=Words() | Tag() as excluded):
                    unwanted.append(self._fact(excluded))
                case Or() if all(isinstance(child, Words | Tag) for child in node.nodes):
                    choices.append(self._choice(node.nodes, needed))
                case Near():
                    # Where they stand is asked only of what is there at all.
                    choices += (self._choice(side, needed) for side in node.sides)
                    rest.append(node)
                case _:
                    rest.append(node)
                    self._offer_rest(node, needed)
        choices = [choice for choice in choices if choice != needed.facts]
        # A choice of one is none, and found missing before a query is looked at closer.
        wanted = [*(choice[0] for choice in choices if len(choice) == 1), *wanted]
        choices = [choice for choice in choices if len(choice) > 1]
        asked = _More(tuple(wanted), tuple(unwanted), tuple(choices), tuple(rest))
        return self._file(needed.facts, asked)

    def _file(self, facts: Sequence[int], asked: "_More") -> int:
        """File a row under these facts, and what it asks beside having one of them."""
        row, self._rows = self._rows, self._rows + 1
        wanted, unwanted = asked.wanted, asked.unwanted
        has_more = bool(len(wanted) > 1 or len(unwanted) > 2 or asked.choices or asked.rest)
        if has_more or not facts:
            self.more[row] = asked
        if not facts:
            self.always.append(row)
        elif has_more or wanted or unwanted:
            there, missing, other = (*wanted, _ALWAYS)[0], *(*unwanted, _NEVER, _NEVER)[:2]
            code = 2 * row + has_more
            self.unsure += ((fact, there, missing, other, code) for fact in facts)
        else:
            self.sure += ((fact, row) for fact in facts)
        return row

    def _offer_rest(self, node: Node, needed: "_Needed") -> None:
        for word in words_of(node):
            self._words[word.text]
        if (found := required(node)) is not None:
            needed.offer(tuple(map(self._fact, found.terms)), found.chance)

    def _choice(self, nodes: Iterable[Node], needed: "_Needed") -> tuple[int, ...]:
        """The facts of which one must be there."""
        terms = [node for node in nodes if isinstance(node, Words | Tag)]
        facts = tuple(map(self._fact, terms))
        needed.offer(facts, sum(map(chance, terms)))
        return facts

    def _fact(self, node: Words | Tag) -> int:
        if isinstance(node, Tag):
            return -1 - self._others[node.key]
        word = self._words[node.text]
        if not node.title:
            return word
        fact = self.titled[word] = -1 - self._others[f"title:{node.text}"]
        return fact

    def _compare(self, node: Relevance) -> int:
        fact = -1 - self._others[canonical(node)]
        self.compared[fact] = node
        return fact
