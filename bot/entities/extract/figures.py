"""Sums of money and dates, as an article writes them."""

import re

from bot.entities.extract.values import Money
from bot.text.calendar import WEEKDAY

_SIGNS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD",
    "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "₩": "KRW", "Rs": "INR", "Rs.": "INR", "USD": "USD", "EUR": "EUR", "GBP": "GBP",
    "CHF": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "CAD": "CAD", "AUD": "AUD",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "rupee": "INR",
    "reai": "BRL", "rupiah": "IDR", "ringgit": "MYR", "baht": "THB", "peso": "MXN", "zloty": "PLN",
    "krona": "SEK", "kronor": "SEK", "kroner": "NOK", "rouble": "RUB", "ruble": "RUB",
    "dirham": "AED", "riyal": "SAR", "naira": "NGN", "lira": "TRY", "forint": "HUF",
    "won": "KRW", "franc": "CHF", "cent": "USD", "pence": "GBP", "shekel": "ILS", "rand": "ZAR",
}  # fmt: skip
_HUNDREDTHS = frozenset({"cent", "pence"})
_SCALES = {
    "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "tr": 1e12,
}  # fmt: skip
_GAP = "[ \u00a0\u202f-]?"
_LONG = "thousand|lakh|million|crore|billion|trillion"
_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?"
_SIGN = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_SIGNED = re.compile(
    rf"(?<![\w$])(?P<sign>{_SIGN}){_GAP}(?P<number>{_NUMBER})"
    rf"(?:{_GAP}(?P<scale>(?:{_LONG}|bn|mn|tn|tr|[mbk])\b))?",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<![\w$€£¥.,])(?P<number>{_NUMBER})[ \u00a0](?:(?P<scale>{_LONG})[ \u00a0])?"
    rf"(?:(?:U\.?S\.?|American|Canadian|Australian|Singapore|Hong Kong) )?"
    rf"(?P<word>{'|'.join(_WORDS)})s?\b",
    re.IGNORECASE,
)

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19|20)\d\d\b"
_COUNT = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen"
    "|twenty|thirty|forty|sixty|ninety)"
)
_UNIT = "(?:second|minute|hour|day|week|month|year|decade)"
_PART = "(?:(?:the )?(?:end|start|beginning|middle|close) of )"
_DATE = re.compile(
    rf"""(?x)
    (?<![\d.,$€£])\b(?:
      {_YEAR}-[01]\d-[0-3]\d(?:T[\d:]+Z?)?
    | {_MONTH}\ {_DAY},?\ {_YEAR} | {_DAY}\ (?:of\ )?{_MONTH},?\ {_YEAR}
    | (?:spring|summer|autumn|fall|winter)\ (?:of\ )?{_YEAR}
    | (?:end\ of\ )?{_MONTH}\ {_YEAR} | {_MONTH}\ {_DAY}(?!,\d)(?![/:.]\d) | {_DAY}\ {_MONTH}(?!\w)
    | (?:first|second|third|fourth)\ (?:half|quarter)\ of\ {_YEAR} | Q[1-4]\ {_YEAR}
    | end\ of\ (?:{_YEAR}|{_MONTH}|the\ (?:year|month|week|quarter))
    | {WEEKDAY}
    | (?:noon|midnight)\b(?:\ (?:[ECMP]S?D?T|UTC|GMT))?
    | {_COUNT}[ -]{_UNIT}s?\b(?!-old|\ old)
    | \d{{1,2}}(?:[:.]\d\d)?\ ?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)
        (?:\ (?:AEST|[ECMP][SD]?T|UTC|GMT|BST|CES?T|IST|JST|KST|SGT)\b)?
    | \d{{1,2}}:\d\d\ (?:AEST|[ECMP][SD]?T|UTC|GMT|BST|CES?T|IST|JST|KST|SGT)\b
    )"""
)
_MONTH_ALONE = re.compile(
    r"\b(?i:in|by|since|until|from|for|through|before|after|to|of|last|next|this|during|early|late|mid"
    r"|on|and|or|between)[ -](January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b(?!\s+(?:\d|[A-Z]))"
)
_YEAR_ALONE = re.compile(
    r"\b(?:in|by|since|until|from|for|through|before|after|to|of|early|late|mid|during|between|and|"
    rf"than)[ -]({_YEAR})(?![-/,]\d)",
    re.IGNORECASE,
)


def find_money(text: str) -> tuple[Money, ...]:
    """The sums that a text names, each once, in order."""
    sums: dict[str, Money] = {}
    for _, money in sums_in(text):
        sums.setdefault(money.text, money)
    return tuple(sums.values())


def sums_in(text: str) -> list[tuple[tuple[int, int], Money]]:
    """The sums that a text names, each with where it stands (code points), in order."""
    found = [*_SIGNED.finditer(text), *_SPELLED.finditer(text)]
    return [
        (
            match.span(),
            Money(text=" ".join(match[0].split()), amount=_amount(match), currency=_unit(match)),
        )
        for match in sorted(found, key=lambda match: match.start())
    ]


def _amount(match: re.Match[str]) -> float:
    amount = float(match["number"].replace(",", ""))
    if match["scale"]:
        amount *= _SCALES[match["scale"].lower()]
    hundredth = "word" in match.re.groupindex and match["word"].lower() in _HUNDREDTHS
    return amount / 100 if hundredth else amount


def _unit(match: re.Match[str]) -> str:
    if "word" in match.re.groupindex:
        return _WORDS[match["word"].lower()]
    sign = match["sign"]
    return _SIGNS.get(sign) or _SIGNS.get(sign.upper()) or _SIGNS[sign.capitalize()]


def find_dates(text: str) -> tuple[str, ...]:
    """Dates, weekdays, times of day and spans of time as written, each once, in order."""
    written: dict[str, str] = {}
    for _, date in dates_in(text):
        written.setdefault(date.casefold(), date)
    return tuple(written.values())


def dates_in(text: str) -> list[tuple[tuple[int, int], str]]:
    """The same, each time it stands there, with its place (code points), in order."""
    found = [(match.start(), match.end(), match[0]) for match in _DATE.finditer(text)]
    taken = [(start, end) for start, end, _ in found]
    for pattern in (_MONTH_ALONE, _YEAR_ALONE):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if not any(start < other_end and begin < end for begin, other_end in taken):
                found.append((start, end, match[1]))
    return [((start, end), " ".join(date.split())) for start, end, date in sorted(found)]
