"""What is AI policy and what is not, by title, dek and full text; and the rules of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.entities import Catalog, Recogniser, load_catalog
from bot.model.entities import Entity, EntityKind, Mark
from bot.model.ids import EntityId, TopicId, WorkspaceId
from bot.relevance import (
    THRESHOLD,
    Learned,
    Relevance,
    Score,
    Topic,
    Topics,
    load_learned,
    load_topics,
)
from bot.text.scan import Scanner

CONFIG = Path(__file__).parents[3] / "config"
Judge = Callable[..., Score]
PLAIN = Learned(bias=0, features={"strength": 1}, terms={"ai": {}, "policy": {}, "other": {}})
"""The strength of the evidence is the chance, as if nothing had been learned."""


def judge_with(recogniser: Recogniser, relevance: Relevance) -> Judge:
    scanner = Scanner.build({"alias": recogniser.literals(), "topic": relevance.literals()})

    def judge(title: str, text: str = "") -> Score:
        scanned = scanner.scan(title, text)
        return relevance.score(scanned, recogniser.recognise(scanned))

    return judge


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CONFIG / "entities.yaml")


@pytest.fixture(scope="module")
def recogniser(catalog: Catalog) -> Recogniser:
    return Recogniser(catalog)


@pytest.fixture(scope="module")
def judge(recogniser: Recogniser) -> Judge:
    learned = load_learned(CONFIG / "relevance-weights.yaml")
    return judge_with(recogniser, Relevance(load_topics(CONFIG / "topics.yaml"), learned))


@pytest.mark.parametrize(
    "title",
    [
        "Trump orders every federal agency to stop using Anthropic’s technology",
        "Pentagon labels Anthropic a supply-chain risk",
        "Anthropic to challenge Pentagon designation in court",
        "Hegseth gives Anthropic until Friday on autonomous weapons",
        "xAI cleared for classified networks",
        "County council limits school chatbots",
        "Texas sues chatbot maker over harm to minors",
        "Senate panel takes up bill on deepfakes",
        "EU delays parts of the AI Act",
        "Brussels opens antitrust probe into AI search",
        "Japan passes its first AI law",
        "New York governor signs AI safety bill",
        "Judge lets authors’ copyright suit against OpenAI go ahead",
        "Nvidia chip exports to China face new licence rule",
        "US tightens export controls on AI chips",
        "AI super PAC spends $10 million on midterms",
        "FTC opens inquiry into companion chatbots",
        "Police drop facial recognition after a civil rights complaint",
        "India proposes compulsory licensing for AI training data",
        "UK to ban nudification apps",
        "State lawmakers weigh moratorium on new data centers",
        "Regulators approve higher electricity bills as AI data centers grow",
        "UN chief calls for treaty on autonomous weapons",
        "White House weighs executive order on state AI laws",
        "Ofcom investigates Grok over sexualised images",
        "Supreme Court to hear case on AI and patents",
        "Brazil’s senate passes AI regulation",
        "Lobbying by AI companies doubles",
        "OpenAI sued by family in wrongful-death case over ChatGPT",
        "NIST asks for comment on AI agent standards",
        "Defense Department labels Claude maker a supply chain risk",
        "FCC votes to ban cloned voices in robocalls",
        "Norway's data regulator halts emotion-reading software in schools",
        "DeepSeek barred from state phones in Virginia",
        "Seoul weighs grace period for AI rules",
        "Town council pauses police use of face-matching cameras",
        "Elon Musk deposed in suit over OpenAI's charter",
        "PENTAGON OPENS REVIEW OF CHATBOT CONTRACTS",
        "City auditors question AI triage scores",
        "Tennessee becomes first state to protect musicians from AI",
        "GSA clears three chatbots for civil servants",
        "Datacentres may face one-year ban in New York",
        "Bundestag beschließt KI-Gesetz",
        "Loi sur l’IA : la CNIL met en garde",
        "El Gobierno aprueba la ley de inteligencia artificial",
        "Il Garante vieta un’app di intelligenza artificiale",
        "Senado aprova marco legal da inteligência artificial",
        "Kabinet wil verbod op gezichtsherkenning met AI",
    ],
)
def test_title_alone_is_ai_policy(judge: Judge, title: str) -> None:
    assert judge(title).value >= THRESHOLD


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Musk sells a house", "The villa in Texas has seven rooms."),
        ("Microsoft opens a shop", "It sells laptops and games."),
        ("OpenAI launches a new model", "GPT-6 writes code faster, the company said."),
        ("Anthropic raises $5 billion", "Investors value the startup at $400 billion."),
        ("Nvidia shares jump after earnings", "Revenue beat the forecast."),
        ("Gemini arrives on Android tablets", "Users can try the feature today."),
        ("New benchmark ranks coding agents", "Claude leads the leaderboard."),
        ("How to get more out of ChatGPT", "Ten prompts to try."),
        ("Best laptop deals this week", "AI features included."),
        ("Bakery uses AI to plan its bread", "The owner saves an hour a day."),
        ("Bill Gates on AI and malaria", "He spoke at a conference."),
        ("Senate passes budget", "The vote was 51 to 49."),
        ("Supreme Court rules on tariffs", "The justices were split."),
        ("Amazon to cut 16,000 jobs", "The company cites AI."),
        ("Apple puts Gemini into Siri", "The update comes in spring."),
        ("AI film wins a prize", "The jury praised it."),
        ("Mistral buys a startup", "The French AI company pays in shares."),
        ("Higher rate limits for Codex", "Developers asked for them."),
        ("Perplexity hires a finance chief", "He joins from a bank."),
        ("Robotaxi rides get cheaper", "Waymo adds cars."),
        ("Office bans chatbots at lunch", "The owner wants conversation."),
        ("Partner fined by firm for AI in an exam", ""),
        ("Army of AI agents tidies a codebase", ""),
        ("Startup's AI judges figure skating", ""),
        ("AI trained on court sketches makes odd hats", ""),
        ("Indian startup pushes AI limits", "Investors back it."),
        ("Anthropic opens an office in Bengaluru", "It hires sales staff."),
        ("Our newsroom AI policy", ""),
        ("OpenAI eyes offices in India, picks Mumbai", "It will hire 200 people."),
        ("KI-Start-up sammelt 30 Millionen ein", ""),
        ("Mistral lance un assistant vocal", "L’IA parle quatre langues."),
        ("Chip stocks rise as traders await a court ruling", "Nvidia gained 3%."),
    ],
)
def test_is_not_ai_policy(judge: Judge, title: str, text: str) -> None:
    assert judge(title).value < THRESHOLD
    assert judge(title, text).value < THRESHOLD


def test_far_down_in_a_long_text_little_counts(judge: Judge) -> None:
    filler = "The company makes tools for bakers and has three hundred workers. " * 12
    business = (
        filler + "A court, regulators, lawmakers and the government looked at a lawsuit once."
    )
    assert judge("Startup sells AI ovens", business).value < THRESHOLD


def test_what_we_cannot_read_tells_nothing(judge: Judge) -> None:
    title = "Senate passes AI bill"
    assert judge(title, "Сенат принял закон. " * 200).value == judge(title).value


def test_a_words_lean_is_a_reason(recogniser: Recogniser) -> None:
    learned = Learned(
        bias=0,
        features={"strength": 1},
        terms={"ai": {}, "policy": {}, "other": {}},
        words={"raises": -2.0},
    )
    score = judge_with(recogniser, Relevance(load_topics(CONFIG / "topics.yaml"), learned))(
        "AI court startup raises hopes"
    )
    assert ("raises", "title", -0.462) in [(r.term, r.where, r.weight) for r in score.reasons]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("court \ud800 bans AI " * 20, id="lone-surrogates"),
        pytest.param("the court bans AI, says a law firm in Norway. " * 4_000, id="long"),
        pytest.param("人工知能の規制について裁判所が判断した。" * 200, id="no-spaces"),
    ],
)
def test_odd_texts_are_scored_too(judge: Judge, text: str) -> None:
    assert 0.5 <= judge("Senate passes AI bill", text).value <= 1


def test_full_text_keeps_what_the_title_said(judge: Judge) -> None:
    title = "US tightens export controls on AI chips"
    text = "The Commerce Department said on Friday that AI chips will need licences. " * 30
    assert judge(title, text).value >= judge(title).value


SMALL = Topics(
    ai=Topic(id=TopicId("ai"), name="AI", terms=(("AI", 1.0), ("chatbot*", 0.8))),
    policy=(
        Topic(
            id=TopicId("law"),
            name="Law",
            terms=(("law", 0.6), ("state law", 0.8), ("court", 0.5), ("vetoed", 0.7)),
        ),
        Topic(id=TopicId("work"), name="Work", terms=(("jobs", 0.2),)),
    ),
    against=(Topic(id=TopicId("shop"), name="Shop", terms=(("deals", 0.4),)),),
    ignore=("court shoes", "Norway lobster"),
    acts=(("bans", 0.55), ("tells", 0.35)),
    places=("Norway",),
    weighty=frozenset({"vetoed"}),
)


@pytest.fixture(scope="module")
def small(catalog: Catalog) -> Judge:
    agency = Entity(
        id=EntityId("bureau"),
        name="Bureau",
        kind=EntityKind.AGENCY,
        marks=frozenset({Mark.POLICY}),
        aliases=(),
    )
    return judge_with(Recogniser(catalog, [agency]), Relevance(SMALL, PLAIN))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        pytest.param("Court bans AI", False, id="its-act-weighs-already"),
        pytest.param("Straße:  court bans AI", False, id="where-folding-moves-it"),
        pytest.param("Court asks who bans AI that bans", True, id="once-more-elsewhere"),
        pytest.param("AI jobs: owner bans chatbots", True, id="act-of-nobody-who-governs"),
    ],
)
def test_an_acts_word_does_not_weigh_twice(recogniser: Recogniser, title: str, told: bool) -> None:
    learned = replace(PLAIN, words={"bans": -2.0})
    score = judge_with(recogniser, Relevance(SMALL, learned))(title)
    assert ("bans" in [each.term for each in score.reasons if each.weight == -0.462]) == told


def on_scale(strength: float) -> float:
    """The relevance that an ordinary story of this strength gets: 0.5 at 0.5, 0.89 at 1."""
    if strength < 0.5:
        return max(strength, 0.02) if strength else 0.0
    return 0.5 + 0.39 * (strength - 0.5) / 0.5


@pytest.mark.parametrize(
    ("title", "text", "strength"),
    [
        pytest.param("AI", "", 0.0, id="ai-alone"),
        pytest.param("law", "", 0.0, id="policy-alone"),
        pytest.param("", "", 0.0, id="nothing"),
        pytest.param("AI law", "", 0.6, id="both"),
        pytest.param("AI law law law", "", 0.6, id="each-term-once"),
        pytest.param("AI law court", "", 0.8, id="terms-add-as-chances"),
        pytest.param("AI state law", "", 0.8, id="longest-term-alone"),
        pytest.param("AI law deals", "", 0.36, id="against-takes-off"),
        pytest.param("AI court shoes", "", 0.0, id="ignored-expression"),
        pytest.param("Ai law", "", 0.0, id="capitals-as-written"),
        pytest.param("Chatbots law", "", 0.48, id="prefix"),
        pytest.param("AI court", "law, says AI", 0.725, id="lead-counts-less"),
        pytest.param("AI court", "law", 0.6575, id="lead-without-ai-is-in-passing"),
        pytest.param("AI", "law, says AI", 0.27, id="title-tells-nothing-of-policy"),
        pytest.param("AI court", "x " * 200 + "law, AI", 0.5, id="below-the-lead-is-no-evidence"),
        pytest.param("AI law", "x " * 2_000, 0.3424, id="a-text-that-drops-the-subject"),
        pytest.param("AI law", "x " * 1_900 + "AI law " * 25, 0.5742, id="a-text-that-keeps-it-up"),
        pytest.param("AI law", "law " * 9, 0.6, id="best-place-counts"),
        pytest.param("Office bans AI", "", 0.0, id="act-of-nobody-who-governs"),
        pytest.param("Court bans AI", "", 0.775, id="act-of-a-body"),
        pytest.param("Court tells AI firms", "", 0.675, id="light-act-of-a-body"),
        pytest.param("Court and AI firm tells", "", 0.5, id="light-act-away-from-a-body"),
        pytest.param("Norway's chess club bans AI", "", 0.64, id="act-after-a-place"),
        pytest.param("Club bans AI in Norway", "", 0.2, id="place-after-the-act"),
        pytest.param("Norway tells AI firms", "", 0.68, id="state-is-the-subject"),
        pytest.param("AI grows in Norway, tells firm", "", 0.2, id="a-comma-ends-the-clause"),
        pytest.param("Norway's club tells AI firms", "", 0.2, id="light-act-away-from-a-place"),
        pytest.param("Norway lobster bans AI", "", 0.0, id="ignored-place"),
        pytest.param("Norway AI", "", 0.2, id="a-place-alone-is-little"),
        pytest.param("AI", "in Norway", 0.0, id="a-place-in-the-text-is-nothing"),
        pytest.param("AI", "COURT (Northline) — AI said", 0.0, id="a-dateline-is-nothing"),
    ],
)
def test_rule(small: Judge, title: str, text: str, strength: float) -> None:
    assert small(title, text).value == pytest.approx(on_scale(strength), abs=0.0006)


@pytest.mark.parametrize(
    ("title", "least", "most"),
    [
        pytest.param("AI state law vetoed by court", 0.9, 1.0, id="clear-and-weighty"),
        pytest.param("AI state law in court", 0.75, 0.89, id="clear-alone"),
        pytest.param("AI vetoed", 0.5, 0.89, id="weighty-alone"),
    ],
)
def test_the_top_is_for_weighty_acts(small: Judge, title: str, least: float, most: float) -> None:
    assert least <= small(title).value <= most


def test_reasons_name_term_place_and_weight(small: Judge) -> None:
    score = small("AI law deals", "court, AI")
    assert [(each.term, each.where, each.weight) for each in score.reasons] == [
        ("AI", "title", 1.0),
        ("law", "title", 0.6),
        ("deals", "title", -0.4),
        ("court", "lead", 0.375),
    ]


def test_a_reason_shows_the_whole_word(small: Judge) -> None:
    reasons = small("Chatbots' law").reasons
    assert [each.term for each in reasons] == ["Chatbots", "law"]


def test_reasons_say_that_a_text_drops_the_subject(small: Judge) -> None:
    [*_, dropped] = small("AI law", "x " * 2_000).reasons
    assert (dropped.term, dropped.where, dropped.weight) == (
        "little more of it below",
        "text",
        -0.429,
    )


def test_topics_are_those_with_enough_evidence(small: Judge) -> None:
    assert small("AI law, jobs").topics == {"law"}


def test_a_workspaces_own_entity_does_not_change_the_score(catalog: Catalog) -> None:
    own = Entity(
        id=EntityId("own"),
        name="Zenith",
        kind=EntityKind.LAW,
        marks=frozenset({Mark.POLICY}),
        aliases=(),
        workspace=WorkspaceId(1),
    )
    recogniser = Recogniser(catalog, [own])
    assert judge_with(recogniser, Relevance(SMALL, PLAIN))("AI Zenith").value == 0
