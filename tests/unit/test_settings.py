"""Settings: where they come from, how they merge, and what a mistake is told."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings import Settings, bundled, config_folders, read_behaviour


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_bundled_config_is_valid_and_equals_the_defaults() -> None:
    behaviour = read_behaviour([bundled("config") / "policywire.toml"])
    assert behaviour == read_behaviour([])


def test_a_chosen_folder_is_stronger_than_the_bundled_one(tmp_path: Path) -> None:
    write(tmp_path / "policywire.toml", "[alerts]\nthreshold = 0.7\n")
    settings = Settings.load({"POLICYWIRE_CONFIG": str(tmp_path)})
    assert settings.behaviour.alerts.threshold == 0.7
    assert settings.behaviour.alerts.breaking == 0.9
    assert settings.folders[0] == tmp_path.resolve()


def test_files_of_a_name_come_weakest_first(tmp_path: Path) -> None:
    own = write(tmp_path / "entities.yaml", "")
    settings = Settings.load({"POLICYWIRE_CONFIG": str(tmp_path)})
    assert settings.files("entities.yaml")[-1] == own.resolve()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param("[alerts]\n\nthreshold = 3\n", 3, "less than or equal to 1", id="range"),
        pytest.param("contact = 'x'\ncolour = 1\n", 2, "colour", id="unknown-key"),
        pytest.param("[poling]\nx = 1\n", 1, "did you mean poll", id="misspelt-section"),
        pytest.param("[alerts]\n\ntreshold = 1\n", 3, "did you mean threshold", id="misspelt-key"),
        pytest.param("[alerts]\nthreshold = soon\n", None, "line 2", id="not-toml"),
        pytest.param("[fetch]\n[poll]\nat_once = 3\n", 3, "poll.at_once", id="in-wrong-section"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, says: str
) -> None:
    path = write(tmp_path / "policywire.toml", text)
    with pytest.raises(ConfigError, match=says) as caught:
        read_behaviour([path])
    assert (caught.value.path, caught.value.line) == (path, line)


def test_a_bad_environment_value_names_the_variable() -> None:
    with pytest.raises(ConfigError, match=r"POLICYWIRE_ALLOW_NETS.*nonsense"):
        Settings.load({"POLICYWIRE_ALLOW_NETS": "nonsense"})


def test_a_missing_config_folder_is_said() -> None:
    with pytest.raises(ConfigError, match="not there"):
        config_folders(Path("/nowhere/at/all"))


def test_an_empty_variable_is_an_unset_one() -> None:
    assert Settings.load({"DISCORD_TOKEN": " "}).environment.discord_token is None


def test_allowed_networks_are_read() -> None:
    settings = Settings.load({"POLICYWIRE_ALLOW_NETS": "127.0.0.0/8, ::1/128"})
    assert [str(net) for net in settings.environment.policywire_allow_nets] == [
        "127.0.0.0/8",
        "::1/128",
    ]


def test_tokens_do_not_show_in_the_settings_text() -> None:
    settings = Settings.load(
        {"DISCORD_TOKEN": "very-secret", "DATABASE_URL": "postgres://u:pw@h/d"}
    )
    assert "very-secret" not in repr(settings)
    assert "pw@" not in repr(settings)


def test_the_default_database_is_under_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    url = Settings.load({}).database_url()
    assert url == "sqlite:////somewhere/policywire/policywire.sqlite3"


@pytest.mark.parametrize(
    ("names", "platforms"),
    [
        pytest.param(set[str](), (False, False), id="none"),
        pytest.param({"DISCORD_TOKEN"}, (True, False), id="discord"),
        pytest.param({"SLACK_BOT_TOKEN"}, (False, True), id="slack-token"),
        pytest.param({"SLACK_CLIENT_SECRET"}, (False, True), id="slack-in-part"),
        pytest.param({"SLACK_SIGNING_SECRET"}, (False, False), id="signing-secret-alone"),
    ],
)
def test_a_platform_is_configured_by_its_secrets(
    names: set[str], platforms: tuple[bool, bool]
) -> None:
    environment = Settings.load(dict.fromkeys(names, "x")).environment
    assert (environment.names_discord, environment.names_slack) == platforms
