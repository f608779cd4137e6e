"""The set-up: names in the environment, config files, and what platforms need. Names no secret."""

import re
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import SecretStr
from rapidfuzz import process

from bot.app.config import configured_feeds, read_seeds
from bot.app.doctor.finding import Finding, broken, warning, well
from bot.entities import load_catalog
from bot.errors import PolicywireError
from bot.feeds.opml import read_opml
from bot.relevance import load_learned, load_topics
from bot.settings import Environment, Settings
from bot.stories.weights import load_weights

_OURS = re.compile(r"(POLICYWIRE|DISCORD|SLACK)_")
_ELSEWHERE = re.compile(r"POLICYWIRE_LLM_")
_DISCORD_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}")
_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
_DISCORD_HELP = "Copy it anew: Developer Portal > your application > Bot > Reset Token."


def check_names(environ: Mapping[str, str]) -> list[Finding]:
    """Variables that look like ours and are not read."""
    known = [name.upper() for name in Environment.model_fields]
    found = []
    for name in sorted(environ):
        if not _OURS.match(name) or name in known or _ELSEWHERE.match(name):
            continue
        near = process.extractOne(name, known, score_cutoff=70)
        mend = f"Did you mean {near[0]}?" if near else "Remove it, or correct its name."
        found.append(warning("Environment", f"{name} is set and read by nobody", mend))
    return found


def check(settings: Settings) -> list[Finding]:
    """The config's files, numbers that contradict each other, and platforms."""
    return [
        *_files(settings),
        *_numbers(settings),
        *_env_file(),
        *_platforms(settings),
        *_report_to(settings),
    ]


def _files(settings: Settings) -> list[Finding]:
    folders = ", ".join(map(str, settings.folders))
    return [
        well("Config", f"looked up in {folders}"),
        _read("entities.yaml", lambda: f"{_entities(settings)} entities"),
        _read("topics.yaml", lambda: f"{len(_topics(settings))} policy topics"),
        _read("relevance-weights.yaml", lambda: _learned(settings)),
        _read("story-weights.yaml", lambda: _weights(settings)),
        _read("feeds.opml", lambda: f"{len(configured_feeds(settings))} feeds"),
        *_odd_feeds(settings),
        _read("seeds", lambda: f"{_seeds(settings)} seed stories"),
    ]


def _read(name: str, reading: Callable[[], str]) -> Finding:
    try:
        return well(name, reading())
    except PolicywireError as error:
        mend = "Correct it; until then every command but this one refuses to start."
        return broken(name, str(error), mend)


def _entities(settings: Settings) -> int:
    return len(load_catalog(*settings.files("entities.yaml")).all())


def _topics(settings: Settings) -> Sequence[object]:
    return load_topics(*settings.files("topics.yaml")).policy


def _learned(settings: Settings) -> str:
    terms = load_learned(settings.files("relevance-weights.yaml")[-1]).terms
    return f"the weights that tell AI policy, and of {sum(map(len, terms.values()))} terms"


def _weights(settings: Settings) -> str:
    load_weights(settings.files("story-weights.yaml")[-1])
    return "the weights that join reports into stories"


def _seeds(settings: Settings) -> int:
    return len(read_seeds(settings, load_catalog(*settings.files("entities.yaml"))))


def _odd_feeds(settings: Settings) -> list[Finding]:
    """Single feeds that a list names in vain: the others are read."""
    found = []
    for path in settings.files("feeds.opml"):
        try:
            problems = read_opml(path.read_bytes(), path).problems
        except PolicywireError:
            continue
        mend = "Correct or remove it; the other feeds are read."
        found += [broken("feeds.opml", str(problem), mend) for problem in problems]
    return found


def _numbers(settings: Settings) -> list[Finding]:
    poll, kept = settings.behaviour.poll, settings.behaviour.retention
    found = []
    if poll.min_minutes > poll.max_minutes:
        says = f"min_minutes is {poll.min_minutes:g}, over max_minutes, {poll.max_minutes:g}"
        found.append(broken("[poll]", says, "Exchange the two in policywire.toml."))
    if kept.seen_days < kept.article_days:
        says = f"seen_days is {kept.seen_days}, under article_days, {kept.article_days}"
        mend = "Raise seen_days over article_days, or a feed's old entries come again as new."
        found.append(warning("[retention]", says, mend))
    return found


