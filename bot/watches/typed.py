"""What a person typed, made plain for the grammar, with the way back for the marks of errors."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.errors import UsageError

MOST_CHARACTERS = 2_000
MOST_TERMS = 200
DEEPEST = 20

_SHOWN = 30
"""Characters of the query shown on either side of a marked place."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("\u3000\ufeff", " "),
        # Control characters, and those that would turn a message around.
        **{chr(code): " " for code in (*range(32), *range(0x7F, 0xA0))},
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " "),
    }
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PARTS = re.compile(r'"[^"]*(?P<closed>"?)|[()]')


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as typed, and its plain form: straight quotes and hyphens, half-width, unescaped."""

    typed: str
    plain: str
    _at: tuple[int, ...] = ()
    _from: tuple[int, ...] = ()

    def column(self, offset: int) -> int:
        """The place in `typed` of an offset in `plain`."""
        anchor = bisect_right(self._at, offset) - 1
        return offset if anchor < 0 else self._from[anchor] + offset - self._at[anchor]

    def error(self, offset: int, problem: str, hint: str = "") -> "WatchSyntaxError":
        """An error that marks the place of `plain[offset]` in what was typed."""
        return WatchSyntaxError(
            self.typed, min(self.column(offset), len(self.typed)), problem, hint
        )


class WatchSyntaxError(UsageError):
    """A query that cannot be understood: `at` is the column (from 0), `hint` the way out.

    `marked` is the query, cut to a screen's width, over a line whose caret points at the place.
    """

    def __init__(self, query: str, at: int, problem: str, hint: str = "") -> None:
        self.query, self.at, self.problem, self.hint = query, at, problem, hint
        before, after = query[max(0, at - _SHOWN) : at], query[at : at + _SHOWN]
        before = ("…" if at > _SHOWN else "") + " ".join(before.splitlines())
        after = " ".join(after.splitlines()) + ("…" if at + _SHOWN < len(query) else "")
        self.marked = f"{before}{after}\n{' ' * len(before)}^"
        place = f" At column {at + 1}: {before}⟨?⟩{after}" if query.strip() else ""
        super().__init__(f"{problem}{' ' + hint if hint else ''}{place}")


def make_plain(typed: str) -> Typed:
    """Undo what phones, pages and East Asian keyboards do to a query.

    Raises WatchSyntaxError for what is empty, too long, too deep, or not closed.
    """
    # Half a character cannot be shown, nor sent: a pair becomes the one that it is.
    typed = typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(typed) > MOST_CHARACTERS:
        problem = f"The query has {len(typed):,} characters; at most {MOST_CHARACTERS:,} are read."
        raise WatchSyntaxError(typed, MOST_CHARACTERS, problem, "Split it into several watches.")
    query = _unescape(typed.translate(_PLAIN), typed)
    if not query.plain.strip():
        problem = "The query is empty."
        raise query.error(0, problem, "Type what to look for: anthropic AND (injunction OR appeal)")
    _check_closed(query)
    return query


def _unescape(plain: str, typed: str) -> Typed:
    pieces: list[str] = []
    at: list[int] = []
    origin: list[int] = []
    done = length = 0
    for match in _REFERENCE.finditer(plain):
        char = html.unescape(match[0]).translate(_PLAIN)
        pieces += plain[done : match.start()], char
        length += match.start() - done + len(char)
        done = match.end()
        at.append(length)
        origin.append(done)
    return Typed(typed, "".join(pieces) + plain[done:], tuple(at), tuple(origin))


def _check_closed(query: Typed) -> None:
    """Quotes and parentheses; the grammar's own words for these would point at the query's end."""
    opened: list[int] = []
    for match in _PARTS.finditer(query.plain):
        if match[0] == "(":
            opened.append(match.start())
            if len(opened) > DEEPEST:
                problem = f"Parentheses are nested more than {DEEPEST} deep."
                raise query.error(match.start(), problem, "Take out those that are not needed.")
        elif match[0] == ")":
            if not opened:
                problem = "This parenthesis closes none."
                raise query.error(match.start(), problem, "Take it out, or open one before it.")
            opened.pop()
        elif not match["closed"]:
            hint = 'Close it with another “"”, or take it out.'
            raise query.error(match.start(), "This quotation mark is never closed.", hint)
    if opened:
        hint = "Add “)” where the group ends."
        raise query.error(opened[-1], "This parenthesis is never closed.", hint)
