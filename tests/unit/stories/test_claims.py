"""What the reports of a story state, who prints it, and where they differ."""

from collections.abc import Sequence

import pytest

from bot.model import ArticleKind, Report
from bot.stories.claims import Claim, ClaimKind, claims_of
from bot.stories.claims.figures import figures_in
from bot.stories.claims.quotations import quotations_in
from bot.stories.origins import origins
from tests.support.reports import judged, report


def reports(*texts: str, title: str = "Calder drops its scanner contract") -> list[Report]:
    """One report an outlet, with the origins that their texts give them."""
    each = [judged(title, text, outlet=f"Paper {n}") for n, text in enumerate(texts, start=1)]
    numbers = origins(each)
    return [report(n, one, numbers[n - 1]) for n, one in enumerate(each, start=1)]


def told(*texts: str) -> list[str]:
    return [dispute.told() for dispute in claims_of(reports(*texts)).disputes]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        pytest.param("It pays up to $200 million.", [("$200 million", "USD", "at most")], id="sum"),
        pytest.param("No more than $9 million.", [("$9 million", "USD", "at most")], id="no-more"),
        pytest.param(
            "Not less than 40 riders.", [("40 riders", "rider", "at least")], id="no-less"
        ),
        pytest.param("It may not exceed $9 million.", [("$9 million", "USD", "at most")], id="cap"),
        pytest.param("It exceeds $9 million.", [("$9 million", "USD", "at least")], id="exceeds"),
        pytest.param("About 12.5% of riders left.", [("12.5%", "%", "about")], id="share"),
        pytest.param("A third, or 33 percent, did.", [("33 percent", "%", "exact")], id="percent"),
        pytest.param("The council voted 9-4.", [("9-4", "vote", "exact")], id="vote"),
        pytest.param("It passed nine to four.", [("nine to four", "vote", "exact")], id="in-words"),
        pytest.param("At least 40 riders sued.", [("40 riders", "rider", "at least")], id="things"),
        pytest.param(
            "Twenty-six former officials signed.",
            [("Twenty-six former officials", "official", "exact")],
            id="things-with-adjective",
        ),
        pytest.param("A six-month phase-out.", [("six-month", "month", "exact")], id="term"),
        pytest.param(
            "A magnitude 6.1 quake hit.", [("magnitude 6.1", "magnitud", "exact")], id="size"
        ),
        pytest.param(
            "It seats 1.2 million people.", [("1.2 million people", "peopl", "exact")], id="scale"
        ),
        pytest.param("In 2026 buses returned.", [], id="a-year"),
        pytest.param("S. 5973 gives it a year, Article 50 duties.", [], id="of-a-document"),
        pytest.param("A 34-year-old rider sued.", [], id="an-age"),
        pytest.param("He left two years ago.", [], id="told-from-today"),
        pytest.param("GPT-5 and Opus 4.6 were barred.", [], id="names-of-models"),
        pytest.param("The case is No. 26-cv-1996.", [], id="a-docket"),
        pytest.param("They meet at 5:01 p.m.", [], id="a-time"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_figures(sentence: str, figures: Sequence[tuple[str, str, str]]) -> None:
    found = figures_in(sentence)
    assert [(one.written, one.unit, one.bound.value) for one in found] == list(figures)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        pytest.param("$200 million", "$200 million", True, id="equal"),
        pytest.param("$200 million", "$250 million", False, id="another-sum"),
        pytest.param("$200 million", "$197.5 million", True, id="rounded"),
        pytest.param("$1.5 billion", "$1.52 billion", True, id="rounded-less"),
        pytest.param("214 votes", "215 votes", False, id="both-exact"),
        pytest.param("at least 5 riders", "seven riders", True, id="at-least"),
        pytest.param("at least 9 riders", "seven riders", False, id="under-the-least"),
        pytest.param("nearly $200 million", "$190 million", True, id="nearly"),
        pytest.param("up to $200 million", "$250 million", False, id="over-the-most"),
        pytest.param("about 100 riders", "110 riders", True, id="about"),
        pytest.param("about 100 riders", "200 riders", False, id="not-even-about"),
    ],
)
def test_figures_agree(one: str, other: str, agree: bool) -> None:
    [first], [second] = figures_in(f"It said {one}."), figures_in(f"It said {other}.")
    assert first.agrees_with(second) is agree
    assert second.agrees_with(first) is agree


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("“We will scan no face,” Mayor Ines Orr said.", "Mayor Ines Orr", id="after"),
        pytest.param("“We will scan no face,” said the mayor.", "", id="a-role"),
        pytest.param("“We will scan no face,” said member Deke Marsh.", "Deke Marsh", id="role"),
        pytest.param("Ines Orr wrote: “We will scan no face.”", "Ines Orr", id="before"),
        pytest.param('"We will scan no face," Orr, who is mayor, said.', "Orr", id="straight"),
        pytest.param("“We will scan no face,” she said.", "", id="a-pronoun"),
        pytest.param("According to Ines Orr, “no face will be scanned.”", "Ines Orr", id="reports"),
        pytest.param("The sign says “we will scan no face.”", "", id="nobody"),
    ],
)
def test_quotation_keeps_its_speaker(text: str, speaker: str) -> None:
    assert [quotation.speaker for quotation in quotations_in(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It is called “Open Lens” here.", id="a-name"),
        pytest.param("“We will not\n\nscan a single face”", id="over-paragraphs"),
        pytest.param('A 5" screen and a 7" screen.', id="inches"),
        pytest.param("“It never ends and goes on", id="never-closed"),
    ],
)
def test_is_no_quotation(text: str) -> None:
    assert list(quotations_in(text)) == []


