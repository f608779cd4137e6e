"""When a channel is not to be spoken to: muted until a time, or quiet by night."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.quiet import quiet_until, zone_of
from bot.errors import NotAllowed, UsageError
from bot.model import QuietHours
from bot.services.asking import Actor, Place, Who
from bot.services.means import Means
from bot.services.moments import hours, moment
from bot.services.workspace import zone as zone_typed

UNLESS_SAID = timedelta(days=1)
"""How long `mute` lasts where nobody says until when."""
_OFF = frozenset({"off", "no", "none", "end", "stop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """Until when the channel is muted now; `before` is what stood until this."""

    until: datetime | None
    before: datetime | None
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The channel's quiet hours; `until` is when they end where it is quiet now."""

    hours: QuietHours | None
    changed: bool
    zone: str
    until: datetime | None = None


class Silence:
    """Mutes channels and keeps their quiet hours."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places

    async def mute(self, place: Place, typed: str, now: datetime) -> Muted:
        """Mute the channel until what was typed, for a day where nothing was; `off` lifts it.

        Raises UsageError with what can be typed.
        """
        async with self._database.write() as conn:
            here = await self._places.find(conn, place)
            before = here.destination.muted_until if here.destination is not None else None
            before = before if before is not None and before > now else None
            if typed.strip().lower() in _OFF:
                if here.destination is not None:
                    await self._rows.places.mute(conn, here.destination.id, None)
                return Muted(until=None, before=before, zone=here.zone)
            until = moment(typed, zone_of(here.zone), now) if typed else now + UNLESS_SAID
            destination = await self._places.destination(conn, place, now)
            await self._rows.places.mute(conn, destination.id, until)
        return Muted(until=until, before=before, zone=here.zone)

    async def quiet(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        *,
        zone: str = "",
        breaking: bool | None = None,
        now: datetime,
    ) -> Quiet:
        """Set the channel's quiet hours, lift them (`off`), or say them where nothing is typed.

        Raises UsageError with what can be typed, NotAllowed where the zone is not theirs to set.
        """
        named = zone_typed(zone) if zone else ""
        if not (typed or named or breaking is not None):
            async with self._database.read() as conn:
                here = await self._places.find(conn, place)
            hours_now = here.destination.quiet if here.destination is not None else None
            return _quiet(hours_now, here.zone, now, changed=False)
        async with self._database.write() as conn:
            here = await self._places.find(conn, place)
            if named and named != here.zone:
                if actor.may < Who.WORKSPACE_MANAGER:
                    raise NotAllowed(
                        f"The time zone ({here.zone}) counts for the whole workspace: setting it "
                        f"needs {Who.WORKSPACE_MANAGER.words}. Leave “zone” out to keep it."
                    )
                workspace = await self._places.workspace(conn, place, now)
                await self._rows.places.set_workspace(conn, workspace.id, zone=named)
            before = here.destination.quiet if here.destination is not None else None
            wanted = _wanted(typed, breaking, before, only_zone=bool(named))
            if wanted != before:
                destination = await self._places.destination(conn, place, now)
                await self._rows.places.set_quiet(conn, destination.id, wanted)
        return _quiet(wanted, named or here.zone, now, changed=True)


def _wanted(
    typed: str, breaking: bool | None, before: QuietHours | None, *, only_zone: bool
) -> QuietHours | None:
    """The quiet hours that come of what was typed and what stood."""
    if typed.strip().lower() in _OFF:
        return None
    if typed:
        start, end = hours(typed)
    elif before is not None:
        start, end = before.start, before.end
    elif only_zone and breaking is None:
        return None
    else:
        raise UsageError("This channel has no quiet hours. Name them: /quiet 22:00-07:00")
    lets = breaking if breaking is not None else bool(before and before.let_breaking_through)
    return QuietHours(start=start, end=end, let_breaking_through=lets)


def _quiet(wanted: QuietHours | None, zone: str, now: datetime, *, changed: bool) -> Quiet:
    until = quiet_until(wanted, zone_of(zone), now)
    return Quiet(hours=wanted, changed=changed, zone=zone, until=until)
