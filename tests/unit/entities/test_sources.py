"""Which document an official address leads to; it is named as a text would name it."""

from datetime import UTC, datetime

import pytest

from bot.entities.references import find_references
from bot.entities.sources import document_at, is_official

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        pytest.param(
            "https://www.federalregister.gov/documents/2026/03/04/2026-04321/title?utm=x",
            "see FR Doc. 2026-04321",
            id="register",
        ),
        pytest.param(
            "https://www.federalregister.gov/executive-order/14399", "EO 14399", id="order"
        ),
        pytest.param(
            "https://www.congress.gov/bill/119th-congress/house-bill/7211/text",
            "H.R. 7211",
            id="bill",
        ),
        pytest.param(
            "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32026R0512",
            "Regulation (EU) 2026/512",
            id="celex",
        ),
        pytest.param(
            "https://eur-lex.europa.eu/eli/reg_impl/2026/512/oj",
            "Regulation (EU) 2026/512",
            id="eli",
        ),
    ],
)
def test_an_address_is_the_document_that_a_text_names(url: str, named: str) -> None:
    [by_text] = find_references("", named, NOW)
    [by_address] = find_references("Title", "", NOW, url)
    assert (by_address.kind, by_address.id) == (by_text.kind, by_text.id)
    assert (by_address.span.field, by_address.span.end) == ("title", 5)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://federalregister.gov.example.org/d/2026-04321",
        "https://www.congress.gov/bill/119th-congress/amendment/12",
        "https://www.congress.gov/committees",
        "https://eur-lex.europa.eu/eli/treaty/2026/512/oj",
        "https://[broken",
    ],
)
def test_other_addresses_are_no_document(url: str | None) -> None:
    assert document_at(url) is None


def test_a_documents_number_in_its_text_keeps_its_place() -> None:
    url = "https://www.federalregister.gov/d/2026-04321"
    [found] = find_references("Title", "FR Doc. 2026-04321", NOW, url)
    assert found.span.field == "text"


def test_an_official_address_has_an_official_host() -> None:
    assert is_official("https://www.courtlistener.com/opinion/1/")
    assert not is_official("https://notcongress.gov/")
