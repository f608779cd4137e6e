"""What a workspace can set for itself: its time zone and how much it wants to be told."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.errors import NotFound, UsageError
from bot.services.asking import Place
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import SettingRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: what it is now, what it does, and what it takes."""

    name: str
    value: str
    meaning: str
    takes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds where a workspace has set nothing."""

    zone: str = "UTC"
    flood_limit: int = 12
    breaking: float = 0.9


_MEANINGS = {
    "zone": (
        "the time zone in which digests come and times are typed",
        "a zone such as Europe/Berlin or America/New_York",
    ),
    "flood-limit": (
        "instant posts an hour in one channel; what is more comes as one list",
        "a whole number from 1 to 60",
    ),
    "breaking": (
        "the relevance from which a story is breaking, and may come in quiet hours",
        "a number from 0.5 to 1",
    ),
}
NAMES = tuple(_MEANINGS)


class Workspaces:
    """Reads and changes the settings of one workspace at a time."""

    def __init__(
        self, *, database: Database, places: Places, rows: SettingRows, defaults: Defaults
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._defaults = defaults

    async def settings(self, place: Place) -> list[Setting]:
        """All settings as they are."""
        async with self._database.read() as conn:
            workspace = (await self._places.find(conn, place)).workspace
        now = workspace or self._defaults
        values = {
            "zone": now.zone,
            "flood-limit": str(now.flood_limit),
            "breaking": f"{now.breaking:g}",
        }
        return [
            Setting(name=name, value=values[name], meaning=meaning, takes=takes)
            for name, (meaning, takes) in _MEANINGS.items()
        ]

    async def set(self, place: Place, name: str, value: str, *, now: datetime) -> Setting:
        """Change one setting; raises UsageError saying what it takes."""
        if name not in _MEANINGS:
            near = process.extract(name, NAMES, limit=2, score_cutoff=50)
            raise NotFound("setting", name, tuple(found for found, _, _ in near) or NAMES)
        column = name.replace("-", "_")
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            await self._rows.set_workspace(conn, workspace.id, **{column: _value(name, value)})
        settings = await self.settings(place)
        return next(setting for setting in settings if setting.name == name)


def _value(name: str, typed: str) -> str | int | float:
    if name == "zone":
        return zone(typed)
    least, most, kind = (1, 60, int) if name == "flood-limit" else (0.5, 1, float)
    try:
        number = kind(typed)
    except ValueError:
        number = None
    if number is None or not least <= number <= most:
        raise UsageError(f"“{name}” is {_MEANINGS[name][1]}, not “{typed}”.")
    return number


def zone(typed: str) -> str:
    """The IANA name of the zone that was typed, in any case; a city's name will do.

    Raises NotFound with the nearest names.
    """
    wanted = typed.strip().replace(" ", "_").casefold()
    known = _zones()
    if wanted in known:
        return known[wanted]
    cities = {key.rpartition("/")[2]: name for key, name in known.items() if "/" in key}
    if wanted in cities:
        return cities[wanted]
    near = process.extract(wanted, [*known, *cities], scorer=fuzz.ratio, limit=3, score_cutoff=70)
    names = tuple(dict.fromkeys({**known, **cities}[key] for key, _, _ in near))
    hint = "Give one such as Europe/Berlin, or a large city in it."
    raise NotFound("time zone", typed, names, instead=hint)


def zones() -> list[str]:
    """The zones that people use, by name."""
    return sorted(_zones().values())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zones by their name in lower case; legacy names that sort under Etc or none are left out."""
    odd = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    names = sorted(n for n in available_timezones() if "/" in n and not n.startswith(odd))
    return {name.casefold(): name for name in [*names, "UTC"]}
