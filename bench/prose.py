"""Made-up news for measuring: no two pieces alike, but with the words and lengths of real ones.

Most pieces are of no interest to us, one in ten is AI policy, and one in fifteen is one outlet's
report of an event that other outlets report too. The same numbers always give the same text.
"""

import random
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

EVENTS = 300
"""Events that several outlets report."""
_SHARED, _POLICY = 1 / 15, 1 / 10
_SYLLABLES = (
    "ban cor del fen gar hol ist jor kel lim mor nev ost pell quin ras sol tam ull vern wick"
)
_LISTS = {
    "who": "council|harbour board|school district|county clerk|water authority|hospital trust|bus "
    "operator|football club|museum|housing fund|fishing fleet|grain cooperative|theatre|fire "
    "service|ferry line|farmers' union|library|rail operator|coast guard|bakery chain|orchestra",
    "did": "approves|delays|reopens|sells|defends|rebuilds|questions|doubles|halves|inspects|"
    "abandons|tests|promises|buys|audits|renames|extends|closes|insures|paints|moves",
    "what": "bridge|winter timetable|pension plan|north pier|market hall|flood wall|night "
    "service|apprentice scheme|swimming pool|archive|loan|stadium lease|bird reserve|ticket "
    "prices|grain store|road tunnel|summer season|lighthouse|tram depot|vaccine fridge|quarry",
    "why": "after a storm damaged its roof|as costs rise|despite a petition|to save fuel|before "
    "the new year|because of a missing permit|following two bad seasons|under a new chair|while "
    "talks go on|in a split vote|with money from the region|for the first time since 1987",
    "said": "said|told reporters|wrote in a letter|argued|warned|explained|confirmed|conceded",
    "claim": "the work would take until spring|nobody had been told in time|the figures were "
    "checked twice|another offer was on the table|neighbours had waited long enough|the plan was "
    "cheaper than repairs|three jobs would go|the vote could be repeated|the documents would be "
    "published|there was no alternative left|visitors would notice little|the old rules still hold",
    "policy": "an AI bill|rules for chatbots in schools|an export licence for AI chips|the EU AI "
    "Act|a moratorium on facial recognition|an audit of algorithms in welfare|federal guidance on "
    "artificial intelligence|a data center tax break|a deepfake law|AI safety tests",
    "actor": "OpenAI|Anthropic|Google|the Pentagon|the FTC|NIST|the European Commission|Microsoft|"
    "the Commerce Department|Meta|a Senate committee|xAI|Nvidia|the White House",
    "act": "opposes|backs|drafts|sues over|votes on|postpones|studies|enforces|rewrites|tests",
}
_CHOICES = {name: words.split("|") for name, words in _LISTS.items()}


def name(chance: random.Random, words: int = 1) -> str:
    """A made-up name."""
    syllables = _SYLLABLES.split()
    return " ".join(
        "".join(chance.choices(syllables, k=chance.randint(2, 3))).title() for _ in range(words)
    )


def piece(chance: random.Random) -> tuple[str, str]:
    """A headline and the text below it, of about 700 code points."""

    def pick(kind: str) -> str:
        return chance.choice(_CHOICES[kind])

    place, person = name(chance), name(chance, 2)
    if chance.random() < _POLICY:
        subject, act, matter = pick("actor"), pick("act"), pick("policy")
    else:
        subject, act, matter = f"{place} {pick('who')}", pick("did"), f"its {pick('what')}"
    title = f"{subject} {act} {matter} {pick('why')}"
    sentences = [
        f"{subject[0].upper()}{subject[1:]} {act} {matter} {pick('why')}, it said on Monday.",
        f"{person}, who speaks for it, {pick('said')} that {pick('claim')}.",
        f"The {pick('what')} near {name(chance)} has cost {chance.randint(2, 90)} million so far.",
        f"“We will see in {chance.choice(('April', 'June', 'autumn'))},” {name(chance, 2)} "
        f"{pick('said')}, adding that {pick('claim')}.",
        f"The {name(chance)} {pick('who')} {pick('said')} that {pick('claim')}.",
        f"In {name(chance)}, where the {pick('who')} {pick('did')} a {pick('what')} last year, "
        f"{pick('claim')}, according to {name(chance, 2)}.",
        f"A decision on the {pick('what')} is due in {chance.randint(3, 40)} days.",
    ]
    return title, " ".join(sentences)


def document(number: int, until: datetime, items: int = 20) -> bytes:
    """Feed `number` as it stands at an instant, with pieces of the five days before."""
    chance = random.Random(number)
    rows = []
    for item in range(items):
        event = chance.randrange(EVENTS) if chance.random() < _SHARED else None
        if event is None:
            title, text = piece(chance)
            at = until - timedelta(minutes=chance.randrange(5 * 24 * 60))
        else:
            title, text = piece(random.Random(f"event {event}"))
            ago = timedelta(minutes=event * 5 * 24 * 60 // EVENTS)
            at = until - ago + timedelta(minutes=chance.randrange(60))
            text = f"{text} {name(chance, 2)} was not available for comment."
        rows.append(
            f"<item><title>{escape(title)}</title><link>https://news{number}.example/{item}</link>"
            f"<guid>{number}-{item}</guid><pubDate>{format_datetime(min(at, until))}</pubDate>"
            f"<description>{escape(text)}</description></item>"
        )
    head = f"<rss version='2.0'><channel><title>News {number}</title>"
    return f"{head}{''.join(rows)}</channel></rss>".encode()
