"""`policywire entities extract`: from a file or standard input, as a table or JSON."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import main

ARTICLE = (
    "Commerce Secretary Jane Roe names testing institute\n\n"
    "Commerce Secretary Jane Roe said on Friday that the Institute for Machine Safety (IMS) will "
    "get up to $200 million. Roe told Congress that Anthropic had agreed.\n"
)


def ran(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(str(ended.value.code or 0))


def test_proposals_come_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    assert ran("entities", "extract", str(file), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    by_name = {one["name"]: one for one in found["entities"]}
    assert by_name["Jane Roe"]["aliases"] == ["Roe"]
    assert by_name["Institute for Machine Safety"]["aliases"] == ["IMS"]
    assert by_name["Anthropic"]["known_id"] == "anthropic"
    assert (found["money"], found["dates"]) == (["$200 million"], ["Friday"])


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert ran("entities", "extract", "-") == 0
    assert "Jane Roe" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("entities", "extract", "nowhere.txt") == 2
    assert "nowhere.txt cannot be read" in capsys.readouterr().err


def test_a_private_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("entities", "extract", "http://127.0.0.1/x") == 1
    assert "not fetched" in capsys.readouterr().err
