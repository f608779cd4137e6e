"""The layout's rules: imports go one way, and no platform's name leaves its folder."""

import ast
import re
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parents[2] / "bot"

# A part may import itself, the ground, and what stands after its name here (DESIGN, "Layout").
GROUND = {"model", "errors", "message", "clock"}
TEXT = GROUND | {"text"}
MAY_IMPORT = {
    "model": {"errors"},
    "errors": set(),
    "message": set(),
    "clock": set(),
    "text": GROUND,
    "feeds": TEXT,
    "entities": TEXT | {"feeds"},
    "relevance": TEXT | {"feeds", "entities"},
    "watches": TEXT | {"feeds", "entities", "relevance"},
    "stories": TEXT | {"feeds", "entities", "relevance", "watches"},
    "alerts": TEXT | {"feeds", "entities", "relevance", "watches", "stories"},
    "store": {"model", "errors"},
    "pipeline": TEXT | {"feeds", "entities", "relevance", "watches", "stories", "alerts"},
    "services": TEXT | {"feeds", "entities", "relevance", "watches", "stories", "alerts"},
    "chat": {"model", "message", "errors", "clock", "services"},
    "jobs": GROUND | {"pipeline", "alerts"},
    "settings": {"errors"},
}
ON_TOP = {"app", "cli", "web", "demo", "__init__", "__main__"}
PLATFORM_WORDS = re.compile(r"discord|slack", re.IGNORECASE)
PLATFORM_PLACES = {"settings", "app"}


def sources() -> list[Path]:
    return sorted(p for p in BOT.rglob("*.py") if "_data" not in p.parts)


def part_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of bot that a file imports, `__init__` for bot itself."""
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [f"bot.{a.name}" for a in node.names] if node.module == "bot" else [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts |= {name.split(".")[1] for name in names if name.startswith("bot.")}
    return parts - {"__version__"}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(BOT)))
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part in ON_TOP:
        return
    assert part in MAY_IMPORT, f"a new part of bot needs its place in the layout: {part}"
    wrong = imported(path) - MAY_IMPORT[part] - {part}
    assert not wrong, f"{part} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(BOT)))
def test_platform_names_stay_in_their_folders(path: Path) -> None:
    parts = path.relative_to(BOT).parts
    if part_of(path) in PLATFORM_PLACES or parts[:2] in {("chat", "discord"), ("chat", "slack")}:
        return
    names = [
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (name := _name(node)) and PLATFORM_WORDS.search(name)
    ]
    assert not names


def _name(node: ast.AST) -> str:
    """What code, not prose, calls something: names, imports and short strings."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
        case ast.Constant(value=str(text)) if len(text) < 20 and " " not in text:
            return text
    return ""


def test_every_part_has_a_sentence_on_what_it_is() -> None:
    for folder in sorted(p for p in BOT.iterdir() if (p / "__init__.py").is_file()):
        text = (folder / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{folder.name} says nothing of itself"


def test_nothing_imports_a_platform_that_is_not_configured() -> None:
    # Their libraries are large: `bot.app.platforms` imports them as it opens them.
    seen, left = set[str](), ["bot.cli.run", "bot.cli.poll", "bot.app.parts", "bot.app.platforms"]
    while left:
        if (name := left.pop()) not in seen:
            seen.add(name)
            left += at_start(name)
    assert "bot.store.database" in seen
    assert not [one for one in seen if PLATFORM_WORDS.search(one)]


def at_start(name: str) -> set[str]:
    """The modules, of bot and others, that a module of bot imports when it is itself imported."""
    path = BOT.parent.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not path.is_file():
        return set()
    found = set[str]()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    parents = {one.rpartition(".")[0] for one in found}
    return found | (parents - {""})
