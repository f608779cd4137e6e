"""Wire credits, which tell reprints from reports."""

import pytest

from bot.feeds.credit import WIRES, credit_of, wire_named

BODY = "The agency told its contractors to stop using the model. They said they would."


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        pytest.param(f"WASHINGTON (AP) — {BODY}", "Associated Press", id="dateline-ap"),
        pytest.param(f"WASHINGTON, Feb 27 (Reuters) - {BODY}", "Reuters", id="dateline-reuters"),
        pytest.param(f"SAN FRANCISCO, Jan. 5 (UPI) -- {BODY}", "UPI", id="month-with-a-dot"),
        pytest.param(f"(Bloomberg) -- {BODY}", "Bloomberg", id="no-place"),
        pytest.param(
            f"NEW YORK, Feb. 27, 2026 /PRNewswire/ -- {BODY}", "PR Newswire", id="release"
        ),
        pytest.param(f"{BODY} — AP", "Associated Press", id="signed"),
        pytest.param(f"{BODY} © 2026 AFP", "AFP", id="copyright"),
        pytest.param(f"{BODY} (With inputs from PTI)", "PTI", id="inputs"),
        pytest.param(f"{BODY} (Reuters)", "Reuters", id="in-brackets"),
        pytest.param(BODY, None, id="none"),
        pytest.param(f"{BODY} AP classes are full.", None, id="ap-as-a-word"),
        pytest.param(
            f"{BODY} The Associated Press contributed to this report.", None, id="contributed"
        ),
        pytest.param(
            f"{BODY} A source told (Reuters) - more. {BODY * 3}", None, id="in-the-middle"
        ),
        pytest.param("", None, id="empty"),
    ],
)
def test_credit_in_the_text(text: str, credit: str | None) -> None:
    assert credit_of(text, (), None, "Paper") == credit


@pytest.mark.parametrize(
    ("author", "credit"),
    [
        pytest.param("Reuters", "Reuters", id="wire"),
        pytest.param("Jane Doe, Associated Press", "Associated Press", id="with-a-name"),
        pytest.param("JANE DOE | AP", "Associated Press", id="bar"),
        pytest.param("Jane Doe", None, id="person"),
        pytest.param("Press Office", None, id="office"),
    ],
)
def test_credit_in_the_byline(author: str, credit: str | None) -> None:
    assert credit_of(BODY, (author,), None, "Paper") == credit


@pytest.mark.parametrize(
    ("source", "outlet", "credit"),
    [
        pytest.param("AP News", "Paper", "Associated Press", id="a-wire"),
        pytest.param("Other Paper", "Paper", "Other Paper", id="another-outlet"),
        pytest.param("PAPER", "Paper", None, id="itself"),
        pytest.param(None, "AP", "Associated Press", id="the-wire-itself"),
        pytest.param("Reuters", "Reuters", "Reuters", id="the-wire-names-itself"),
    ],
)
def test_credit_by_source_and_outlet(source: str | None, outlet: str, credit: str | None) -> None:
    assert credit_of(BODY, (), source, outlet) == credit


@pytest.mark.parametrize("wire", sorted(WIRES))
def test_every_form_of_a_wire_names_it(wire: str) -> None:
    assert {wire_named(form.upper()) for form in WIRES[wire]} == {wire}
