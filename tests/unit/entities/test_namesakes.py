"""Namesakes of every kind: what an alias can mean in a newspaper besides the one tracked."""

import pytest

from tests.unit.entities.conftest import Recognise

NOT = [
    # people who share a surname
    ("elon-musk", "Kimbal Musk opens a restaurant in Denver", "The chef Musk grew up in Pretoria."),
    ("elon-musk", "Errol Musk gives an interview", "Musk, 79, spoke for an hour."),
    ("elon-musk", "A new cologne", "Musk and sandalwood give the perfume its depth."),
    ("elon-musk", "Musk oxen return to the tundra", ""),
    ("donald-trump", "Judd Trump wins the final", "Trump took the last frame."),
    ("donald-trump", "Eric Trump opens a golf course", ""),
    ("donald-trump", "Donald Trump Jr. hunts elk", ""),
    ("donald-trump", "Trump Tower gets a new lobby", ""),
    ("donald-trump", "How to play your trump card", ""),
    ("donald-trump", "Melania Trump unveils a portrait", ""),
    ("sam-altman", "Robert Altman retrospective opens", "Altman directed it in 1975."),
    ("sam-altman", "Altman wins a seat on the school board", ""),
    ("dario-amodei", "Rep. Mark Amodei to retire", "Amodei has held the Nevada seat since 2011."),
    ("dario-amodei", "Daniela Amodei speaks", ""),
    ("jerry-mcginn", "John McGinn scores twice", "McGinn left the pitch to applause."),
    ("jerry-mcginn", "McGinn scores twice", ""),
    ("emil-michael", "Michael Jordan sells his house", "Michael had asked for more."),
    ("emil-michael", "George Michael box set", ""),
    (
        "emil-michael",
        "Hurricane Michael, five years on",
        "Michael made landfall near Mexico Beach.",
    ),
    ("joe-biden", "Hunter Biden paints again", "Biden showed twelve canvases."),
    ("jd-vance", "Cyrus Vance, diplomat", ""),
    ("david-sacks", "Oliver Sacks's letters", "Sacks wrote daily."),
    ("david-sacks", "Four sacks for the quarterback", "Sacks were up all season."),
    ("ted-cruz", "Penélope Cruz to star", "Cruz will play a judge."),
    ("elizabeth-warren", "Warren Buffett retires", ""),
    ("bernie-sanders", "Deion Sanders returns", "Sanders coaches on."),
    ("jack-clark", "Jack Clark, slugger for the Cardinals", ""),
    ("gavin-newsom", "Jennifer Siebel Newsom's film", ""),
    ("pam-bondi", "Bondi Beach closes", "Bondi lifeguards saw a shark."),
    ("mark-warner", "Warner Bros. sets a date", ""),
    # first names
    ("claude", "Claude Monet's garden", "Claude painted it often."),
    ("claude", "Jean-Claude Juncker on Europe", ""),
    ("claude", "Minister Henri Claude Oyima dismissed", "Claude had held the post since May."),
    ("claude", "Claude, 54, bakes bread", "Claude now uses AI to plan his ovens."),
    # places, shapes, animals, winds, stars
    ("department-of-defense", "Two shot near Pentagon City mall", ""),
    ("department-of-defense", "Draw a regular pentagon", ""),
    ("department-of-defense", "The Pentagon Papers, on stage", ""),
    ("white-house", "A little white house by the sea", ""),
    ("white-house", "White House, Tennessee, elects a mayor", ""),
    ("white-house", "White House Farm murders retold", ""),
    ("gemini", "Gemini and Leo: your week", "Gemini should rest."),
    ("gemini", "NASA remembers the Gemini astronauts", ""),
    ("gemini", "Winklevoss exchange Gemini cuts staff", "Bitcoin fell."),
    ("llama", "Llama escapes from a farm", ""),
    ("mistral", "Mistral fans fires in Provence", "Gusts of wind reached 100 km/h."),
    ("amazon", "Amazon tribe sues over deforestation", "The rainforest shrinks."),
    ("amazon", "Along the Amazon River", ""),
    ("apple", "Apple pie for a crowd", ""),
    ("kimi", "Kimi Antonelli on pole", ""),
    ("oracle", "The Oracle of Omaha steps down", ""),
    ("palantir", "Sauron and the palantir", "Tolkien wrote it as a seeing stone."),
    # verbs and common words
    ("grok", "It takes years to grok monads", ""),
    ("grok", "How to Grok Haskell in a Week", ""),
    ("meta", "A meta-analysis of sleep", ""),
    ("meta", "Massive Meta-Analysis Finds No Link", ""),
    ("meta", "This film about films is very meta", ""),
    ("cohere", "The essays fail to cohere", ""),
    ("perplexity", "To the perplexity of neighbours", ""),
    ("copilot", "Copilot saved the plane", "The pilot had fainted in the cockpit."),
    ("department-of-commerce", "E-Commerce grows", "Commerce moves online."),
    ("intel", "Trump gets his Intel briefing", ""),
    # acronyms with another meaning
    ("defense-production-act", "Company fined under GDPR", "The Irish DPA opened the case."),
    ("defense-production-act", "Zug entgleist", "The German news agency DPA reported it, (dpa)."),
    ("csis", "Canada's spy agency CSIS warns", ""),
    ("ico", "The token sale", "Their ICO raised $20 million in crypto."),
    ("cma", "CMA Awards: the winners", "Nashville was full of country music."),
    ("sec", "SEC football opens", "Alabama is the favourite."),
    ("ice", "ICE ENGINES ARE BACK", ""),
    ("dsa", "DSA endorses Mamdani", "The Democratic Socialists met."),
    ("bis", "BIS warns central banks", "The Bank for International Settlements met in Basel."),
    ("coppa", "Juventus win the Coppa Italia", ""),
    ("xai", "Explainable AI (XAI) methods compared", "Explainability helps."),
    ("us-government", "TELL US MORE", ""),
    # another country's institution, another body
    ("us-congress", "Congress leader Rahul Gandhi marches in Delhi", "Congress will protest."),
    ("us-congress", "Peru's Congress removes the president", ""),
    ("us-congress", "Mobile World Congress opens in Barcelona", ""),
    ("us-congress", "Trades Union Congress meets", "Congress voted to strike."),
    ("us-congress", "Australian Senate passes ban", "The Senate sat late in Canberra, Australia."),
    ("us-congress", "California Senate passes bill", ""),
    ("supreme-court", "Supreme Court of India hears plea", "The Supreme Court sat in New Delhi."),
    ("us-government", "The Australian federal government acts", ""),
    ("eu-ai-act", "Colorado AI Act delayed", ""),
    ("uk-online-safety-act", "Kids Online Safety Act returns", ""),
    # a word inside a longer one
    ("meta", "Metallica on tour", "Metaphors abound."),
    ("xai", "Taxaid helps", "Paxait."),
    ("openai", "The OpenAIRE repository", ""),
    # concepts in other trades
    ("red-lines", "Metro delays on the Red Line", "Trains skip two stations."),
    ("supply-chain-risk", "Retailers weigh supply chain risk", "Costs rise at ports."),
    ("anthropic-ipo", "SpaceX IPO nears", "SpaceX may go public in June, ahead of Anthropic."),
]


