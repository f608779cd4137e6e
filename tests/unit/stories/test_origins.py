"""Ten reprints are one source: which reports share an origin."""

import pytest

from bot.model import Judged
from bot.stories.credits import credited, outlet_name
from bot.stories.origins import origins
from tests.support.reports import judged

WIRE = (
    "The council of Calder voted nine to four on Tuesday to forbid face scans on buses and trams. "
    "The mayor has ten days to sign the ordinance or send it back to the chamber."
)
LONG_WIRE = (
    f"{WIRE} Supporters had collected eleven thousand signatures since the spring, most of them at "
    "the tram stops along Foundry Hill. The chamber of commerce warned that stolen phones would be "
    "harder to find. Cameras that read number plates stay where they are, and so do those in the "
    "depot. A fine of two hundred dollars awaits an operator who turns a scanner back on."
)
INTRO = (
    "People who ride the number nine in Marlow know the black domes above the doors. Our own town "
    "has had them since last winter, and nobody was asked. Riders at the station this morning were "
    "of two minds; one, a nurse, said she had never noticed. What Calder did on Tuesday may "
    "come here too, for the same company runs both fleets and the contract is up in June. "
)
RELEASE = "“This ordinance puts riders before gadgets and it was a long time coming,” he said."
OWN = (
    "After a debate of six hours, nine councillors raised their hands for the ban that Deke Marsh "
    "had proposed in December, and four did not."
)


