"""How many stories a day there were about somebody."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from bot.alerts.quiet import at_local, zone_of
from bot.errors import NotFound
from bot.services.asking import Place
from bot.services.charts.series import DayCount, Series
from bot.services.known import About, AboutKind
from bot.services.means import Means
from bot.services.past import Past

_ALMOST_AN_HOUR = timedelta(minutes=59, seconds=59)


class Trends:
    """Answers `trend`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._known, self._past = means.known, Past(means.rows)

    async def daily(self, place: Place, typed: str, *, days: int, now: datetime) -> Series:
        """Stories a day about the entity, `days` of them to today's, in the workspace's zone.

        A story counts on the day on which it began. Raises NotFound with names to try.
        """
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            own = await self._past.own(conn, here.tenant)
            about = self._known().about(typed, own)
            if about.kind not in {AboutKind.ENTITY, AboutKind.SEED}:
                near = self._known().suggest(typed, own)
                raise NotFound("entity", typed, near, instead="/entity list names who is tracked.")
            zone = zone_of(here.zone)
            today = now.astimezone(zone).date()
            first = today - timedelta(days=days - 1)
            since = at_local(first, time(0), zone)
            until = at_local(today + timedelta(days=1), time(0), zone)
            begun = await self._rows.trend.begun(
                conn, about.entities, workspace=here.tenant, since=since, until=until
            )
            hours = await self._rows.trend.hours(
                conn, workspace=here.tenant, since=since, until=until
            )
        return _series(about, here.zone, begun, hours, days=days, now=now)


def _series(
    about: About,
    zone_name: str,
    begun: Iterable[datetime],
    hours: Iterable[datetime],
    *,
    days: int,
    now: datetime,
) -> Series:
    zone = zone_of(zone_name)
    today = now.astimezone(zone).date()
    counts = Counter(at.astimezone(zone).date() for at in begun)
    known = {day for hour in hours for day in _days_of(hour, zone)}
    all_days = (today - timedelta(days=back) for back in reversed(range(days)))
    return Series(
        name=about.name,
        zone=zone_name,
        days=tuple(
            DayCount(day=day, count=counts[day], known=day in known or counts[day] > 0)
            for day in all_days
        ),
    )


def _days_of(hour: datetime, zone: tzinfo) -> set[date]:
    """The local days that an hour (UTC) lies in: two in zones that are half an hour off."""
    return {(hour + part).astimezone(zone).date() for part in (timedelta(0), _ALMOST_AN_HOUR)}