def _env_file() -> list[Finding]:
    file = Path(".env")
    if not file.is_file() or not stat.S_IMODE(file.stat().st_mode) & 0o077:
        return []
    return [warning(".env", "others on this machine can read it", "Run `chmod 600 .env`.")]


def _platforms(settings: Settings) -> list[Finding]:
    environment = settings.environment
    found = [*_discord(environment), *_slack(environment)]
    if not found:
        return [well("Platforms", "none is configured: alerts print in the terminal")]
    return found


def _discord(environment: Environment) -> list[Finding]:
    token = _value(environment.discord_token)
    if not token:
        return []
    if token.lower().startswith("bot "):
        says = "DISCORD_TOKEN begins with “Bot ”"
        return [broken("Discord", says, "Leave that word out; we put it there.")]
    if token.isdigit():
        says = "DISCORD_TOKEN is a number: the application's id, not its token"
        return [broken("Discord", says, _DISCORD_HELP)]
    if not _DISCORD_TOKEN.fullmatch(token):
        says = f"DISCORD_TOKEN does not look like a bot's token ({len(token)} characters)"
        return [broken("Discord", says, _DISCORD_HELP)]
    return [well("Discord", "DISCORD_TOKEN looks like a bot's token")]


def _slack(environment: Environment) -> list[Finding]:
    bot_token = _value(environment.slack_bot_token)
    app_token = _value(environment.slack_app_token)
    signing = _value(environment.slack_signing_secret)
    client = environment.slack_client_id or ""
    client_secret = _value(environment.slack_client_secret)
    if not any((bot_token, app_token, signing, client, client_secret)):
        return []
    where = "Copy it anew from api.slack.com/apps > your app"
    found = []
    if bot_token and not bot_token.startswith("xoxb-"):
        says = "SLACK_BOT_TOKEN does not begin with xoxb-"
        found.append(broken("Slack", says, f"{where} > OAuth & Permissions."))
    if app_token and not app_token.startswith("xapp-"):
        says = "SLACK_APP_TOKEN does not begin with xapp-"
        found.append(broken("Slack", says, f"{where} > Basic Information > App-Level Tokens."))
    if signing and not _SIGNING_SECRET.fullmatch(signing):
        says = "SLACK_SIGNING_SECRET is not 32 hexadecimal characters"
        found.append(broken("Slack", says, f"{where} > Basic Information."))
    if bool(client) != bool(client_secret):
        says = "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together, and one is missing"
        found.append(broken("Slack", says, f"{where} > Basic Information."))
    if bot_token and client:
        says = "SLACK_BOT_TOKEN serves one workspace, SLACK_CLIENT_ID many, and both are set"
        found.append(broken("Slack", says, "Unset one of them."))
    if not (bot_token or client):
        says = "SLACK_BOT_TOKEN is missing, and no SLACK_CLIENT_ID to install with either"
        found.append(broken("Slack", says, f"{where} > OAuth & Permissions."))
    if not (app_token or signing):
        says = "events cannot come: neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set"
        mend = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        found.append(broken("Slack", says, mend))
    return found or [well("Slack", "its tokens look right")]


def _report_to(settings: Settings) -> list[Finding]:
    place = settings.behaviour.report_place()
    if place is None:
        return []
    environment = settings.environment
    ready = {
        "console": True,
        "discord": environment.discord_token is not None,
        "slack": bool(environment.slack_bot_token or environment.slack_client_id),
    }
    platform = place[0]
    if platform not in ready:
        says = f"report_to names the platform “{platform}”, which there is not"
        return [broken("report_to", says, "It is console, discord or slack.")]
    if not ready[platform]:
        says = f"report_to names {platform}, which has no token"
        return [broken("report_to", says, "Set its token, or give another place.")]
    return [well("report_to", "feeds in trouble are told there")]


def _value(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""
