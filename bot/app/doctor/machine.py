"""The machine: Python, the zones' data, fonts, the clock."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import bot
from bot.app.doctor.finding import Finding, broken, warning, well

_OLDEST = (3, 11)
_A_DAY = timedelta(days=1)
_FEWEST_ZONES = 400


def check(now: datetime) -> list[Finding]:
    """What does not depend on any setting."""
    return [_program(), _zones(), _fonts(), _clock(now)]


def _program() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    says = f"policywire {bot.__version__} on Python {version}"
    if sys.version_info[:2] < _OLDEST:
        return broken("Program", says, "Install Python 3.11 or newer.")
    return well("Program", says)


def _zones() -> Finding:
    count = len(available_timezones())
    try:
        ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        count = 0
    if count < _FEWEST_ZONES:
        says = f"{count} are known; digests and quiet hours need them"
        return broken("Time zones", says, "Run `pip install tzdata`.")
    return well("Time zones", f"{count} are known")


def _fonts() -> Finding:
    from PIL import features  # noqa: PLC0415 (slow, and only charts need it)

    if features.check("freetype2"):
        return well("Fonts", "charts can be drawn")
    mend = "Install Pillow's own build: `pip install --force-reinstall pillow`."
    return warning("Fonts", "Pillow has no FreeType: charts would lack their labels", mend)


def _clock(now: datetime) -> Finding:
    made = datetime.fromtimestamp(Path(bot.__file__).stat().st_mtime, UTC)
    says = f"it is {now:%Y-%m-%d %H:%M} UTC"
    if now < made - _A_DAY:
        says += f", before policywire was installed ({made:%Y-%m-%d})"
        return broken("Clock", says, "Set the machine's clock; every date and due time needs it.")
    return well("Clock", says)
