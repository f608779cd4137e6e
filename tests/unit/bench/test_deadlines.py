"""The figures of docs/measurements.md for deadlines do not fall."""

from bench.quality.deadlines import count, labelled


def test_of_the_held_sentences_19_in_20_dates_are_found_and_right() -> None:
    counts = count([one for one in labelled() if one.held])
    assert counts.precision >= 0.95
    assert counts.recall >= 0.95


def test_there_are_enough_sentences_with_and_without_a_date() -> None:
    held = [one for one in labelled() if one.held]
    assert len(held) >= 60
    assert min(sum(bool(one.due) for one in held), sum(not one.due for one in held)) >= 30
