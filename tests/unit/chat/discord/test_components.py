"""What a button's id says survives any restart, and fits Discord's limits."""

import pytest

from bot.chat.discord.components import Mark, More, Press, Turn, read, view
from bot.message import Button

MARK = Mark(nonce="a" * 25, workspace="123456789012345678")


@pytest.mark.parametrize(
    ("id_", "meaning"),
    [
        pytest.param("pw:why:7", Press(action="why", argument="7", mark=Mark()), id="bare"),
        pytest.param(
            "pw:mute-story:7|n|9",
            Press(action="mute-story", argument="7", mark=Mark(nonce="n", workspace="9")),
            id="marked",
        ),
        pytest.param("pw-more:|n", More(mark=Mark(nonce="n")), id="more"),
        pytest.param("pw-turn:k3:12", Turn(reply="k3", page=12), id="turn"),
        pytest.param("pw-turn:k3:1 of 2", None, id="the-page's-number"),
        pytest.param("other:1", None, id="another-bot's"),
        pytest.param("", None, id="empty"),
    ],
)
def test_reads_ids(id_: str, meaning: object) -> None:
    assert read(id_) == meaning


def test_buttons_say_what_they_do_and_for_which_delivery() -> None:
    made = view([Button("why", "Why", "7"), Button("mute-story", "Mute story", "7")], mark=MARK)
    ids = [item["custom_id"] for row in made.to_components() for item in row["components"]]
    assert ids == [f"pw:{a}:7|{MARK.nonce}|{MARK.workspace}" for a in ("why", "mute-story")]
    assert read(ids[0]) == Press(action="why", argument="7", mark=MARK)


def test_no_view_exceeds_five_rows_or_repeats_an_id() -> None:
    buttons = [Button("why", "Label " * 40, str(n % 23)) for n in range(40)]
    turning = Turn(reply="k", page=1)
    rows = view(buttons, mark=MARK, pages=3, turning=turning).to_components()
    ids = [item["custom_id"] for row in rows for item in row["components"]]
    assert len(rows) <= 5
    assert len(ids) == len(set(ids))
    assert all(len(item["label"]) <= 80 for row in rows for item in row["components"])


def test_an_id_that_is_too_long_is_no_button() -> None:
    assert view([Button("why", "Why", "x" * 200)]).to_components() == []


def test_pages_are_turned_within_their_bounds() -> None:
    [row] = view((), pages=3, turning=Turn(reply="k", page=0)).to_components()
    back, at, on = row["components"]
    assert (back["disabled"], at["label"], on["custom_id"]) == (True, "1 of 3", "pw-turn:k:1")
    [row] = view((), pages=3).to_components()
    assert row["components"][0]["label"] == "Page 2 of 3 ›"
