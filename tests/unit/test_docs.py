"""The documents name every command and setting, and hold no link that leads nowhere."""

import re
from pathlib import Path

import pytest

from bot.chat.commands import build
from bot.settings import Environment, bundled

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_every_chat_command_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    missing = [command.usage() for command in build().commands if command.usage() not in text]
    assert not missing


def test_every_environment_variable_is_documented() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    missing = [name for name in Environment.model_fields if f"`{name.upper()}`" not in text]
    assert not missing


def test_the_settings_file_is_documented_as_it_is() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert (bundled("config") / "policywire.toml").read_text(encoding="utf-8") in text


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name
)
def test_links_within_the_project_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]
