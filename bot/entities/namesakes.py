"""Telling a surname from a namesake's: Kimbal Musk is not Elon, nor is Judd Trump Donald."""

import re
from enum import Enum

from bot.text.fold import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FIRST_NAMES = _words(
    """
    aaron abby abdul abigail adam adrian ahmed aidan alan albert alejandro alessandro alex alexander
    alexandra alexis ali alice alicia allison amanda amber amy ana andrea andrew andy angela anita
    ann anna anne annie anthony antonio ariana arthur ashley audrey barbara barron barry beatrice
    ben benjamin bernard beth betty beverly bobby boris brad bradley brandon brenda brett brian
    bruce bruno bryan caleb cameron carl carla carlos carmen carol caroline carolyn casey catherine
    cathy charles charlie charlotte cheryl chloe chris christian christina christine christopher
    cindy claire claude claudia colin connie craig cynthia damon dan dana daniel daniela danielle
    danny dario darren dave david deborah debra dennis derek diana diane diego dmitri dominic
    donald donna doris dorothy doug douglas dylan ed eddie edith edward edwin eileen elaine elena
    eli elijah elizabeth ella ellen elon emil emily emma eric erica erik erin errol ethan eugene
    eva evan evelyn felix fernando fiona florence frances francesca francis francisco frederick
    gabriel gareth gary gavin geoffrey george gerald gina giovanni glenn gloria gordon greg gregory
    gustav hannah harold harry harvey hassan heather hector helen helena henri henry herbert howard
    hugh hugo ian ibrahim igor ilya ingrid irene isaac isabel isabella ivan ivana ivanka jacob
    jacqueline jaime jake james jamie jane janet janice jared jason javier jay jean jeff jeffrey
    jen jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne jodie
    joe joel johan johannes john johnny jon jonathan jordan jorge jose joseph josh joshua juan
    judd judith judy julia julian julie julio justin justine karen karim karl kate katherine
    kathleen kathryn kathy katie keith kelly ken kenneth kevin khalid kim kimbal kimberly kristen
    kurt kyle lara larry laura lauren laurence lawrence leah leila leo leon leonard leslie lewis
    liam lily linda lindsay lisa lloyd logan louis louise lucas lucia lucy luis luke lydia lynn
    mackenzie madison malcolm marcia marco marcus margaret maria marie mario marion marjorie
    martha martin marvin mary mason matt matthew maureen maurice maxim maye megan melania melinda
    melissa michael michel michelle miguel mike mohamed mohammed molly monica muhammad mustafa nancy
    naomi natalia natalie natasha nathan neil nicholas nicole nigel nikita nina noah nora norman
    oliver olivia omar oscar owen pablo pamela patricia patrick paul paula pedro peggy penelope
    penny pete peter phil philip phillip phyllis pierre priya rachel rafael raj rajesh ralph randy
    raymond rebecca regina ricardo richard rick ricky rita robert roberta roberto robin rodney
    roger roland ron ronald ronnie rosa roy russell ruth ryan sally salman sam samantha samuel
    sandra sanjay sara sarah scott sean sebastian serena sergei seth shannon sharon shawn sheila
    shirley simon sofia sophia sophie stacy stan stanley stephanie stephen steve steven stuart
    susan suzanne sylvia tamara tara ted teresa terry theodore theresa thomas tiffany tim timothy
    tina todd tom tommy tony tosca tracy travis tyler usha valerie vanessa vera vernon veronica
    vicki victor victoria vincent virginia vivian vladimir walter wanda warren wayne wendy wesley
    william yusuf yvonne zachary zoe
    """
)
"""Common first names that are no common word besides; "Will", "Mark" and "Bill" are left out."""

