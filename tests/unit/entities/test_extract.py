"""Seed article to proposals: who and what is named, under which names, and what is no entity."""

from collections.abc import Callable

import pytest

from bot.entities import Catalog
from bot.entities.extract import Extracted, Proposal, extract, to_json
from bot.model.entities import EntityKind
from bot.model.ids import EntityId

Read = Callable[..., dict[str, Proposal]]


@pytest.fixture(scope="session")
def read(catalog: Catalog) -> Read:
    def names(text: str, title: str = "") -> dict[str, Proposal]:
        return {proposal.name: proposal for proposal in extract(title, text, catalog).entities}

    return names


@pytest.mark.parametrize(
    ("text", "name", "kind", "aliases"),
    [
        pytest.param(
            "Marcus Dilworth of IBEW Local 531 counted jobs.",
            "IBEW Local 531", "organisation", set(), id="local-of-a-union",
        ),
        pytest.param(
            "Health Canada does not regard it as a device.",
            "Health Canada", "agency", set(), id="field-of-a-country",
        ),
        pytest.param(
            "Talks with Commerce Secretary Jane Roe failed. Roe left early.",
            "Jane Roe", "person", {"Roe"}, id="title-and-surname",
        ),
        pytest.param(
            "It was drafted by Ilse van Hooydonk, who chairs the panel.",
            "Ilse van Hooydonk", "person", {"van Hooydonk"}, id="particle",
        ),
        pytest.param(
            "The bill's author, Wade Thornquist Jr., voted no, and Thornquist left.",
            "Wade Thornquist Jr.", "person", {"Thornquist"}, id="junior",
        ),
        pytest.param(
            "He met Dr. Keiko Yamashiro-Bell in Oslo.",
            "Keiko Yamashiro-Bell", "person", {"Yamashiro-Bell"}, id="hyphen",
        ),
        pytest.param(
            "Its chief executive, Sean O'Brien-McCall, resigned.",
            "Sean O'Brien-McCall", "person", {"O'Brien-McCall"}, id="apostrophe",
        ),
        pytest.param(
            "Lawyers praised Secretary of Energy Ruth Bellweather on Monday.",
            "Ruth Bellweather", "person", {"Bellweather"}, id="title-with-of",
        ),
        pytest.param(
            "It was written at the Institute for Machine Safety (IMS). Later IMS changed it.",
            "Institute for Machine Safety", "organisation", {"IMS"}, id="acronym-in-brackets",
        ),
        pytest.param(
            "Staff at the Bureau of Lunar Mining were told. The BLM did not answer.",
            "Bureau of Lunar Mining", "agency", {"BLM"}, id="acronym-by-initials",
        ),
        pytest.param(
            "The order binds Tidewater Robotics Inc., and Tidewater said it would comply.",
            "Tidewater Robotics", "company", {"Tidewater Robotics Inc.", "Tidewater"},
            id="legal-form-and-short-form",
        ),
        pytest.param(
            "Experts at the Ministry of Fisheries, Trade and Tourism met on Friday.",
            "Ministry of Fisheries, Trade and Tourism", "agency", set(), id="list-in-a-name",
        ),
        pytest.param(
            "It would amend the Safe Models Act, which passed in May.",
            "Safe Models Act", "law", set(), id="act",
        ),
        pytest.param(
            "They debated House Bill 1183, known as the Safe Companions Act.",
            "House Bill 1183", "law", {"Safe Companions Act"}, id="bill-known-as",
        ),
        pytest.param(
            "The firm broke the Medical Devices (Amendment) Regulations 2025.",
            "Medical Devices (Amendment) Regulations 2025", "law", set(), id="brackets-in-a-law",
        ),
        pytest.param(
            "Shoppers are compared by a system called GateSense.",
            "GateSense", "product", set(), id="product-called",
        ),
        pytest.param(
            "They tested Ondine's Polyglot 3 model for weeks. Polyglot failed.",
            "Polyglot 3", "product", {"Polyglot"}, id="product-with-version",
        ),
        pytest.param(
            "Police feared the so-called disclosure duty. A disclosure duty is rare.",
            "disclosure duty", "concept", set(), id="so-called",
        ),
        pytest.param(
            "Shares fell: Orlan Networks 2.4%, Tamber Motors 3%.",
            "Orlan Networks", "company", set(), id="percentage-is-no-version",
        ),
        pytest.param(
            "A vote split the Fishers' Party, and the Fishers' Party lost.",
            "Fishers' Party", "organisation", set(), id="possessive-in-a-party",
        ),
        pytest.param(
            "Rules of the Ministry of Science and ICT were read.",
            "Ministry of Science and ICT", "agency", set(), id="acronym-in-a-ministry",
        ),
        pytest.param(
            "A letter came from the Oregon Office of Attorney General on Monday.",
            "Oregon Office of Attorney General", "agency", set(), id="office-is-no-title",
        ),
        pytest.param(
            "The Public and Rural Services union (PRS) will ballot its members.",
            "Public and Rural Services", "organisation", {"PRS"}, id="called-a-union",
        ),
        pytest.param(
            "She cited the Convention on Certain Machines, signed in 1980.",
            "Convention on Certain Machines", "law", set(), id="convention-on",
        ),
        pytest.param(
            "The deputies passed Bill 1187/2024 on Monday.",
            "Bill 1187/2024", "law", set(), id="bill-of-another-country",
        ),
        pytest.param(
            "The rules reach chipmakers such as Kelp Networks and Oxbow.",
            "Oxbow", "company", set(), id="listed-with-a-company",
        ),
        pytest.param(
            "They sold it to Brindle. Oakham did not comment.",
            "Oakham", "company", set(), id="did-not-comment",
        ),
        pytest.param(
            "A witness was Clément Delanoë, of the lab.",
            "Clément Delanoë", "person", {"Delanoë"}, id="accent-in-a-first-name",
        ),
        pytest.param(
            "The firm's terms of service forbid it.",
            "terms of service", "concept", set(), id="term-of-art",
        ),
        pytest.param(
            "It cited Commonwealth v. Tamber Health, Inc., a case of 2024.",
            "Tamber Health", "company", {"Tamber Health, Inc."}, id="party-of-a-case",
        ),
        pytest.param(
            "A lawyer told The Columbus Ledger that it was over.",
            "Columbus Ledger", "organisation", set(), id="outlet-that-the-text-names",
        ),
    ],
)  # fmt: skip
def test_proposes(read: Read, text: str, name: str, kind: str, aliases: set[str]) -> None:
    proposal = read(text)[name]
    assert proposal.kind is EntityKind(kind)
    assert set(proposal.aliases) == aliases


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It was heard in Courtroom 6 and on Route 9.", id="numbered-places"),
        pytest.param("WHO IS HAPPY: nobody. QUOTE OF THE DAY: none.", id="shouted-openings"),
        pytest.param("The agency and the company met the Commission. The Act says so.", id="heads"),
        pytest.param("Critics of the plan were loud. Suppliers were not.", id="sentence-openings"),
        pytest.param("It was sold in Medford, Ore., and in Tel Aviv.", id="places"),
        pytest.param(
            "ROE, HOST: Well?\n\nSTONE: Yes.\n\nROE: So it was.\n\nSTONE: It was.",
            id="speakers-of-a-transcript",
        ),
        pytest.param("It fell 3%.\n\n17.42 GMT\n\n(SOUNDBITE OF OCEAN)", id="page-of-a-live-blog"),
        pytest.param("Many Germans and Ohioans wrote in French on Tuesday.", id="peoples-and-days"),
        pytest.param("It said: “THIS IS NOT THE END OF THE ROAD FOR US!”", id="shouting"),
        pytest.param("WHAT HAPPENS NEXT\n\nnobody knows yet.", id="heading"),
        pytest.param("By Sloane Mercier and Basil Thorne\n\nnobody knows yet.", id="byline"),
        pytest.param("Wilhelmina Fossey/Getty Images\n\nnobody knows yet.", id="credit-line"),
        pytest.param("a hall. (AP Photo/Maximilian Krol)\n\nnobody knows yet.", id="credit-behind"),
        pytest.param("nobody knows.\n\nNPR's Tobias Quill contributed to this report.", id="help"),
        pytest.param("nobody knows.\n\n(Reporting by Alma Roe; Editing by Cy Byrne)", id="desk"),
        pytest.param("WASHINGTON (Reuters) - nobody knows yet.", id="dateline"),
        pytest.param("Share on Facebook\n\nFacebook Twitter Email\n\nnobody knows.", id="buttons"),
        pytest.param("Article 22 and Section 5 are long.", id="numbered-parts"),
        pytest.param("Her 1987 book, “The Honest Predictor,” sold well.", id="title-of-a-work"),
        pytest.param("“Has she?” asked the member for Thurrock North.", id="constituency"),
        pytest.param("", id="empty"),
    ],
)
def test_proposes_nothing(read: Read, text: str) -> None:
    assert read(text) == {}


