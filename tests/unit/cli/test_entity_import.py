"""`policywire entities import`: from a script it lists, and adds only what is named."""

import json
from pathlib import Path

import pytest

from bot.app import parts
from tests.support.wiring import prepared
from tests.unit.cli.test_extract import ARTICLE, ran


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A saved article beside an empty database.

    Each command opens everything, but the bundled lists are compiled once for all of them: that
    takes longer than the rest together.
    """
    monkeypatch.setattr(parts, "prepare", lambda _: prepared())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'policywire.db'}")
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return str(file)


def test_it_lists_and_adds_only_what_is_accepted(
    article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran("entities", "import", article) == 0
    listed = capsys.readouterr().out
    assert "Jane Roe, person" in listed
    assert "Tracked already: " in listed
    assert ran("entities", "import", "i1", "--json") == 0
    draft = json.loads(capsys.readouterr().out)
    assert {one["answer"] for one in draft["proposals"]} == {"open"}
    names = [one["name"] for one in draft["proposals"]]
    number = str(names.index("Jane Roe") + 1)
    assert ran("entities", "import", "i1", "--accept", number) == 0
    assert "Tracked here from now on: Jane Roe." in capsys.readouterr().out
    assert ran("entities", "show", "roe", "--json") == 0
    assert json.loads(capsys.readouterr().out)["own"] is True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["i7"], "no longer kept", id="no-such-import"),
        pytest.param(["nowhere.txt"], "nowhere.txt cannot be read", id="no-such-file"),
        pytest.param(["{article}", "--accept", "1-"], "no list of numbers", id="no-numbers"),
        pytest.param(["{article}", "--accept", "99"], "There is no proposal 99", id="no-such-one"),
    ],
)
def test_refused(
    article: str, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    given = [argument.replace("{article}", article) for argument in arguments]
    assert ran("entities", "import", *given) == 2
    assert words in capsys.readouterr().err