_TITLES = _words(
    """
    mr mrs ms mx dr sir lord lady dame president vice-president secretary undersecretary senator sen
    representative rep congressman congresswoman governor gov mayor minister premier chancellor
    judge justice chairman chairwoman chair commissioner director general gen admiral colonel
    captain professor prof ceo cto coo cfo chief executive founder co-founder cofounder billionaire
    owner boss head leader king queen prince pope ambassador attorney counsel spokesman spokeswoman
    senators sens representatives reps governors judges justices lawmakers ministers congressmen
    analyst former ex incoming republican democrat republicans democrats sec state war defense
    defence treasury commerce justice labor energy interior homeland ag aide ally nominee
    """
)
_BEFORE_SENTENCES = _words(
    """
    a about after again against all also although amid an and another are as at because before
    behind both but by can could despite did do does during even for from had has have here how
    however if in inside instead is just last later like may meanwhile might more most must nor not
    now of on once only or our over perhaps per plus rather said says should similarly since so
    some still such than that the their then there these they this those though through thus to
    today tomorrow tonight under until unlike us was watch we were what when where whether which
    while who why will with within without would yesterday yet you your opinion analysis exclusive
    breaking report
    """
)
_EDITIONS = _words(
    """
    agent agents api artifacts chrome code console corps cowork credits design desktop
    enterprise excel fable finance flash gov haiku instant managed max memory mini mobile mythos
    opus platform plugin plus pro projects research science sdk security skills sonnet tag team
    teams ultra users voice web
    """
)
"""What follows a product's name and is no surname."""
_CALENDAR = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december
    """
)
_BEFORE = re.compile(r"(\S+)[ \u00a0]$")
_TWO_BEFORE = re.compile(r"(\S+)[ \u00a0]\S+[ \u00a0]$")
_JUNIOR = re.compile(r",?[ \u00a0](?:Jr|Sr|II|III|IV)\b")
_NEXT_NAME = re.compile(r"[ \u00a0](?:[A-Z]\.?[ \u00a0])?([A-Z][a-z]+)")
_SURNAME = re.compile(r"[ \u00a0]([A-Z][a-z]{2,})(?![ \u00a0]?[A-Z\d])(?!\w)")
_AGE = re.compile(r",[ \u00a0]\d{1,2},")
_GOES_ON = re.compile(r"[-\u2010\u2011]([A-Z][^\W\d_]+)(?:[ \u00a0]([^\W\d_]+))?")
_CLINGING = _words(
    """
    affiliated aligned allied appointed approved backed branded controlled critic era endorsed
    founded friendly funded hating led like linked loving nominated ordered owned related run signed
    style themed
    """
)
"""What clings to a name with a hyphen and is no part of it (“Trump-Era”, in a headline)."""
_OF_TWO = _words(
    """
    administration agreement alliance amendment bill call case clash deal debate dispute era feud
    fight lawsuit letter meeting pact peace phone plan proposal relationship rivalry row spat
    standoff summit talks ticket trial
    """
)
"""What two people have between them (“the Musk-Altman trial”)."""
_PLACE = re.compile(
    r"[ \u00a0](?:County|Street|Avenue|Road|Boulevard|Highway|Bridge|Township|Parish|Airport"
    r"|Stadium|Hospital|High School|Elementary|Beach|Valley)\b"
)
"""What bears a surname and is not its bearer."""
_OPENERS = "\"'“‘([—–-"
_REACH = 40


class Case(Enum):
    """How a text uses capitals, for what a capital can tell in it."""

    SENTENCE = "sentence"
    TITLE = "title"
    SHOUTED = "shouted"


def case_of(text: str, *, headline: bool) -> Case:
    """Whether capitals mark names here, or begin every word of a headline, or are all there is."""
    opening = text[:400]
    letters = [char for char in opening if char.isalpha()]
    if len(letters) > 3 and not any(char.islower() for char in letters):
        return Case.SHOUTED
    words = re.findall(r"[^\W\d_]{4,}", opening)
    capital = sum(word[0].isupper() for word in words)
    titled = headline and len(words) > 2 and capital >= 0.7 * len(words)
    return Case.TITLE if titled else Case.SENTENCE


def is_namesake(text: str, start: int, end: int, case: Case, own_names: frozenset[str]) -> bool:
    """Whether the surname at `start` to `end` of plain `text` is part of somebody else's name.

    `own_names` are the words of the entity's own name, folded; they never speak against it.
    """
    if _JUNIOR.match(text, end) or _PLACE.match(text, end):
        return True
    if start and text[start - 1] == "-":
        before = re.search(r"([^\W\d_]+)-$", text[max(0, start - _REACH) : start])
        return before is not None and fold(before[1]).text in FIRST_NAMES
    if fold(text[start:end]).text in FIRST_NAMES and case is not Case.SHOUTED:
        follows = _NEXT_NAME.match(text, end)
        if follows and (case is Case.SENTENCE) and follows[1].lower() not in own_names:
            return True
    return _has_other_first_name(text, start, case, own_names)


def is_half_a_name(text: str, end: int) -> bool:
    """Whether the surname that ends at `end` is the first half of another's (“Rubio-Licht”).

    It is not where two are named for what is between them; whether the second half is somebody
    known is for the caller to say.
    """
    found = _GOES_ON.match(text, end)
    if found is None or found[1].lower() in _CLINGING:
        return False
    return (found[2] or "").lower() not in _OF_TWO


def _has_other_first_name(text: str, start: int, case: Case, own_names: frozenset[str]) -> bool:
    before = text[max(0, start - _REACH) : start]
    match = _BEFORE.search(before)
    if match is None:
        return False
    word = match[1].lstrip(_OPENERS)
    bare = fold(word.rstrip(".")).text
    known = bare in own_names or bare in _TITLES or bare in _CALENDAR
    if known or not word[:1].isupper() or not word.rstrip(".").replace("-", "").isalpha():
        return False
    if bare in FIRST_NAMES:
        return True
    if case is not Case.SENTENCE or bare in _BEFORE_SENTENCES:
        return False
    if word.isupper():
        # "J. Musk" is another's initial, "CEO Musk" and "US Musk" are not.
        return len(bare) == 1 and word.endswith(".")
    two = _TWO_BEFORE.search(before)
    opens = two is None if len(before) == start else False
    opens = opens or (two is not None and two[1][-1] in '.!?:”"')
    return not (opens and bare.endswith(("ing", "ly", "ed", "s")))


def is_a_persons(text: str, start: int, end: int, case: Case) -> bool:
    """Whether a product's name that is a first name too belongs to a person (“Claude, 54,”)."""
    if _AGE.match(text, end):
        return True
    if case is Case.SHOUTED:
        return False
    before = text[max(0, start - _REACH) : start]
    match = re.search(r"([^\W\d_]+)[ \u00a0-]$", before)
    if match and match[1][:1].isupper() and match[1].lower() in FIRST_NAMES:
        return True
    surname = _SURNAME.match(text, end) if case is Case.SENTENCE else None
    return surname is not None and surname[1].lower() not in _EDITIONS
