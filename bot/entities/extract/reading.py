"""A document made ready: furniture out, headings marked, words with what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.entities.namesakes import Case, case_of
from bot.text.boilerplate import is_boilerplate
from bot.text.fold import fold
from bot.text.html import MOST_TEXT, plain_text
from bot.text.sentences import sentences

_CREDITED = (
    r"(?:AP|AFP|EPA|EFE|NPR|PA|Reuters|REUTERS|Bloomberg|Getty|Shutterstock|Redux|Alamy|Magnum|"
    r"Xinhua|Zuma|ZUMA|Sipa|UPI|CNN|CNBC|The (?:New York Times|Washington Post|Guardian)|Pool|"
    r"[A-Z][\w ]{2,30})"
)
_PERSON = r"(?:[A-Z][\w.'’-]*\s+){1,4}[A-Z][\w'’-]+"
_CREDIT = re.compile(
    rf"\s*\(?(?:(?:Photo(?:graph)?s?|Image|Illustration|Credit|Picture)s?(?: by)?:?\s*)?"
    rf"(?:{_PERSON})\s?/\s?{_CREDITED}(?:\s(?:via|for)\s[A-Z][\w ]+)?"
    r"(?:\s(?:Photo|Images|News|Pool|File))*\)?\.?\s*$"
)
_BRACKETED_CREDIT = re.compile(
    r"\s*\((?:[^()]{0,60}?(?:AP Photo|Getty Images|Reuters|AFP|[Pp]hoto(?:graph)?s? (?:by|courtesy)"
    r"|[Pp]hoto:|Image:|Credit:|[Ff]ile [Pp]hoto)[^()]{0,80})\)\.?\s*$"
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'’-]{2,30}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=[,:]? ?(?:\(|[—–])))"
    r"(?:/[A-Z ]+)?(?:, [A-Z][\w. ]{1,14})?(?:,? \w{3,9}\.? \d{1,2})?(?:, \d{4})?"
    r"\s*(?:\([A-Za-z .]{2,30}\)|/[A-Za-z ]+/)?\s*(?:[—–]|--?(?=\s))\s*"
)
_FURNITURE = re.compile(
    r"""(?xi)
    (?:hide|toggle)\ caption | enlarge\ (?:this\ )?image | (?:share|print|email|save|listen|menu)
    | (?:facebook|twitter|x|flipboard|email|linkedin|whatsapp|reddit|bluesky|threads)
        (?:[\s,|]+(?:facebook|twitter|x|flipboard|email|linkedin|whatsapp|reddit|copy\ link))*
    | .{0,80}\bcontributed\ (?:reporting|to\ this\ (?:story|report|article))\b.{0,80}
    | (?:reporting|writing|editing|additional\ reporting|compiled|edited|produced|updated)\s+by\b
        .{0,200}
    | written\ by\b.{0,160} | by\s+(?:[A-Z][\w.'’-]*[\s,&]*(?:and\s)?){2,10}
    | (?:heard|aired)\ on\b.{0,60} | \d+-minute\ (?:listen|read) | \d+\ min(?:ute)?s?\ read
    | [^.!?]{0,40}(?:\d{1,2}:\d\d|updated:)\ ?(?:[ap]\.?m\.?)?.{0,24}\d{0,4}
    | (?:also\ read|read\ more|read\ also|related|more\ stories|most\ (?:read|popular)|trending)\b
        .{0,120}
    | (?:copyright|©).{0,200} | (?:advertisement|sponsored)\b.{0,60}
    | (?:correction|editor[’']s\ note)\b.{0,400}
    | [^.!?]{0,60}\d{1,2}[.:]\d\d\ (?:GMT|BST|CES?T|[ECMP][SD]?T|AE[SD]T)\b.{0,60}
    | \((?:soundbite|laughter|crosstalk|applause|music)\b.{0,120}\)
    | additional\ reporting:.{0,80} | (?:scroll\ down|watch|listen|subscribe|sign\ up)\b.{0,60}
    | illustration\ by\b.{0,60} | for\ immediate\ release | (?:media\ )?contacts?:.{0,120}
    | (?:\#\s?){3} | -\s?(?:30|ends)\s?-
    """
)
_SPEAKER = re.compile(r"^[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3}(?:, [A-Z][A-Z ,]{2,30})?:(?=\s)")
_FEWEST_TURNS = 3
"""From so many paragraphs on that begin with a speaker's name, a text is a transcript."""
_BYLINE = re.compile(r"(?:By|BY|Written by)\s+[A-Z][^.!?]{2,90}")
_TERMINAL = (".", "!", "?", "…", '."', ".”", "?”", "!”", ".'", ".’", ":", ";", ",", "”", '"')
_MOST_HEADING = 14
_MOST_CREDIT = 160
_WRAPPED = 55

_WORD = re.compile(
    r"""(?x)
    (?:[^\W\d_]\.){2,}                                  # U.S., D.C.
    | (?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Maj|Brig|Lt|Col|Sgt|Capt|Adm|Rev|Hon|Jr|Sr|St
        |Inc|Corp|Co|Ltd|Bros|No|Nos|Mt|Ft|Dept|Cmdr)\.
    | [A-Z]\.(?=\s)                                     # an initial
    | [^\W_]+(?:[.'’&/‑-][^\W_]+)*\+?                   # words, hyphens, apostrophes, GPT-4.1
    | &
    """
)
_OPENING = "“\"‘'([«„—–-•*·> "


class Word(NamedTuple):
    """One word: its text without 's, its place, and what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str
    opens: bool
    possessive: bool

    @property
    def lower(self) -> str:
        """In lower case, without accents and a final full stop: as the lists have it."""
        lower = self.text.lower() if self.text.isascii() else fold(self.text).text
        return lower.rstrip(".") if lower[-1] == "." else lower


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the reading's text; a heading's capitals tell nothing."""

    start: int
    end: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The title, the text that remains of a document, and its paragraphs."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    dateline: str = ""

    @property
    def title_tells(self) -> bool:
        """Whether the title is written like a sentence, so that its capitals mark names."""
        return case_of(self.title, headline=True) is Case.SENTENCE


def read(title: str, text: str) -> Reading:
    """Title and text without bylines, credits, date lines and furniture; spaces are plain."""
    kept: list[tuple[str, bool]] = []
    dateline = ""
    paragraphs = list(_paragraphs(text))
    spoken = sum(map(bool, map(_SPEAKER.match, paragraphs))) >= _FEWEST_TURNS
    if spoken:
        paragraphs = [_SPEAKER.sub("", paragraph, count=1).strip() for paragraph in paragraphs]
    for number, paragraph in enumerate(paragraphs):
        opening = number < 4 and all(heading for _, heading in kept)
        cleaned = _cleaned(paragraph, opening=opening)
        if opening and (line := _DATELINE.match(cleaned)):
            dateline, cleaned = line[0], cleaned[line.end() :]
        if cleaned:
            kept.append((cleaned, _is_heading(cleaned)))
    blocks: list[Block] = []
    at = 0
    for paragraph, heading in kept:
        blocks.append(Block(at, at + len(paragraph), heading))
        at += len(paragraph) + 2
    joined = "\n\n".join(paragraph for paragraph, _ in kept)
    return Reading(" ".join(plain_text(title[:1000]).split()), joined, tuple(blocks), dateline)


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs: parted by empty lines, or by lines where those are whole paragraphs."""
    for part in re.split(r"\n\s*\n", text[:MOST_TEXT].replace("\r\n", "\n")):
        lines = [line.strip() for line in plain_text(part.replace("\n", "\n\n")).split("\n\n")]
        joined = ""
        for line in lines:
            if not line:
                continue
            wraps = len(joined) >= _WRAPPED or line[0].islower()
            if joined and not joined.endswith(_TERMINAL) and wraps:
                joined += " " + line
            else:
                if joined:
                    yield joined
                joined = line
        if joined:
            yield joined


def _cleaned(paragraph: str, *, opening: bool) -> str:
    """The paragraph without what is of the page; empty when nothing remains."""
    short = len(paragraph) <= 2 * _MOST_CREDIT
    if short and (_FURNITURE.fullmatch(paragraph) or is_boilerplate(paragraph)):
        return ""
    if opening and len(paragraph) < _MOST_CREDIT and _BYLINE.fullmatch(paragraph):
        return ""
    tail_at = max(0, len(paragraph) - _MOST_CREDIT)
    for pattern in (_BRACKETED_CREDIT, _CREDIT):
        credit = pattern.search(paragraph, tail_at)
        if credit:
            paragraph = paragraph[: credit.start()]
    if "(Reporting by" in paragraph or "Sign up" in paragraph or "©" in paragraph:
        kept = [s.text for s in sentences(paragraph) if not is_boilerplate(s.text)]
        paragraph = " ".join(kept)
    return paragraph.strip()


def _is_heading(paragraph: str) -> bool:
    words = paragraph.split()
    if len(words) > _MOST_HEADING:
        return _is_shouted(paragraph)
    return not paragraph.endswith(_TERMINAL) or _is_shouted(paragraph)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of one paragraph, `text[start:end]`, with absolute places."""
    opening = {start + sentence.start for sentence in sentences(text[start:end])}
    found: list[Word] = []
    last = start
    opens = True
    for match in _WORD.finditer(text, start, end):
        at, to = match.span()
        last_to = to
        gap = text[last:at]
        written = match[0]
        possessive = len(written) > 2 and written[-2] in "'’" and written[-1] in "sS"
        if possessive:
            written, to = written[:-2], to - 2
        elif to < end and text[to] in "'’" and written[-1] == "s":
            possessive = text[to + 1 : to + 2] in {" ", ""}
            last_to += possessive
        opens = _opens(text, at, start, opening) or (opens and not gap.strip() and not found)
        found.append(Word(written, at, to, gap, opens, possessive))
        last = last_to
    return found


def _opens(text: str, at: int, start: int, opening: set[int]) -> bool:
    """Whether a sentence, a quotation or a speaker's turn begins with the word at `at`."""
    if at in opening:
        return True
    place = at
    while place > start and text[place - 1] in _OPENING:
        place -= 1
        if place in opening or (text[place] in '“"‘«„•' and place < at):
            return True
    return text[place - 1 : place] == ":" or place == start
