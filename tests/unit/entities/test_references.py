"""Official documents by their numbers, normalised, with the address of the primary source."""

from datetime import UTC, datetime

import pytest

from bot.entities.references import find_references
from bot.entities.state_bills import distinct

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "identifier", "url"),
    [
        pytest.param("the House passed H.R. 4521", "hr-4521-119",
                     "https://www.congress.gov/bill/119th-congress/house-bill/4521", id="house"),
        pytest.param("HR 4521 of the 117th Congress", "hr-4521-117",
                     "https://www.congress.gov/bill/117th-congress/house-bill/4521", id="named"),
        pytest.param("their bill, S. 146, passed", "s-146-119",
                     "https://www.congress.gov/bill/119th-congress/senate-bill/146", id="senate"),
        pytest.param("S.J.Res. 5 failed", "sjres-5-119",
                     "https://www.congress.gov/bill/119th-congress/senate-joint-resolution/5",
                     id="joint-resolution"),
        pytest.param("Colorado's SB 24-205", "co-sb-24-205",
                     "https://leg.colorado.gov/bills/sb24-205", id="colorado"),
        pytest.param("Unlike Texas, California has SB 53", "ca-sb-53", None, id="state-before"),
        pytest.param("AB 2013, a law of California", "ca-ab-2013", None, id="state-after"),
        pytest.param("California's S.B. 53 of 2025", "ca-sb-53-2025",
                     "https://leginfo.legislature.ca.gov/faces/billNavClient.xhtml"
                     "?bill_id=202520260SB53", id="california-of-a-year"),
        pytest.param("Senate Bill 1047, which California's governor vetoed in 2024",
                     "ca-sb-1047-2023",
                     "https://leginfo.legislature.ca.gov/faces/billNavClient.xhtml"
                     "?bill_id=202320240SB1047", id="spelled-out-of-an-older-session"),
        pytest.param("New York's S6953B, signed in 2025", "ny-s-6953-2025",
                     "https://www.nysenate.gov/legislation/bills/2025/S6953", id="new-york"),
        pytest.param("Texas passed House Bill 149 in 2025", "tx-hb-149-2025",
                     "https://capitol.texas.gov/BillLookup/History.aspx?LegSess=89R&Bill=HB149",
                     id="texas"),
        pytest.param("Utah's HB 286, of 2026", "ut-hb-286-2026",
                     "https://le.utah.gov/~2026/bills/static/HB0286.html", id="utah"),
        pytest.param("Canada shelved Bill C-27", "canada-c-27", None, id="canada"),
        pytest.param("docket FTC-2025-0023", "docket-ftc-2025-0023",
                     "https://www.regulations.gov/docket/FTC-2025-0023", id="rulemaking"),
        pytest.param("OMB memo M-25-21", "omb-m-25-21", None, id="memorandum"),
        pytest.param("RIN 0694-AJ90", "rin-0694-aj90", None, id="regulation-number"),
        pytest.param("No. 26-1049 (D.C. Cir.)", "cadc-26-1049",
                     "https://www.govinfo.gov/app/details/USCOURTS-caDC-26-01049", id="appeals"),
        pytest.param("[2025] EWHC 2863 (Ch)", "ewhc-ch-2025-2863",
                     "https://caselaw.nationalarchives.gov.uk/ewhc/ch/2025/2863", id="british"),
        pytest.param("A jury in Roe vs. Acme Corp. agreed", "roe-v-acme-corp", None,
                     id="caption-with-vs"),
        pytest.param("Executive Order 14,110", "eo-14110",
                     "https://www.federalregister.gov/executive-order/14110", id="order"),
        pytest.param("under EO 14179", "eo-14179",
                     "https://www.federalregister.gov/executive-order/14179", id="order-short"),
        pytest.param("15 C.F.R. § 744.23", "cfr-15-744.23",
                     "https://www.ecfr.gov/current/title-15/section-744.23", id="cfr-section"),
        pytest.param("47 CFR Part 64", "cfr-47-64",
                     "https://www.ecfr.gov/current/title-47/part-64", id="cfr-part"),
        pytest.param("90 Fed. Reg. 9,065", "fr-90-9065",
                     "https://www.federalregister.gov/citation/90-FR-9065", id="register"),
        pytest.param("FR Doc. 2025-02172", "fr-2025-02172",
                     "https://www.federalregister.gov/d/2025-02172", id="register-document"),
        pytest.param("Pub. L. No. 81-774", "pl-81-774",
                     "https://www.govinfo.gov/link/plaw/81/public/774", id="public-law"),
        pytest.param("50 U.S.C. § 4501", "usc-50-4501",
                     "https://www.govinfo.gov/link/uscode/50/4501", id="code"),
        pytest.param("Regulation (EU) 2024/1689", "celex-32024r1689",
                     "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32024R1689",
                     id="eu-regulation"),
        pytest.param("Regulation (EC) No 45/2001", "celex-32001r0045",
                     "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32001R0045",
                     id="eu-number-first"),
        pytest.param("Directive 95/46/EC", "celex-31995l0046",
                     "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:31995L0046",
                     id="eu-two-digit-year"),
        pytest.param("see 32024R1689", "celex-32024r1689",
                     "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32024R1689",
                     id="celex"),
        pytest.param("COM(2025) 836", "com-2025-836",
                     "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=COM:2025:836:FIN",
                     id="commission-document"),
        pytest.param("in case C\u2011252/21", "case-c-252-21",
                     "https://curia.europa.eu/juris/liste.jsf?num=C-252/21", id="eu-case"),
        pytest.param("No. 3:26-cv-1996-XYZ in the Northern District of California",
                     "cand-3-26-cv-01996",
                     "https://www.govinfo.gov/app/details/USCOURTS-cand-3_26-cv-01996",
                     id="docket"),
        pytest.param("docket 3:26-cv-01996", "3-26-cv-01996", None, id="docket-of-no-named-court"),
        pytest.param("the Supreme Court, No. 23-411", "scotus-23-411",
                     "https://www.supremecourt.gov/docket/docketfiles/html/public/23-411.html",
                     id="supreme-court"),
        pytest.param("In Roe Labs v. Department of Defense, a judge",
                     "roe-labs-v-department-of-defense", None, id="caption"),
        pytest.param("It cited Roe v. Acme. Supreme irony.", "roe-v-acme", None,
                     id="caption-ends-with-the-sentence"),
        pytest.param("He left Oxbow. Acme Inc. v. Roe begins.", "acme-inc-v-roe", None,
                     id="caption-begins-with-the-sentence"),
    ],
)  # fmt: skip
def test_finds_document(text: str, identifier: str, url: str | None) -> None:
    (found,) = find_references("", text, NOW)
    assert (found.id, found.url) == (identifier, url)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("U.S. 123 million", id="country"),
        pytest.param("SB 53 passed", id="bill-of-no-named-state"),
        pytest.param("Take SB 101 north, California's police said", id="a-road"),
        pytest.param("New Jersey's S. 3742", id="a-states-bill-is-none-of-congress"),
        pytest.param("Arsenal v Chelsea 2-1", id="football"),
        pytest.param("No. 23-411 on the list", id="number-of-nothing"),
        pytest.param("S. 12.5 percent", id="decimal"),
        pytest.param("Main St. S. 5 p.m.", id="time-of-day"),
        pytest.param("Bill C-27 and Route A4, New Yorkers say", id="no-canada-and-a-road"),
        pytest.param("Djokovic vs. Alcaraz, the sequel", id="tennis"),
        pytest.param("Regulation 1/2", id="no-year"),
        pytest.param("Model 3:26 and 15 FR", id="fragments"),
        pytest.param("", id="empty"),
    ],
)
def test_no_document(text: str) -> None:
    assert find_references("", text, NOW) == ()