@pytest.mark.parametrize(
    ("reports", "numbers"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [judged("Ban passes", WIRE, outlet="A"), judged("Calder bans scans", WIRE, outlet="B")],
            [0, 0],
            id="reprint-under-another-title",
        ),
        pytest.param(
            [
                judged("Ban passes", WIRE, outlet="A"),
                judged("Ban passes", f"CALDER — {WIRE} Our reporter adds a line.", outlet="B"),
            ],
            [0, 0],
            id="reprint-with-additions",
        ),
        pytest.param(
            [judged("Ban passes", WIRE, outlet="A"), judged("Council bans", OWN, outlet="B")],
            [0, 1],
            id="own-words",
        ),
        pytest.param(
            [
                judged("One", OWN, outlet="A", credit="AP"),
                judged("Two", WIRE, outlet="B", credit="The Associated Press"),
                judged("Three", "Something else entirely.", outlet="Associated Press"),
            ],
            [0, 0, 0],
            id="credit-by-any-name",
        ),
        pytest.param(
            [
                judged("One", "CALDER (Northern Wire) — Nine to four it was.", outlet="A"),
                judged("Two", "The ban passed, Northern Wire first reported.", outlet="B"),
            ],
            [0, 0],
            id="credit-in-the-text",
        ),
        pytest.param(
            [judged("One", OWN, outlet="A"), judged("Two", WIRE, outlet="A")],
            [0, 0],
            id="one-outlet",
        ),
        pytest.param(
            [
                judged("Calder bans scans", OWN, outlet="A"),
                judged("Calder Bans Scans!", "", outlet="B"),
                judged("Calder bans scans", WIRE, outlet="C"),
            ],
            [0, 0, 0],
            id="title-only-copies-a-title",
        ),
        pytest.param(
            [
                judged("Calder bans scans", OWN, outlet="A"),
                judged("Calder bans scans", WIRE, outlet="B"),
            ],
            [0, 1],
            id="same-title-and-own-texts",
        ),
        pytest.param(
            [
                judged("One", f"Marsh said: “{OWN}” Nobody clapped in there.", outlet="A"),
                judged("Two", f"“{OWN}” With that Deke Marsh sat down again.", outlet="B"),
            ],
            [0, 1],
            id="quoting-alike-is-no-copying",
        ),
        pytest.param(
            [judged("", "", outlet=""), judged("", "", outlet="")], [0, 1], id="nothing-known"
        ),
        pytest.param(
            [
                judged("One", OWN, outlet="A"),
                judged("Two", WIRE, outlet="B"),
                judged("Three", WIRE, outlet="C", credit="A"),
            ],
            [0, 0, 0],
            id="chained",
        ),
        pytest.param(
            [
                judged("Ban passes", LONG_WIRE, outlet="A"),
                judged("What Calder did", INTRO + LONG_WIRE[: len(LONG_WIRE) // 2], outlet="B"),
            ],
            [0, 0],
            id="trimmed-copy-under-a-local-introduction",
        ),
        pytest.param(
            [
                judged("One", f"{OWN} {RELEASE}", outlet="A"),
                judged("Two", f"{INTRO} {RELEASE}", outlet="B"),
            ],
            [0, 1],
            id="two-who-quote-one-press-release",
        ),
        pytest.param(
            [
                judged("One", f"The ban was coming, The Wall Street Journal reported. {OWN}"),
                judged("Two", "According to the WSJ, the council will vote.", outlet="B"),
                judged(
                    "Three", "The mayor told the Journal Ledger that she will sign.", outlet="C"
                ),
                judged("Four", WIRE, outlet="Wall Street Journal"),
            ],
            [0, 0, 1, 0],
            id="who-follow-a-scoop",
        ),
        pytest.param(
            [
                judged("One", f"Open Lens earlier reported a loss. {OWN}", outlet="A"),
                judged("Two", f"Open Lens previously reported a loss. {INTRO}", outlet="B"),
            ],
            [0, 1],
            id="a-company-that-reports-is-no-source",
        ),
        pytest.param(
            [
                judged("One", f"A report by the Auditor of Calder is out. {OWN}", outlet="A"),
                judged("Two", f"In a report by the Auditor of Calder, {INTRO}", outlet="B"),
            ],
            [0, 1],
            id="a-public-report-is-no-scoop",
        ),
        pytest.param(
            [
                judged("One", OWN, outlet="Calder Courier"),
                judged("Two", f"The ban passed, according to the Calder Courier. {INTRO}"),
            ],
            [0, 0],
            id="credits-another-outlet-of-the-story",
        ),
        pytest.param(
            [
                judged("One", f"{INTRO * 2} It was, according to CNN, close.", outlet="A"),
                judged("Two", f"{OWN * 5} It was, according to CNN, close.", outlet="B"),
            ],
            [0, 1],
            id="named-far-down-is-one-voice-of-several",
        ),
    ],
)
def test_origins(reports: list[Judged], numbers: list[int]) -> None:
    assert origins(reports) == numbers


def test_the_same_text_under_ten_outlets_is_one_origin() -> None:
    assert set(origins([judged("Ban", WIRE, outlet=f"Paper {n}") for n in range(10)])) == {0}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("WASHINGTON (AP) — The vote is over.", ["associated press"], id="place-line"),
        pytest.param("The deal was first reported by Axios.", ["axios"], id="first-reported-by"),
        pytest.param("The Verge first reported the deal.", ["verge"], id="first-reported"),
        pytest.param("Amodei told CNBC on Friday.", ["cnbc"], id="told-an-outlet"),
        pytest.param("Amodei told Congress on Friday.", [], id="told-no-outlet"),
        pytest.param(
            "It left, according to Mid-Calder Eye, which first reported the news.",
            ["mid calder eye"],
            id="which-first-reported",
        ),
        pytest.param("A memo seen by Reuters says so.", ["reuters"], id="seen-by"),
        pytest.param("A memo obtained by 404 Media says so.", ["404 media"], id="obtained-by"),
        pytest.param("A memo seen by Lin says so.", [], id="seen-by-no-outlet"),
        pytest.param("It left, sources cited by Bloomberg say.", ["bloomberg"], id="cited-by"),
        pytest.param("It left, according to Bloomberg’s Ada Crane.", ["bloomberg"], id="of-it"),
        pytest.param("The deal is done, reports AP.", ["associated press"], id="reports"),
        pytest.param(
            "It will close, Reuters reported Monday.", ["reuters"], id="reported-on-a-day"
        ),
        pytest.param("Rita Lin (a judge) — wrote it.", [], id="no-name-in-brackets"),
        pytest.param("Profits fell, the company reported.", [], id="no-outlet"),
    ],
)
def test_credits(text: str, names: list[str]) -> None:
    assert credited(text) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The WSJ", "Wall Street Journal", id="short"),
        pytest.param("AP News", "The Associated Press", id="wire"),
        pytest.param("The Verge", "Verge", id="article"),
        pytest.param("Barron's", "Barron’s", id="apostrophe"),
    ],
)
def test_an_outlet_has_one_name(one: str, other: str) -> None:
    assert outlet_name(one) == outlet_name(other)
