"""What docs/commands.md says of queries is what the parser says."""

import re
from pathlib import Path

import pytest

from bot.entities import load_catalog
from bot.relevance import load_topics
from bot.watches import WatchSyntaxError, parse
from bot.watches.catalog_names import CatalogNames

ROOT = Path(__file__).parents[3]
_ROW = re.compile(r"^\| `(?P<query>.+)` \| (?P<said>.+) \|$", re.MULTILINE)


def rows(heading: str) -> list[tuple[str, str]]:
    """The rows of the table under this heading."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text.partition(f"| query | {heading} |\n")[2].partition("\n\n")[0]
    return [(match["query"], match["said"]) for match in _ROW.finditer(table)]


@pytest.fixture(scope="module")
def names() -> CatalogNames:
    """The bundled catalog and topics."""
    config = ROOT / "config"
    return CatalogNames(load_catalog(config / "entities.yaml"), load_topics(config / "topics.yaml"))


def test_each_query_is_read_as_documented(names: CatalogNames) -> None:
    examples = rows("is read as")
    assert len(examples) >= 10
    assert [(query, parse(query, names).reading) for query, _ in examples] == examples


def test_each_mistake_is_refused_as_documented(names: CatalogNames) -> None:
    examples = rows("is refused with")
    assert len(examples) >= 5
    for query, problem in examples:
        with pytest.raises(WatchSyntaxError) as raised:
            parse(query, names)
        assert raised.value.problem == problem