SIX = "The scanner contract with Open Lens is worth up to $200 million over five years."


def test_disputed_figure_names_who_prints_what() -> None:
    said = ("", " said to be", " thought to be", ", on paper,", " by now", " after all")
    texts = [SIX.replace("is worth", f"is{filler} worth") for filler in said]
    one = "Open Lens won a scanner contract worth $250 million, to be paid over five years."
    [dispute] = claims_of(reports(*texts, one)).disputes
    assert [side.value for side in dispute.sides][1] == "$250 million"
    assert dispute.sides[1].outlets() == ["Paper 7"]
    assert dispute.sides[1].printed[0].sentence == one


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            [
                "The council voted 9-4 on Tuesday to ban face scans on buses.",
                "By Tuesday night Calder's council had voted 8-5 to ban face scans.",
            ],
            id="votes",
        ),
        pytest.param(
            [
                "Open Lens will lay off 120 engineers in Calder by June.",
                "The firm plans to lay off 90 engineers at its Calder office.",
            ],
            id="counts",
        ),
        pytest.param(
            [
                "A hearing on the ban is set for March 24 before Judge Ada Crane.",
                "Judge Ada Crane set a hearing on the ban for March 26.",
            ],
            id="dates",
        ),
    ],
)
def test_reports_differ(texts: list[str]) -> None:
    [dispute] = claims_of(reports(*texts)).disputes
    assert len(dispute.sides) == 2
    assert {side.printed[0].sentence for side in dispute.sides} == set(texts)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([SIX, SIX.replace("$200", "$250")], id="one-wire-copy-with-a-slip"),
        pytest.param(
            [
                "Open Lens won a scanner contract worth $200 million over five years.",
                "Worth $200 million at first, the scanner contract grew to $250 million.",
                "The scanner contract that Open Lens holds is worth $250 million.",
            ],
            id="explained-by-one-that-prints-both",
        ),
        pytest.param(
            [
                "The scanner contract with Open Lens is worth $200 million.",
                "The city spent $3 million on lawyers in the case.",
            ],
            id="other-things",
        ),
        pytest.param(
            [
                "Open Lens got a contract worth $200 million in July.",
                "Brightpath got a contract worth $250 million in July.",
            ],
            id="other-names",
        ),
        pytest.param(
            [
                "The scanner contract is worth about $200 million, the mayor said.",
                "Mayor Quarles put the worth of the scanner contract at $197.5 million.",
            ],
            id="rounded",
        ),
        pytest.param(
            [
                "The council voted 9-4 on Tuesday to ban face scans on buses.",
                "The council voted 8-5 on Thursday to ban face scans on buses.",
            ],
            id="other-days",
        ),
        pytest.param(
            [
                "Open Lens will lay off 120 engineers in Calder.",
                "Open Lens will lay off another 90 engineers in Calder.",
            ],
            id="a-part-of-more",
        ),
        pytest.param(
            [
                "Tern raised the price of its scanner contract from $40 million to $60 million.",
                "Tern's price for the scanner contract was $50 million and is now $70 million.",
            ],
            id="lists-of-values",
        ),
        pytest.param(
            [
                "Ines Quarles has spent 19 seasons on the council of Calder.",
                "He spent four seasons on the council of Calder.",
            ],
            id="whose-is-not-told",
        ),
        pytest.param(
            [
                "Ines Quarles has spent 19 seasons on the council of Calder.",
                "Before that, Ines Quarles spent four seasons on the council of Calder.",
            ],
            id="another-time",
        ),
        pytest.param(
            [
                "Open Lens had revenue from scanners of $18 million in the first quarter.",
                "Open Lens had revenue from scanners of $21 million in the second quarter.",
            ],
            id="other-quarters",
        ),
        pytest.param(
            [
                "Scanner revenue of Open Lens grew by $3 million.",
                "Open Lens had scanner revenue of $21 million.",
            ],
            id="a-change-and-a-sum",
        ),
        pytest.param(
            [
                "In 118 videos of buses auditors found bets worth $90,000.",
                "In 1,105 videos of buses auditors found bets worth $120,000.",
            ],
            id="other-cases",
        ),
        pytest.param(
            [
                "Calder's Ada Crane finished the bus derby with 25 points.",
                "Calder's Ada Crane stood in the bus derby at 19 points.",
            ],
            id="plays-of-a-game",
        ),
        pytest.param([SIX], id="one-report"),
    ],
)
def test_is_no_dispute(texts: list[str]) -> None:
    assert told(*texts) == []


