"""What another report's sentence adds to a story that was told."""

import pytest

from bot.stories.adding import most_added, worth_adding

TOLD = (
    "Calder council bans face scans on buses\n"
    "Council members in Calder voted 9-4 on Tuesday to forbid face scans on city buses."
)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Crews are to unscrew 212 cameras all over Calder before the snow comes.", id="count"
        ),
        pytest.param("Every camera that is unscrewed saves Calder $3 a day in power.", id="sum"),
        pytest.param(
            "Trams and ferries of Calder follow from 2 April, when their leases end.", id="day"
        ),
        pytest.param(
            "It was 11 p.m. when the last speaker in Calder left a cold and crowded room.",
            id="hour",
        ),
        pytest.param(
            "Deke Marsh, who had installed them in Calder, left a crowded room in tears.",
            id="person",
        ),
        pytest.param(
            "A retired driver in Calder thanked them for “a day without a spy on board”.",
            id="reaction",
        ),
        pytest.param(
            "Transit firms beyond Calder buy their cameras and other gear from Veridane.",
            id="another-deed-and-name",
        ),
    ],
)
def test_adds(sentence: str) -> None:
    assert worth_adding(sentence, TOLD) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Calder lawmakers outlaw cameras that know riders by their looks.", id="words"
        ),
        pytest.param("The Calder vote outlaws cameras at two Ellery bus depots.", id="small-count"),
        pytest.param(
            "Calder outlawed cameras on public vehicles, Ada Crane, a spokesperson, said.",
            id="voice",
        ),
        pytest.param("An American council in Calder prohibits surveillance gear.", id="no-name"),
        pytest.param("The harbor of Lorain paid $30 million to dredge.", id="something-else"),
        pytest.param("Calder voted 9-4.", id="told"),
    ],
)
def test_adds_too_little(sentence: str) -> None:
    assert worth_adding(sentence, TOLD) is None


def test_a_figure_beats_a_name_and_the_first_of_equals_wins() -> None:
    name = "Transit firms beyond Calder buy their cameras and other gear from Veridane."
    figure = "Crews are to unscrew 212 cameras all over Calder before the snow comes."
    assert most_added([name, figure], TOLD) == figure
    assert most_added([name, name], TOLD) == name
    assert most_added([], TOLD) == ""