def test_an_employer_before_a_title_is_an_entity_of_its_own(read: Read) -> None:
    found = read("They heard Heartwire CEO Nadia Benhaddou in person.")
    assert found["Nadia Benhaddou"].role == "CEO"
    assert "Heartwire" in found


def test_the_role_is_kept(read: Read) -> None:
    assert read("“No,” said Ruth Adeyemi, Lumen's general counsel.")["Ruth Adeyemi"].role == (
        "Lumen's general counsel"
    )


def test_the_catalogs_entities_come_with_their_id_and_the_forms_found(read: Read) -> None:
    found = read(
        "The Commerce Department heard OpenAI CEO Sam Altman. Altman praised the "
        "U.S. Federal Trade Commission, and Huawei Technologies did not."
    )
    assert found["Sam Altman"].known_id == EntityId("sam-altman")
    assert found["Sam Altman"].aliases == ("Altman",)
    assert "Commerce Department" in found["Department of Commerce"].aliases
    assert found["Huawei"].aliases == ("Huawei Technologies",)
    assert "Altman" not in found


def test_two_names_of_one_department_are_one_entity(read: Read) -> None:
    found = read("The Ministry of Fisheries wrote. The Fisheries Ministry wrote again.")
    assert list(found) == ["Ministry of Fisheries"]


