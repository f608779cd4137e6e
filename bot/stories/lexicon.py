"""Words that clustering and summaries treat apart: fillers, numbers, what was done, synonyms."""

from bot.stories.stems import stem


def _words(text: str) -> list[str]:
    return text.split()


STOPWORDS = frozenset(
    _words(
        """
        a about above according across after again against ahead all almost along already also
        although always am amid among an and another any anyone anything are around as aside at
        away back be became because become becomes been before began behind being below best
        better between beyond big both but by came can cannot come comes could day days did do
        does doing done dont down during each either else end et even ever every everyone
        everything exclusive few first for former found friday from full further gave get gets
        getting give given gives giving go goes going gone good got great had has have having he
        her here hers herself him himself his hour hours how however i if im in inside instead
        into is isnt it its itself ive just keep kept know known last latest least less let lets
        like likely little live long longer look looks lot lots made make makes making man many
        may maybe me mean means might monday month months more most mostly mr mrs ms much must
        my myself near nearly need needs never new news next no nor not nothing now of off often
        old on once one only onto or other others our ours out outside over own part people per
        perhaps please pm put quite rather re really report reported reportedly reporting
        reports s said same saturday saw say saying says see seen set several shall she should
        show shows since so some someone something soon still stories story such sunday sure t
        take taken takes taking tell than that thats the their theirs them themselves then there
        theres these they theyre thing things think this those though through thursday thus time
        to today together told tomorrow tonight too took toward towards tuesday under until up
        update updates upon us use used uses using very via video want wants was watch way we
        wednesday week weeks well went were werent what whatever whats when where whether which
        while who whole whom whose why will with within without wont would year years yes
        yesterday yet you your youre yours
        """
    )
)
"""Words that tell no event from another."""

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
"""Month names to numbers; "may" is left out: it is a verb far more often."""

NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip

SCALES = {
    "million": "m", "mn": "m", "m": "m", "billion": "b", "bn": "b", "b": "b", "trillion": "t",
    "thousand": "k", "k": "k", "percent": "%", "pct": "%",
}  # fmt: skip
"""What stands after a figure, to what is appended to it."""

_SYNONYMS = """
    judge court magistrate bench courthouse tribunal justices
    company firm startup maker developer vendor supplier
    committee panel subcommittee
    military defense defence war army
    boss chief ceo executive head
    bill legislation measure act statute
    lawmaker legislator senator congressman congresswoman representative
    worker employee staff staffer
    government federal administration washington us
    regulation guideline guidance
    memo memorandum
    limit restriction curb safeguard guardrail
    worry concern fear
    demand insist
    critic criticise criticize slam blast condemn denounce
    chip semiconductor processor
    law-firm lawyer attorney counsel
    child kid minor teen teenager
    police officer cop
    car vehicle auto automobile
    film movie
    share stock
    hike increase
    drop fall decline slip slide tumble plunge
    job position post
    plane jet aircraft flight
    doctor physician
    study research paper
    quake earthquake tremor
    dispute feud standoff clash row fight
    """
SYNONYMS = {
    stem(word): "~" + stem(_words(group)[0])
    for group in _SYNONYMS.strip().splitlines()
    for word in _words(group)
}
"""Stem of a word to the term that it shares with words that headlines use in its place."""
