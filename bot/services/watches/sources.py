"""Outlets that a query asks for and no feed carries: said, because such a watch stays silent."""

from collections.abc import Iterable

from bot.model import Feed
from bot.watches import Query
from bot.watches.names import nearest
from bot.watches.nodes import tags_of
from bot.watches.sources import source_tags

_FIELD = "source:"


def unheard(query: Query, feeds: Iterable[Feed]) -> tuple[str, ...]:
    """A warning for each `source:` of the query that is none of these feeds'."""
    asked = {
        tag.value: tag.shown or tag.value for tag in tags_of(query.root) if tag.field == "source"
    }
    if not asked:
        return ()
    heard = {
        name.removeprefix(_FIELD)
        for feed in feeds
        for address in (feed.site, feed.url)
        for name in source_tags(feed.outlet, address)
    }
    return tuple(
        _warning(shown, value, heard) for value, shown in asked.items() if value not in heard
    )


def _warning(shown: str, value: str, heard: Iterable[str]) -> str:
    near = nearest(value, sorted(heard))
    meant = f" Did you mean {' or '.join(_FIELD + _quoted(name) for name in near)}?" if near else ""
    return (
        f"No feed here is from “{shown}”, so only what other feeds carry of it is found.{meant}"
        " /feed list shows the outlets."
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
