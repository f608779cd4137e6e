"""The names that a query may use: fields, languages, kinds, and entities and topics by a port."""

from collections.abc import Iterable
from typing import Protocol

from rapidfuzz import fuzz, process, utils

from bot.model import ArticleKind, EntityId, TopicId

FIELDS = ("title", "source", "entity", "topic", "lang", "kind", "relevance")
OTHER_WORDS = {
    "about": "topic",
    "author": "source",
    "company": "entity",
    "domain": "source",
    "feed": "source",
    "from": "source",
    "headline": "title",
    "intitle": "title",
    "language": "lang",
    "locale": "lang",
    "org": "entity",
    "outlet": "source",
    "person": "entity",
    "publisher": "source",
    "score": "relevance",
    "site": "source",
    "subject": "topic",
    "tag": "topic",
    "type": "kind",
}
"""What other search boxes call our fields."""

_NEAR_ENOUGH = 60
_AS_NEAR = 15
"""Likeness of 100 that a suggestion needs, and how far it may stand behind the best one."""

KINDS = tuple(kind.value for kind in ArticleKind)

_LANGUAGES = """
af Afrikaans, am Amharic, ar Arabic, az Azerbaijani, be Belarusian, bg Bulgarian, bn Bengali,
bs Bosnian, ca Catalan, cs Czech, cy Welsh, da Danish, de German, el Greek, en English,
eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian, fi Finnish, fr French, ga Irish,
gl Galician, gu Gujarati, ha Hausa, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, hy Armenian,
id Indonesian, is Icelandic, it Italian, ja Japanese, ka Georgian, kk Kazakh, km Khmer, kn Kannada,
ko Korean, ku Kurdish, ky Kyrgyz, la Latin, lb Luxembourgish, lo Lao, lt Lithuanian, lv Latvian,
mk Macedonian, ml Malayalam, mn Mongolian, mr Marathi, ms Malay, mt Maltese, my Burmese, ne Nepali,
nl Dutch, no Norwegian, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, ro Romanian, ru Russian,
sd Sindhi, si Sinhala, sk Slovak, sl Slovenian, so Somali, sq Albanian, sr Serbian, sv Swedish,
sw Swahili, ta Tamil, te Telugu, tg Tajik, th Thai, tk Turkmen, tl Tagalog, tr Turkish, tt Tatar,
ug Uyghur, uk Ukrainian, ur Urdu, uz Uzbek, vi Vietnamese, xh Xhosa, yi Yiddish, yo Yoruba,
zh Chinese, zu Zulu
"""
LANGUAGES = {pair.split()[0]: pair.split()[1] for pair in _LANGUAGES.split(",")}
"""ISO 639-1 codes of the languages that news comes in, with their English names."""

_BY_NAME = {name.lower(): code for code, name in LANGUAGES.items()}


class Names(Protocol):
    """What the catalog and the topics know; what a person types is checked against it."""

    def entity(self, typed: str) -> tuple[EntityId, str] | None:
        """Id and name of the entity that was typed as id, name or alias."""

    def topic(self, typed: str) -> tuple[TopicId, str] | None:
        """Id and name of the topic that was typed."""

    def topics(self) -> tuple[str, ...]:
        """Ids of all topics."""

    def like_entity(self, typed: str) -> tuple[str, ...]:
        """Ids of the entities nearest to what was typed, best first."""

    def like_topic(self, typed: str) -> tuple[str, ...]:
        """Ids of the topics nearest to what was typed, best first."""


def language_code(typed: str) -> str | None:
    """The code of a language typed as a code (`de`, `de-AT`) or by its English name."""
    lower = typed.strip().lower()
    code = lower.replace("_", "-").split("-")[0]
    return code if code in LANGUAGES else _BY_NAME.get(lower)


def language_name(code: str) -> str:
    """The English name of a language."""
    return LANGUAGES.get(code, code)


def like_language(typed: str) -> tuple[str, ...]:
    """Codes of the languages nearest to what was typed."""
    return tuple(_BY_NAME[name] for name in nearest(typed, _BY_NAME))


def like_field(typed: str) -> tuple[str, ...]:
    """The fields that somebody who typed this may have meant."""
    other = OTHER_WORDS.get(typed.lower())
    return (other,) if other else nearest(typed, FIELDS)


def nearest(typed: str, names: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """The names most like what was typed, best first; none when nothing is near."""
    found = process.extract(
        typed,
        list(names),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=_NEAR_ENOUGH,
    )
    return tuple(name for name, score, _index in found if score > found[0][1] - _AS_NEAR)
