"""Environment and config files → one frozen Settings.

Secrets and places come from the environment or `.env`; behaviour from `policywire.toml`, looked up
in `POLICYWIRE_CONFIG`, `./config/`, then the bundled one, each merged over the next.
"""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import __version__
from bot.errors import ConfigError

Network = IPv4Network | IPv6Network


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FetchSettings(_Section):
    """Manners towards publishers' servers."""

    at_once: int = Field(24, ge=1, le=500)
    at_once_per_host: int = Field(2, ge=1, le=10)
    spacing_seconds: float = Field(1.0, ge=0, le=60)
    timeout_seconds: float = Field(20, gt=0, le=120)
    connect_seconds: float = Field(10, gt=0, le=60)
    max_body_mib: float = Field(15, gt=0, le=100)


class PollSettings(_Section):
    """How often feeds are asked."""

    tick_seconds: float = Field(1, gt=0, le=300)
    min_minutes: float = Field(5, ge=1, le=1440)
    max_minutes: float = Field(60, ge=1, le=1440)


class AlertSettings(_Section):
    """When and how much a channel is told."""

    max_age_hours: float = Field(24, gt=0, le=24 * 14)
    threshold: float = Field(0.5, ge=0, le=1)
    breaking: float = Field(0.9, ge=0, le=1)
    breaking_origins: int = Field(5, ge=2)
    posts_an_hour: int = Field(12, ge=1, le=60)
    edit_seconds: float = Field(60, ge=1)


class FulltextSettings(_Section):
    """Whether the pages of articles with a mere teaser are read, and how long that may take."""

    enabled: bool = False
    seconds: float = Field(8, gt=0, le=60)


class LlmSettings(_Section):
    """What summaries by a language model may take, where one is configured."""

    seconds: float = Field(8, gt=0, le=60)
    requests_a_day: int = Field(200, ge=1)


class RetentionSettings(_Section):
    """How long things are kept, in days."""

    text_days: int = Field(90, ge=1)
    article_days: int = Field(365, ge=7)
    seen_days: int = Field(400, ge=30)


class LimitSettings(_Section):
    """How much one channel, person or workspace may keep."""

    subscriptions_per_channel: int = Field(25, ge=1)
    watches_per_channel: int = Field(25, ge=1)
    watches_per_person: int = Field(10, ge=1)
    feeds_per_workspace: int = Field(100, ge=1)
    entities_per_workspace: int = Field(200, ge=1)


class WebSettings(_Section):
    """Where the web server listens; its port is PORT in the environment."""

    host: str = "0.0.0.0"  # noqa: S104 (hosts reach a container from outside)


class Behaviour(_Section):
    """All of policywire.toml."""

    contact: str = "https://github.com/policywire/policywire"
    operators: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    report_to: str = ""
    fetch: FetchSettings = FetchSettings.model_construct()
    poll: PollSettings = PollSettings.model_construct()
    alerts: AlertSettings = AlertSettings.model_construct()
    fulltext: FulltextSettings = FulltextSettings.model_construct()
    llm: LlmSettings = LlmSettings.model_construct()
    retention: RetentionSettings = RetentionSettings.model_construct()
    limits: LimitSettings = LimitSettings.model_construct()
    web: WebSettings = WebSettings.model_construct()

    @field_validator("report_to")
    @classmethod
    def _place(cls, value: str) -> str:
        if value and not _REPORT_PLACE.fullmatch(value):
            raise ValueError("must be platform:workspace/channel, such as console:console/ops")
        return value

    def report_place(self) -> tuple[str, str, str] | None:
        """Platform, workspace and channel of the operator's news, None where none is set."""
        match = _REPORT_PLACE.fullmatch(self.report_to)
        return (match[1], match[2], match[3]) if match else None


_REPORT_PLACE = re.compile(r"([a-z]+):([^/\s]+)/(\S+)")