@pytest.mark.parametrize(
    ("entity", "title", "text"),
    [pytest.param(*row, id=f"{row[0]}-{number}") for number, row in enumerate(NOT)],
)
def test_is_someone_or_something_else(
    recognise: Recognise, entity: str, title: str, text: str
) -> None:
    assert entity not in {found.id for found in recognise(title, text)}


IS = [
    ("elon-musk", "Musk Sues OpenAI", ""),
    ("elon-musk", "Will Musk testify?", ""),
    ("elon-musk", "Tesla's Musk on X", ""),
    ("elon-musk", "OpenAI and Musk settle", "CEO Musk agreed on Friday; Meanwhile Musk tweeted."),
    ("donald-trump", "Judge Blocks Trump Order", ""),
    ("donald-trump", "Trump’s order on AI", ""),
    ("donald-trump", "A deal", "Eric Trump thanked his father, Donald Trump. Trump agreed."),
    ("pete-hegseth", "Hegseth gives Anthropic a deadline", ""),
    ("sam-altman", "Altman writes to staff", "OpenAI's chief, Sam Altman, wrote."),
    ("sam-altman", "Altman says OpenAI shares the red lines", ""),
    ("dario-amodei", "Amodei will not give way", "The head of Anthropic wrote."),
    ("emil-michael", "A war of words", "Emil Michael attacked him. Later Michael said more."),
    ("jerry-mcginn", "A public fight", "Jerry McGinn of CSIS is surprised. McGinn called it odd."),
    ("claude", "Claude helps plan raids", "The Pentagon uses Anthropic's model."),
    ("claude", "Claude Code gets a voice", ""),
    ("gemini", "Google puts Gemini on phones", ""),
    ("grok", "Grok makes up a quote", ""),
    ("meta", "Meta Faces Trial Over Teen Safety", ""),
    ("llama", "Meta's Llama models for the army", ""),
    ("copilot", "Microsoft 365 Copilot for the Senate", ""),
    ("mistral", "Mistral raises money for its AI", ""),
    ("amazon", "Amazon to spend $200 billion", ""),
    ("palantir", "Palantir wins a contract", ""),
    ("department-of-defense", "Pentagon sets a deadline", ""),
    ("department-of-defense", "It was the Department of War that asked", ""),
    ("department-of-defense", "A call", "The Pentagon answered. The department declined."),
    ("department-of-defense", "DoD writes to contractors", "A federal contract is at stake."),
    ("white-house", "The Trump administration replies", ""),
    ("us-congress", "Congress weighs a bill on AI", ""),
    ("us-congress", "Senate votes 99 to 1", "Republican senators and Democrats agreed."),
    ("defense-production-act", "Pentagon may invoke the DPA", "It would compel Anthropic."),
    ("csis", "An expert at CSIS in Washington", ""),
    ("ftc", "FTC opens a probe", ""),
    ("nist", "NIST asks for comment", ""),
    ("eu-ai-act", "EU delays the AI Act", ""),
    ("export-controls", "New export controls on chips", ""),
    ("export-controls", "Chip export curbs eased", ""),
    ("red-lines", "Anthropic's red lines", ""),
    ("supply-chain-risk", "Pentagon calls Anthropic a supply\u2011chain risk", ""),
    ("supply-chain-risk", "Hegseth designates the lab a supply chain risk", ""),
    ("autonomous-weapons", "Talks on fully autonomous weapons", ""),
    ("mass-surveillance", "Mass domestic surveillance", ""),
    ("all-lawful-purposes", "Use for ‘all lawful purposes’", "The military insists."),
    ("classified-ai", "Grok on classified networks", ""),
    ("federal-phaseout", "Agencies to stop using Anthropic’s tools", ""),
    ("anthropic-ipo", "Anthropic’s IPO may wait", ""),
]


@pytest.mark.parametrize(
    ("entity", "title", "text"),
    [pytest.param(*row, id=f"{row[0]}-{number}") for number, row in enumerate(IS)],
)
def test_is_the_one_tracked(recognise: Recognise, entity: str, title: str, text: str) -> None:
    assert entity in {found.id for found in recognise(title, text)}


@pytest.mark.parametrize(
    "title",
    [
        "Agencies to stop using Anthropic’s tools",
        "Six-month phase-out of Anthropic begins",
        "Anthropic IPO may wait",
        "Supply-chain risk label on Anthropic stands",
    ],
)
def test_a_concept_leaves_the_companys_own_mention(recognise: Recognise, title: str) -> None:
    found = {each.id for each in recognise(title)}
    assert "anthropic" in found
    assert len(found) == 2
