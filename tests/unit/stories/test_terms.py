"""What clustering reads of an article."""

import pytest

from bot.stories.stems import stem
from bot.stories.terms import profile
from tests.support.reports import judged


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sues", "sue"), ("designates", "designation"), ("voted", "votes"), ("banned", "bans"),
        ("agencies", "agency"), ("blocking", "blocked"), ("rulings", "ruling"),
        ("sued", "sues"), ("suing", "sue"), ("denied", "denies"), ("won", "wins"),
        ("agreed", "agrees"), ("frozen", "freezing"), ("withdrew", "withdraws"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("$200 million deal", "200M deal", id="scale"),
        pytest.param("$1.5 billion deal", "$1.5bn deal", id="billion"),
        pytest.param("six months ban", "6 month ban", id="number-word"),
        pytest.param("hearing on March 9", "hearing on 9 March", id="date"),
        pytest.param("Zoë’s café", "Zoe's cafe", id="accents-and-possessives"),
        pytest.param("U.S. senators", "US senators", id="initials"),
        pytest.param("1,000 jobs", "1000 jobs", id="thousands"),
        pytest.param("supply-chain risk", "supply chain risk", id="hyphen"),
        pytest.param("judge rules", "court ruling", id="newsroom-synonyms"),
    ],
)
def test_writings_of_one_thing_are_one_term(one: str, other: str) -> None:
    assert profile(judged(one)).terms.keys() == profile(judged(other)).terms.keys()


def test_an_entity_is_one_term_whatever_it_is_called() -> None:
    one = profile(judged("Pentagon waits", names={"Pentagon": "dod"}))
    other = profile(judged("War Department waits", names={"War Department": "dod"}))
    assert one.title == other.title == frozenset({"@dod", "wait"})


def test_title_weighs_more_than_text_and_what_was_before_less() -> None:
    found = profile(
        judged(
            "Zebra ruling",
            "Yak herders won on Monday. Earlier this year the gnu lost at Walrus Bay.",
        )
    )
    assert found.terms["zebra"] > found.terms["yak"] > found.terms["gnu"]


def test_boilerplate_counts_for_nothing() -> None:
    found = profile(judged("Zebra ruling", "Subscribe to our walrus newsletter today."))
    assert "walru" not in found.terms
    assert "walrus" not in found.terms


@pytest.mark.parametrize(
    ("title", "deed"),
    [
        pytest.param("Riders take city to court", "!sue", id="phrase"),
        pytest.param("Riders' lawsuit reaches judge", "!sue", id="noun"),
        pytest.param("Chief steps down", "!resign", id="two-words"),
        pytest.param("Miner vows to sue over ban", "!will sue", id="only-to-come"),
        pytest.param("Council backs ban, 9 to 4", "!vote", id="count-of-votes"),
    ],
)
def test_deeds_are_told_by_what_was_done(title: str, deed: str) -> None:
    assert deed in profile(judged(title)).deeds


def test_what_came_before_is_no_deed_of_the_report() -> None:
    found = profile(judged("Miner fined after chief resigned", "It paid, which led to a lawsuit."))
    assert "!fine" in found.deeds
    assert not {"!resign", "!sue"} & found.deeds.keys()


def test_a_deed_to_come_is_another_than_the_deed() -> None:
    vows = profile(judged("Miner vows to sue")).deeds
    assert "!sue" not in vows


@pytest.mark.parametrize(
    ("title", "named"),
    [
        pytest.param("House passes chip bill", {("chamber", "house")}, id="house"),
        pytest.param("White House praises chip bill", set(), id="white-house"),
        pytest.param("Senators pass chip bill", {("chamber", "senate")}, id="senate"),
        pytest.param(
            "9th Circuit revives suit", {("court", "appeals"), ("circuit", "9")}, id="number"
        ),
        pytest.param(
            "Ninth Circuit revives suit", {("court", "appeals"), ("circuit", "9")}, id="word"
        ),
        pytest.param(
            "D.C. Circuit revives suit", {("court", "appeals"), ("circuit", "dc")}, id="capital"
        ),
    ],
)
def test_bodies_are_told_apart(title: str, named: set[tuple[str, str]]) -> None:
    assert profile(judged(title)).bodies == named
