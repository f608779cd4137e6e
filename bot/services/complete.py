"""What may be meant by what is typed so far, for the platforms that complete names."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process

from bot.alerts.view import view_of
from bot.model import Entity, story_label
from bot.services.asking import Actor, Place
from bot.services.feeds.kept import Feeds
from bot.services.feeds.kept import label as feed_label
from bot.services.known import Known
from bot.services.orders import Orders
from bot.services.places import Places
from bot.services.ports import Database, NewsRows
from bot.services.ports.upkeep import EntityRows
from bot.services.watches.choice import label as watch_label
from bot.services.watches.kept import Watches
from bot.services.workspace import zones
from bot.text.scan import searched

MOST = 25
"""What the narrowest platform shows."""
_LONGEST = 100
"""Characters of a value or label, on the narrowest platform."""
_RECENT = timedelta(days=14)
_STORIES = 200
_LIKE = 70
_GUESSES = 5

Choice = tuple[str, str]
"""What is put into the command, and what the person sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One request for completion."""

    place: Place
    actor: Actor
    now: datetime


class Completer:
    """Completes names, each kind from its own source; shows nothing of other workspaces."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        known: Callable[[], Known],
        entities: EntityRows,
        news: NewsRows,
        orders: Orders,
        watches: Watches,
        feeds: Feeds,
    ) -> None:
        self._database, self._places, self._known = database, places, known
        self._entities, self._news = entities, news
        self._orders, self._watches, self._feeds = orders, watches, feeds
        self._sources: Mapping[str, Callable[[_Asked], Awaitable[Iterable[Choice]]]] = {
            "entity": self._of_entities,
            "target": self._of_targets,
            "about": self._of_subjects,
            "feed": self._of_feeds,
            "watch": self._of_watches,
            "subscription": self._of_subscriptions,
            "story": self._of_stories,
            "zone": self._of_zones,
        }

    async def complete(
        self, kind: str, typed: str, place: Place, actor: Actor, *, now: datetime
    ) -> list[Choice]:
        """The likeliest values of this kind, best first, 25 at most; none for other kinds."""
        source = self._sources.get(kind)
        if source is None:
            return []
        asked = _Asked(place=place, actor=actor, now=now)
        return _likeliest(typed, list(await source(asked)))

    async def _own(self, asked: _Asked) -> list[Entity]:
        async with self._database.read() as conn:
            tenant = (await self._places.find(conn, asked.place)).tenant
            return await self._entities.of_workspace(conn, tenant) if tenant is not None else []

    async def _of_entities(self, asked: _Asked) -> list[Choice]:
        entities = [*await self._own(asked), *self._known().catalog.all()]
        return [(entity.id, f"{entity.name} ({entity.kind})") for entity in entities]

    async def _of_subjects(self, asked: _Asked) -> list[Choice]:
        known = self._known()
        return [
            *((topic.id, f"{topic.name} (topic)") for topic in known.topics.policy),
            *((seed.id, f"{seed.title} (seed story)") for seed in known.seeds),
            *await self._of_entities(asked),
        ]

    async def _of_targets(self, asked: _Asked) -> list[Choice]:
        return [("all", "all AI policy"), *await self._of_subjects(asked)]

    async def _of_feeds(self, asked: _Asked) -> list[Choice]:
        lines = await self._feeds.listing(asked.place, now=asked.now)
        return [
            (feed_label(line.id), f"{line.title} ({line.outlet})") for line in lines if line.own
        ]

    async def _of_watches(self, asked: _Asked) -> list[Choice]:
        kept = await self._watches.listing(asked.place, asked.actor)
        return [(watch_label(one.watch.id), one.watch.name) for one in kept]

    async def _of_subscriptions(self, asked: _Asked) -> list[Choice]:
        listed = await self._orders.listed(asked.place, asked.actor, asked.now)
        return [
            (f"#{line.subscription.id}", f"{line.name}, {line.subscription.mode}")
            for line in listed.here
        ]

    async def _of_stories(self, asked: _Asked) -> list[Choice]:
        async with self._database.read() as conn:
            tenant = (await self._places.find(conn, asked.place)).tenant
            stories = await self._news.about(
                conn, workspace=tenant, since=asked.now - _RECENT, limit=_STORIES
            )
        views = [view for story in stories if (view := view_of(story, tenant)) is not None]
        return [(label := story_label(v.story.id), f"{v.title} ({label})") for v in views]

    async def _of_zones(self, _: _Asked) -> list[Choice]:
        return [(zone, zone.replace("_", " ")) for zone in zones()]


def _likeliest(typed: str, choices: Sequence[Choice]) -> list[Choice]:
    """Those that begin so, then those of which a word begins so; else those that look alike."""
    wanted = searched(typed)
    fit = [(value, label) for value, label in choices if len(value) <= _LONGEST]
    if wanted:
        folded = {at: searched(f"{label} {value}") for at, (value, label) in enumerate(fit)}
        begins = [at for at, text in folded.items() if text.startswith(wanted)]
        within = [at for at, text in folded.items() if f" {wanted}" in text]
        order = list(dict.fromkeys([*begins, *within]))
        if not order:
            near = process.extract(
                wanted, folded, scorer=fuzz.partial_ratio, limit=_GUESSES, score_cutoff=_LIKE
            )
            order = [at for _, _, at in near]
        fit = [fit[at] for at in order]
    return [(value, _cut(label)) for value, label in fit[:MOST]]


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
