"""Very many queries, compiled to numbers and filed by what each requires.

An article is a set of facts: this word stands in it, that one in its title, this is its source. A
query is a row of facts that must be there or must not; only what cannot be said so is kept as a
tree. All rows lie in a few flat arrays: a hundred thousand objects would be as many places of
memory to wait for, and for the collector of cycles to walk.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

from bot.model import WatchId
from bot.watches.canonical import canonical
from bot.watches.evaluate import Evidence, holds
from bot.watches.nodes import And, Near, Node, Not, Or, Relevance, Tag, Words, words_of
from bot.watches.query import Query
from bot.watches.required import chance, required

_NEVER = (1 << 31) - 1
"""The term that a fact which no article has must not be there."""
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
        self._others = Numbers()
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
        self._postings = compiler.postings()
        self._terms, self._ends = compiler.terms, compiler.ends
        self._always, self._odd = compiler.always, compiler.odd
        self._titled, self._compared = compiler.titled, compiler.compared

    def facts(self, found: set[int], in_title: set[int], evidence: Evidence) -> set[int]:
        """All that these queries can ask of an article, by number; the first two are words."""
        others, titled = self._others, self._titled
        facts = {-1 - others[tag] for tag in evidence.tags if tag in others}
        facts.update(titled[word] for word in in_title if word in titled)
        facts.update(fact for fact, node in self._compared.items() if holds(node, evidence))
        return facts | found

    def candidates(self, facts: set[int]) -> int:
        """How many distinct queries an article's facts bring up."""
        return len({code for fact in facts for code in self._postings[fact][2::3]})

    def matching(self, facts: set[int], evidence: Evidence) -> set[WatchId]:
        """Who watches the queries that hold of an article with these facts."""
        matched: list[int] = []
        tried = list(self._always)
        brought_up = chain.from_iterable(map(self._postings.__getitem__, facts))
        for first, second, code in zip(brought_up, brought_up, brought_up, strict=True):
            if (first >> 1 in facts) != (first & 1) and (second >> 1 in facts) != (second & 1):
                (tried if code & 1 else matched).append(code >> 1)
        matched += [row for row in tried if self._holds(row, facts, evidence)]
        alone = self._alone
        watches = {alone[row] for row in matched}
        if _SEVERAL in watches:
            watches.remove(_SEVERAL)
            for row in matched:
                watches.update(self._several.get(row, ()))
        return cast("set[WatchId]", watches)

    def _holds(self, row: int, facts: set[int], evidence: Evidence) -> bool:
        for term in self._terms[self._ends[row] : self._ends[row + 1]]:
            if (term >> 1 in facts) == (term & 1):
                return False
        return row not in self._odd or self._odd[row].holds(facts, evidence)


@dataclass(frozen=True, slots=True)
class _Odd:
    """What of a query is no plain row: of each choice one fact must be there, and `rest` hold."""

    choices: tuple[tuple[int, ...], ...]
    rest: tuple[Node, ...]

    def holds(self, facts: set[int], evidence: Evidence) -> bool:
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
    """Turns queries into rows, one after another.

    A term is twice the number of a fact that must be there, or 1 more for one that must not.
    """

    def __init__(self, words: Numbers, others: Numbers) -> None:
        self._words, self._others = words, others
        self.terms, self.ends = array("i"), array("I", (0,))
        self.odd: dict[int, _Odd] = {}
        self.always = array("I")
        self.titled: dict[int, int] = {}
        self.compared: dict[int, Relevance] = {}
        # A fact that files a row, the row's next two terms, and twice the row, or 1 more where
        # there is more to it than these.
        self._filed = array("i")

    def postings(self) -> list[Sequence[int]]:
        """By each fact that files rows: of each its next two terms and its code."""
        postings: list[Sequence[int]] = [()] * (len(self._words) + len(self._others))
        filed = iter(self._filed)
        for fact, first, second, code in zip(filed, filed, filed, filed, strict=True):
            known = postings[fact]
            if isinstance(known, list):
                known += (first, second, code)
            else:
                # Nearly all file one row, and a tuple takes half the room of a list.
                postings[fact] = [*known, first, second, code] if known else (first, second, code)
        return postings

    def add(self, query: Query) -> int:
        """Add a query that is not there yet; gives its row's number."""
        row = len(self.ends) - 1
        root = query.root
        terms: list[int] = []
        choices: list[tuple[int, ...]] = []
        rest: list[Node] = []
        needed = _Needed()
        for node in root.nodes if isinstance(root, And) else (root,):
            match node:
                case Words() | Tag():
                    fact = self._fact(node)
                    terms.append(2 * fact)
                    needed.offer((fact,), chance(node))
                case Relevance():
                    terms.append(2 * self._compare(node))
                case Not(node=Words() | Tag() as unwanted):
                    terms.append(2 * self._fact(unwanted) + 1)
                case Or() if all(isinstance(child, Words | Tag) for child in node.nodes):
                    choices.append(self._choice(node.nodes, needed))
                case Near():
                    # Where they stand is asked only of what is there at all.
                    choices += (self._choice(side, needed) for side in node.sides)
                    rest.append(node)
                case _:
                    rest.append(node)
                    self._offer_rest(node, needed)
        facts = needed.facts
        if len(facts) == 1:
            terms = [term for term in terms if term != 2 * facts[0]]
        # What must be there is missing oftener than what must not is there.
        terms.sort(key=_is_unwanted)
        choices = [choice for choice in choices if choice != facts]
        self.terms.extend(terms)
        self.ends.append(len(self.terms))
        if choices or rest:
            self.odd[row] = _Odd(tuple(choices), tuple(rest))
        if not facts:
            self.always.append(row)
        # What asks for less must lack what is never there.
        first, second = (*terms, _NEVER, _NEVER)[:2]
        for fact in facts:
            self._filed.extend(
                (fact, first, second, 2 * row + bool(len(terms) > 2 or choices or rest))
            )
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


def _is_unwanted(term: int) -> bool:
    return term & 1 == 1
