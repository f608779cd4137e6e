"""What is filed under each fact, in three flat arrays: little room, and read from one place."""

from array import array
from collections.abc import Iterable, Sequence
from operator import itemgetter


class Postings:
    """Records of numbers, all of one length, by the fact that they are filed under.

    A fact is its own index, so one below zero counts from the end, as in a list.
    """

    def __init__(self, facts: int, filed: Iterable[Sequence[int]]) -> None:
        """There are so many facts; each record follows the fact that it is filed under."""
        self._starts, self._ends = array("i", (0,)) * facts, array("i", (0,)) * facts
        self._records = array("q")
        at = None
        for fact, *record in sorted(filed, key=itemgetter(0)):
            if fact != at:
                at = fact
                self._starts[at] = len(self._records)
            self._records.extend(record)
            self._ends[at] = len(self._records)

    def under(self, facts: Iterable[int]) -> Sequence[int]:
        """The records that are filed under any of these facts, end to end."""
        starts, ends, records = self._starts, self._ends, self._records
        found = array("q")
        for fact in facts:
            if end := ends[fact]:
                found += records[starts[fact] : end]
        return found
