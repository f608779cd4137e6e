"""Which platforms are opened, by the secrets that are set."""

import pytest

from bot.app.platforms import open_platforms
from bot.clock import SteppedClock
from bot.errors import ConfigError
from bot.settings import Settings
from tests.support.values import NOON

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "x"}
DISCORD = {"DISCORD_TOKEN": "x"}


@pytest.mark.parametrize(
    ("environ", "names", "need_web"),
    [
        pytest.param({}, set[str](), False, id="none"),
        pytest.param(DISCORD, {"discord"}, False, id="discord"),
        pytest.param(SOCKET, {"slack"}, False, id="slack-socket"),
        pytest.param(DISCORD | HTTP, {"discord", "slack"}, True, id="both"),
    ],
)
async def test_what_is_configured_is_opened(
    environ: dict[str, str], names: set[str], need_web: bool
) -> None:
    async with open_platforms(Settings.load(environ), SteppedClock(NOON)) as platforms:
        assert platforms.senders.keys() == names
        assert platforms.need_web is need_web


async def test_half_a_configuration_is_named() -> None:
    settings = Settings.load(DISCORD | {"SLACK_APP_TOKEN": "xapp-1"})
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN"):
        async with open_platforms(settings, SteppedClock(NOON)):
            pass
