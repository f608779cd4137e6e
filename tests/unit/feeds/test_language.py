"""The language of an article."""

import pytest

from bot.feeds.language import UNKNOWN, language_of

ENGLISH = "The agency told its contractors on Friday to stop using the model at once."
GERMAN = "Die Behörde hat ihre Auftragnehmer am Freitag angewiesen, das Modell nicht zu nutzen."
JAPANESE = "政府は金曜日、契約業者に対してこの人工知能モデルの使用を直ちに停止するよう命じた。"


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        pytest.param("en-US", ENGLISH, "en", id="stated"),
        pytest.param("de_DE", GERMAN, "de", id="underscore"),
        pytest.param("EN", ENGLISH, "en", id="upper-case"),
        pytest.param("fr", ENGLISH, "fr", id="the-statement-counts"),
        pytest.param("en-US", JAPANESE, "ja", id="letters-belie-it"),
        pytest.param("ja", JAPANESE, "ja", id="other-letters-stated"),
        pytest.param("ja", ENGLISH, "en", id="latin-letters-belie-it"),
        pytest.param("ja", "OpenAI GPT", "ja", id="a-name-belies-nothing"),
        pytest.param(None, ENGLISH, "en", id="english"),
        pytest.param(None, GERMAN, "de", id="german"),
        pytest.param(None, f"{GERMAN} „The Cost of It, and Who Was Told“", "de", id="quoting"),
        pytest.param(None, JAPANESE, "ja", id="japanese"),
        pytest.param("und", GERMAN, "de", id="undetermined"),
        pytest.param("not a tag", GERMAN, "de", id="nonsense"),
        pytest.param(None, "OpenAI, Nvidia", "en", id="short"),
        pytest.param(None, "", "en", id="empty"),
        pytest.param(None, "\u16a0\u16a2 " * 30, UNKNOWN, id="runes"),
        pytest.param(None, "12 34 56 " * 20, "en", id="numbers"),
    ],
)
def test_language_of(stated: str | None, text: str, language: str) -> None:
    assert language_of(stated, "", text) == language
