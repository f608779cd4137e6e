"""Sums of money and dates as written, with amount and currency."""

import pytest

from bot.entities.extract.figures import find_dates, find_money


@pytest.mark.parametrize(
    ("text", "written", "amount", "currency"),
    [
        pytest.param("up to $200 million", "$200 million", 2e8, "USD", id="million"),
        pytest.param("fined €35 million", "€35 million", 3.5e7, "EUR", id="euro"),
        pytest.param("fined £1.2bn today", "£1.2bn", 1.2e9, "GBP", id="bn"),
        pytest.param("sold for $45m.", "$45m", 4.5e7, "USD", id="m"),
        pytest.param("a fine of $7,500 a day", "$7,500", 7500, "USD", id="thousands"),
        pytest.param("worth A$240 million", "A$240 million", 2.4e8, "AUD", id="australian"),
        pytest.param("some Rs 410 crore", "Rs 410 crore", 4.1e9, "INR", id="crore"),
        pytest.param("pays 3 million euros", "3 million euros", 3e6, "EUR", id="spelled"),
        pytest.param("says 40 cents each", "40 cents", 0.4, "USD", id="cents"),
        pytest.param("a $1.5\u00a0billion deal", "$1.5 billion", 1.5e9, "USD", id="no-break-space"),
    ],
)
def test_finds_money(text: str, written: str, amount: float, currency: str) -> None:
    (money,) = find_money(text)
    assert (money.text, money.currency) == (written, currency)
    assert money.amount == pytest.approx(amount)


@pytest.mark.parametrize(
    "text", ["costs $ nothing", "5 million users", "the won cause", "Rs and ms", "10%"]
)
def test_finds_no_money(text: str) -> None:
    assert find_money(text) == ()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        pytest.param("on Feb. 27, 2026, he", ("Feb. 27, 2026",), id="american"),
        pytest.param("by 1 March 2028 and 28 May", ("1 March 2028", "28 May"), id="european"),
        pytest.param("updated 2026-02-27", ("2026-02-27",), id="iso"),
        pytest.param("Friday at 5:01 p.m. ET", ("Friday", "5:01 p.m. ET"), id="time"),
        pytest.param("phased out over six months", ("six months",), id="span"),
        pytest.param("within 90 days", ("90 days",), id="days"),
        pytest.param("a boy of 15, a 15-year-old", (), id="age"),
        pytest.param("in March and by June 2027", ("March", "June 2027"), id="months"),
        pytest.param("it may march on, he said in 2024", ("2024",), id="words-that-are-no-months"),
        pytest.param("ran 10.02 seconds", (), id="decimals"),
        pytest.param("Friday and Friday", ("Friday",), id="once"),
    ],
)
def test_finds_dates(text: str, dates: tuple[str, ...]) -> None:
    assert find_dates(text) == dates
