"""Precision, recall and F1 from counts."""

from dataclasses import dataclass
from typing import Self


@dataclass(slots=True)
class Counts:
    """What was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, found: bool, true: bool) -> None:
        """Count one yes-or-no decision."""
        self.right += found and true
        self.wrong += found and not true
        self.missed += true and not found

    def __iadd__(self, other: Self) -> Self:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 1 where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found, 1 where nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )
