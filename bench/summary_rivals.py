"""Other ways to make a summary of at most two sentences and 320 characters, to compare with."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from bot.stories.summary import MOST_CHARACTERS, MOST_SENTENCES, Extractive
from bot.text.sentences import sentences

Maker = Callable[[str, str], tuple[str, ...]]
"""Title and text to the sentences of a summary."""
_READ_MOST = 16_000


def makers() -> dict[str, Maker]:
    """Ours last; sumy's only where sumy (and numpy for LexRank) is installed beside us."""
    found: dict[str, Maker] = {"lead-1": lead(1), "lead-2": lead(2)}
    if find_spec("sumy") is None:
        print("sumy is not installed (pip install sumy): Luhn and LexRank are left out")
    else:
        found["Luhn"] = _sumy("luhn", "LuhnSummarizer")
        found["LexRank"] = _sumy("lex_rank", "LexRankSummarizer")
    return found | {"policywire": Extractive().summarise}


def lead(count: int) -> Maker:
    """The first sentences, as far as the length allows."""
    return lambda _, text: fitting([s.text for s in sentences(text[:_READ_MOST])][:count])


def fitting(chosen: Sequence[str]) -> tuple[str, ...]:
    """As many of the sentences as a summary may have; the first cut where it alone is too long."""
    kept: list[str] = []
    left = MOST_CHARACTERS
    for sentence in chosen[:MOST_SENTENCES]:
        if len(sentence) <= left:
            kept.append(sentence)
            left -= len(sentence) + 1
        elif not kept:
            return (sentence[:left],)
    return tuple(kept)


class _Tokens:
    """What sumy asks of a tokenizer; its own needs NLTK's data."""

    def to_sentences(self, text: str) -> list[str]:
        return [line for line in text.split("\n") if line]

    def to_words(self, sentence: str) -> list[str]:
        return re.findall(r"[a-z0-9']+", sentence.lower())


def _sumy(module: str, name: str) -> Maker:
    dom = import_module("sumy.models.dom")
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()

    def summarise(_: str, text: str) -> tuple[str, ...]:
        lines = [" ".join(s.text.split()) for s in sentences(text[:_READ_MOST])]
        paragraph = dom.Paragraph([dom.Sentence(line, _Tokens()) for line in lines])
        document = dom.ObjectDocumentModel([paragraph])
        return fitting([str(found) for found in summarizer(document, MOST_SENTENCES)])

    return summarise