def test_a_claim_has_every_printer_and_its_sentence() -> None:
    first = "Riders who sued won $4 million."
    second = "A jury gave riders $4 million. It took a day."
    [claim] = kinds(claims_of(reports(first, second, "Nothing new.")).claims, ClaimKind.FIGURE)
    assert claim.value == "$4 million"
    assert [(one.outlet, one.sentence) for one in claim.printed] == [
        ("Paper 1", first),
        ("Paper 2", "A jury gave riders $4 million."),
    ]


def test_what_a_report_says_a_figure_is_not_is_no_claim() -> None:
    found = claims_of(reports("The contract is worth up to $200 million, not $250 million."))
    assert [claim.value for claim in found.claims] == ["$200 million"]
    assert not told("It is worth $200 million, not $250 million.", "It is worth $200 million.")


def test_most_printed_first() -> None:
    found = claims_of(reports("It cost $9 million and $4 million.", "They paid $4 million each."))
    assert found.claims[0].value == "$4 million"


def test_a_quotation_and_its_shortened_form_are_one() -> None:
    whole = "“We will not scan a single face in this city,” Ines Quarles said."
    short = "She vowed: “We will not scan a single face.”"
    [claim] = kinds(claims_of(reports(whole, short)).claims, ClaimKind.QUOTATION)
    assert claim.speaker == "Ines Quarles"
    assert len(claim.printed) == 2


def test_opinion_states_nothing() -> None:
    piece = report(1, judged("Ban it", "It cost $4 million.", kind=ArticleKind.OPINION))
    assert claims_of([piece]).claims == ()


def test_nothing_of_nothing() -> None:
    assert claims_of([]) == claims_of(reports(""))


def kinds(claims: Sequence[Claim], kind: ClaimKind) -> list[Claim]:
    return [claim for claim in claims if claim.kind is kind]
