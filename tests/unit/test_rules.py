"""docs/rules.md names tests that are there, and every rule has one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line
    for line in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| Rule", "| ---"))
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_rule_names_the_tests_that_hold_it(row: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
    assert named
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        defined = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert test in defined, f"{file} has no {test}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_rule_says_how_it_stands(row: str) -> None:
    assert row.split("|")[3].split(":", maxsplit=1)[0].strip() in {"true", "partly", "later"}