def test_names_carry_no_article_title_or_possessive(read: Read) -> None:
    found = read(
        "Critics of The Meridian Post's owner, Lord Agnew-Holt, sued. Polestar’s chatbot, AskNell, "
        "was blamed by Sen. Ada Quist’s staff."
    )
    names = [name for p in found.values() for name in (p.name, *p.aliases)]
    assert {"Meridian Post", "Agnew-Holt", "Polestar", "AskNell", "Ada Quist"} <= set(names)
    assert not [n for n in names if n.startswith(("The ", "Lord ", "Sen. ")) or n.endswith("s’")]


def test_a_headline_in_title_case_adds_no_names_but_weight(read: Read) -> None:
    text = "Officials met Ada Quist of Tidewater Labs. Ada Quist spoke to Boris Fenn of Oak Labs."
    found = read(text, title="Senate Panel Grills Boris Fenn Over Lost Chips")
    assert "Senate Panel Grills Boris Fenn" not in found
    assert found["Boris Fenn"].weight > found["Oak Labs"].weight + 1


def test_sixty_proposals_at_most_the_weightiest_first(catalog: Catalog) -> None:
    vowels = "aeiou"
    surnames = [f"B{a}l{b}n{c}r" for a in vowels for b in vowels for c in vowels]
    text = " ".join(f"They met Jane {name} again." for name in surnames)
    text += " Then Jane Balanar left, and Balanar slept."
    found = extract("", text, catalog).entities
    assert len(found) == 60
    assert [p.weight for p in found] == sorted((p.weight for p in found), reverse=True)
    assert found[0].name == "Jane Balanar"


def test_json_has_the_shape_that_design_gives(catalog: Catalog) -> None:
    found = extract(
        "", "On Friday Anthropic lost $200 million, said Ada Quist, its adviser.", catalog
    )
    assert to_json(found) == {
        "entities": [
            {"name": "Ada Quist", "kind": "person", "aliases": ["Quist"], "known_id": None},
            {"name": "Anthropic", "kind": "company", "aliases": [], "known_id": "anthropic"},
        ],
        "money": ["$200 million"],
        "dates": ["Friday"],
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Department of " * 40_000, id="endless-name"),
        pytest.param("“safe model rule” " * 20_000, id="endless-quotes"),
        pytest.param("A-" * 300_000, id="endless-word"),
        pytest.param("Safe Models Act " * 30_000, id="endless-law"),
        pytest.param("Jane \ud800 Roe\x00 said " * 20_000, id="surrogates"),
        pytest.param("机器学习" * 100_000, id="no-spaces"),
        pytest.param(" ".join(f"Ada B{i}x said so." for i in range(9_000)), id="many-names"),
    ],
)
def test_takes_any_text(catalog: Catalog, text: str) -> None:
    found = extract(text[:500], text, catalog)
    assert isinstance(found, Extracted)
    assert len(found.entities) <= 60


def test_a_deed_is_no_name_of_what_the_catalog_knows(read: Read) -> None:
    found = read("Federal agencies dropped Anthropic. Treasury banned Claude on Friday.")
    assert "Federal phase-out" in found
    assert not {"dropped", "banned"} & set(found["Federal phase-out"].aliases)