def test_each_once_where_first_named_title_first() -> None:
    found = find_references("EO 14110 revoked", "Executive Order 14110 and EO 14179", NOW)
    assert [(each.id, each.span.field) for each in found] == [
        ("eo-14110", "title"),
        ("eo-14179", "text"),
    ]


def test_congress_turns_on_the_third_of_january() -> None:
    (before,) = find_references("H.R. 1", "", datetime(2027, 1, 2, tzinfo=UTC))
    (after,) = find_references("H.R. 1", "", datetime(2027, 1, 3, tzinfo=UTC))
    assert (before.id, after.id) == ("hr-1-119", "hr-1-120")


def test_span_points_to_the_words() -> None:
    text = "On Friday, Roe Labs v. Acme began."
    (found,) = find_references("", text, NOW)
    assert text[found.span.start : found.span.end] == "Roe Labs v. Acme"


@pytest.mark.parametrize(
    ("title", "text", "identifier"),
    [
        pytest.param("Illinois House passes HB 3773", "", "il-hb-3773-2025", id="headline"),
        pytest.param("", "Illinois lawmakers voted Thursday on HB 3773", "il-hb-3773-2025",
                     id="day"),
        pytest.param("", "Virginia's HB 2094 was vetoed in March 2025", "va-hb-2094-2024",
                     id="began-in-an-even-year"),
        pytest.param("", "Washington state's HB 1951 failed in 2024", "wa-hb-1951-2023",
                     id="began-in-an-odd-year"),
        pytest.param("", "A Florida panel took up SB 482 this week", "fl-sb-482-2026",
                     id="each-year"),
        pytest.param("", "Texas House Bill 149 was signed by Gov. Greg Abbott in June 2025",
                     "tx-hb-149-2025", id="odd-years-only"),
        pytest.param("", "Texas lawmakers filed HB 9 on Monday", "tx-hb-9", id="no-session-held"),
        pytest.param("", "California's SB 53 takes effect in January 2027", "ca-sb-53",
                     id="year-of-effect"),
        pytest.param("", "California's SB 53 is law. Senators met Monday.", "ca-sb-53",
                     id="another-sentence"),
        pytest.param("", "Colorado's Senate Bill 205 of 2024", "co-sb-205-2024", id="of-a-year"),
        pytest.param("What California's SB 53 means", "SB 53 was signed in 2025.", "ca-sb-53-2025",
                     id="told-in-another-place"),
        pytest.param("", "California vetoed SB 7 in 2024 and passed SB 7 in 2025. SB 7 is odd.",
                     "ca-sb-7-2023 ca-sb-7-2025 ca-sb-7", id="two-sessions"),
    ],
)  # fmt: skip
def test_session_of_a_states_bill(title: str, text: str, identifier: str) -> None:
    found = find_references(title, text, NOW)
    assert [each.id for each in found] == identifier.split()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("Illinois's HB 3773 (2025)", "https://www.ilga.gov/Legislation/BillStatus"
                     "?DocTypeID=HB&DocNum=3773&GA=104&SessionID=114", id="illinois"),
        pytest.param("Colorado's Senate Bill 205 of 2024", "https://leg.colorado.gov/bills/sb24-205",
                     id="colorado-spelled-out"),
        pytest.param("Florida's SB 482 of 2026", "https://www.flsenate.gov/Session/Bill/2026/482",
                     id="florida"),
        pytest.param("Maryland's HB 956 of 2026", "https://mgaleg.maryland.gov/mgawebsite"
                     "/Legislation/Details/HB0956?ys=2026RS", id="maryland"),
        pytest.param("Illinois's HB 3773", None, id="no-session-no-address"),
    ],
)  # fmt: skip
def test_address_of_a_states_bill(text: str, url: str | None) -> None:
    (found,) = find_references("", text, NOW)
    assert found.url == url


def test_reports_of_one_bill_name_it_once() -> None:
    first = find_references("", "California's SB 53", NOW)
    second = find_references("", "California's SB 53 of 2025", NOW)
    assert [each.id for each in distinct((*first, *second))] == ["ca-sb-53-2025"]