class Environment(BaseSettings):
    """What the environment (or `.env`) says; names are DESIGN's."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    discord_dev_guild: int | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str | None = None
    port: Annotated[int, Field(ge=0, le=65_535)] | None = None
    database_url: SecretStr | None = None
    policywire_config: Path | None = None
    policywire_llm_provider: Literal["anthropic", "openai"] | None = None
    policywire_llm_model: str | None = None
    policywire_llm_api_key: SecretStr | None = None
    policywire_llm_base_url: str | None = None
    policywire_allow_nets: Annotated[tuple[Network, ...], NoDecode] = ()

    @property
    def names_discord(self) -> bool:
        """Whether Discord is configured."""
        return self.discord_token is not None

    @property
    def names_slack(self) -> bool:
        """Whether Slack is configured, if only in part; a signing secret alone says nothing."""
        named = (self.slack_bot_token, self.slack_app_token)
        return any((*named, self.slack_client_id, self.slack_client_secret))

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("policywire_allow_nets", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if value is None:
            return ()
        if not isinstance(value, str):
            return value
        return tuple(ip_network(part.strip(), strict=False) for part in value.split(",") if part)


class Settings(BaseModel):
    """Everything a run depends on besides the database."""

    model_config = ConfigDict(frozen=True)

    environment: Environment
    behaviour: Behaviour
    folders: tuple[Path, ...]
    """Where config files are looked up, the strongest first."""
    seeds: Path

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the environment and the config files; raises ConfigError saying file and line."""
        environment = _environment(environ)
        folders = config_folders(environment.policywire_config)
        behaviour = read_behaviour([f / "policywire.toml" for f in folders])
        return cls(
            environment=environment, behaviour=behaviour, folders=folders, seeds=bundled("seeds")
        )

    def files(self, name: str) -> list[Path]:
        """The existing files of this name, the weakest first, as merging wants them."""
        return [path for folder in reversed(self.folders) if (path := folder / name).is_file()]

    def database_url(self) -> str:
        """The database's address; SQLite under the user's data folder by default."""
        url = self.environment.database_url
        if url is not None:
            return url.get_secret_value()
        home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        return f"sqlite:///{Path(home) / 'policywire' / 'policywire.sqlite3'}"

    def user_agent(self) -> str:
        """How policywire introduces itself to publishers' servers."""
        return f"policywire/{__version__} (+{self.behaviour.contact})"


def bundled(name: str) -> Path:
    """The folder `config` or `seeds`: `bot/_data` in the wheel, beside `bot` in a checkout."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise ConfigError(package, f"the bundled folder “{name}” is missing; reinstall policywire")


def config_folders(chosen: Path | None) -> tuple[Path, ...]:
    """The folders to look config files up in, the strongest first."""
    if chosen is not None and not chosen.is_dir():
        raise ConfigError(chosen, "POLICYWIRE_CONFIG names a folder that is not there")
    candidates = [chosen, Path("config"), bundled("config")]
    folders: list[Path] = []
    for folder in candidates:
        if folder is not None and folder.is_dir() and folder.resolve() not in folders:
            folders.append(folder.resolve())
    return tuple(folders)


def read_behaviour(paths: Sequence[Path]) -> Behaviour:
    """Merge the TOML files that exist, the first the strongest."""
    merged: dict[str, Any] = {}
    existing = [path for path in reversed(paths) if path.is_file()]
    for path in existing:
        text = path.read_text(encoding="utf-8")
        try:
            _merge(merged, tomllib.loads(text))
            Behaviour.model_validate(merged)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(path, str(error)) from None
        except ValidationError as error:
            first = error.errors()[0]
            keys = [str(part) for part in first["loc"]]
            said = _unknown(keys) if first["type"] == "extra_forbidden" else _problem(first["msg"])
            problem = f"{'.'.join(keys)}: {said}"
            raise ConfigError(path, problem, _line_of(text, keys)) from None
    return Behaviour.model_validate(merged)


def _environment(environ: Mapping[str, str] | None) -> Environment:
    try:
        if environ is None:
            return Environment()
        known = {k.lower(): v for k, v in environ.items() if k.lower() in Environment.model_fields}
        return Environment.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        raise ConfigError("environment", f"{name}: {_problem(first['msg'])}") from None


def _problem(message: str) -> str:
    return message.removeprefix("Value error, ")


def _unknown(keys: Sequence[str]) -> str:
    """That the last of these keys is none, with the nearest ones that are there beside it."""
    section: Any = Behaviour
    for key in keys[:-1]:
        field = section.model_fields.get(key) if hasattr(section, "model_fields") else None
        section = field.annotation if field is not None else None
    known = sorted(section.model_fields) if hasattr(section, "model_fields") else []
    near = get_close_matches(keys[-1], known, n=1)
    return "there is no such key" + (f"; did you mean {near[0]}?" if near else "")


def _merge(base: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value


def _line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line on which the last of the keys is set, within its [section]."""
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            section = stripped.strip("[]")
            if [section] == list(keys):
                return number
        name = stripped.split("=", maxsplit=1)[0].strip()
        at = [section, name] if section else [name]
        if name and at == list(keys[: len(at)]):
            return number
    return None
