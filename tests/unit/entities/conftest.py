"""The real catalog, compiled once for all tests that read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.entities import Catalog, Recogniser, load_catalog
from bot.model.entities import RecognisedEntity
from bot.text.scan import Scanner

ENTITIES = Path(__file__).parents[3] / "config" / "entities.yaml"

Recognise = Callable[..., tuple[RecognisedEntity, ...]]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(ENTITIES)


@pytest.fixture(scope="session")
def recognise(catalog: Catalog) -> Recognise:
    recogniser = Recogniser(catalog)
    scanner = Scanner.build({"alias": recogniser.literals()})

    def read(title: str, text: str = "") -> tuple[RecognisedEntity, ...]:
        return recogniser.recognise(scanner.scan(title, text))

    return read
