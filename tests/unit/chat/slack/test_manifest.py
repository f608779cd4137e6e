"""The manifest within Slack's limits (CONTRACTS.md, section 2), and agreeing with the program."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.chat.slack import COMMAND
from bot.chat.slack.install import SCOPES as ASKED

ROOT = Path(__file__).resolve().parents[4]
MANIFEST: dict[str, Any] = yaml.safe_load(
    (ROOT / "config" / "slack-manifest.yaml").read_text(encoding="utf-8")
)
DOCS = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]


@pytest.mark.parametrize(
    ("path", "least", "most"),
    [
        pytest.param("display_information.name", 1, 35, id="name"),
        pytest.param("display_information.description", 1, 140, id="description"),
        pytest.param("display_information.long_description", 175, 4_000, id="long"),
        pytest.param("features.bot_user.display_name", 1, 80, id="bot"),
    ],
)
def test_texts_are_within_the_limits(path: str, least: int, most: int) -> None:
    found: Any = MANIFEST
    for key in path.split("."):
        found = found[key]
    assert least <= len(found) <= most


def test_the_one_command_is_within_the_limits() -> None:
    [command] = MANIFEST["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2_000
    assert len(command["usage_hint"]) <= 1_000


def test_it_listens_by_socket_and_to_what_it_answers() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True
    answered = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
    assert set(settings["event_subscriptions"]["bot_events"]) == answered


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_has_its_reason_in_the_docs(scope: str) -> None:
    rows = [line for line in DOCS.splitlines() if line.startswith("| `") and scope in line]
    assert rows


def test_both_ways_to_install_ask_for_the_same() -> None:
    assert tuple(SCOPES) == ASKED
