"""Reads a sample wire from its folder: outlets.yaml and items-*.yaml, explained in its README."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.demo.wire import (
    Body,
    Broken,
    CreditStyle,
    Format,
    Gold,
    GuidStyle,
    Item,
    Outlet,
    Revision,
    Validators,
    Wire,
    WireFeed,
)
from bot.errors import ConfigError
from bot.model import ArticleKind, EntityId, Tier

Row = Mapping[str, Any]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(folder: Path) -> Wire:
    """The wire in a folder; a ConfigError names the file and the item that is bad."""
    path = folder / "outlets.yaml"
    with _blamed(path, "outlets"):
        head: Row = _read(path)
        starts, ends = _instant(head["starts"]), _instant(head["ends"])
        outlets = {row["id"]: _outlet(row) for row in head["outlets"]}
        feeds = [
            _feed(outlets[row["id"]], feed) for row in head["outlets"] for feed in row["feeds"]
        ]
    items: dict[str, Item] = {}
    for path in sorted(folder.glob("items-*.yaml"), key=_backlog_first):
        with _blamed(path, "items"):
            rows = list(_read(path))
        for row in rows:
            with _blamed(path, _label(row)):
                item = _item(row, outlets, feeds, items)
                if item.id in items:
                    raise ValueError("this id is used twice")
                items[item.id] = item
    return Wire(starts=starts, ends=ends, feeds=tuple(feeds), items=tuple(items.values()))


def _label(row: object) -> str:
    return f"item {row.get('id', '?')}" if isinstance(row, Mapping) else f"item {row!r}"


def _backlog_first(path: Path) -> tuple[bool, str]:
    return (path.stem != "items-backlog", path.name)


def _outlet(row: Row) -> Outlet:
    return Outlet(id=row["id"], name=row["name"], site=row["site"], tier=Tier(row["tier"]))


def _feed(outlet: Outlet, row: Row) -> WireFeed:
    return WireFeed(
        id=row["id"],
        outlet=outlet,
        title=row["title"],
        path=row["path"],
        format=Format(row["format"]),
        body=Body(row.get("body", "text")),
        guid=GuidStyle(row.get("guid", "opaque")),
        validators=Validators(row.get("validators", "both")),
        cap=row.get("cap", 20),
        ttl=row.get("ttl"),
        tracking=row.get("tracking", ""),
        relative=row.get("relative", False),
        undated=row.get("undated", False),
        encoding=row.get("encoding", "utf-8"),
        credit=CreditStyle(row.get("credit", "source")),
        broken=Broken(row["broken"]) if "broken" in row else None,
    )


def _item(
    row: Row,
    outlets: Mapping[str, Outlet],
    feeds: Sequence[WireFeed],
    earlier: Mapping[str, Item],
) -> Item:
    outlet = outlets[row["outlet"]]
    original = earlier[row["reprint_of"]] if "reprint_of" in row else None
    own = [feed.id for feed in feeds if feed.outlet is outlet]
    listed = tuple(row.get("feeds", own[:1]))
    if strange := set(listed) - set(own):
        raise ValueError(f"{outlet.name} has no feed {', '.join(sorted(strange))}")
    dated = row.get("dated")
    return Item(
        id=row["id"],
        outlet=outlet,
        feeds=listed,
        path=row["path"],
        revisions=tuple(_revisions(row, original)),
        until=_instant(row["until"]) if "until" in row else None,
        dated="" if dated == "none" else dated,
        guid=row.get("guid"),
        author=row.get("author", ""),
        language=row.get("language", "en"),
        categories=tuple(row.get("categories", ())),
        credit=original.outlet if original else None,
        gold=Gold(
            event=row["event"],
            relevant=row["relevant"],
            kind=ArticleKind(row.get("kind", "news")),
            entities=frozenset(EntityId(entity) for entity in row["entities"]),
        ),
    )


def _revisions(row: Row, original: Item | None) -> Iterable[Revision]:
    """An item's texts in order; a reprint has its wire's words of the hour."""
    published = _instant(row["published"])
    title = row["title"]
    if original:
        wire = original.reads(published)
        if wire is None:
            raise ValueError(f"it reprints {original.id} before that is published")
        paragraphs = wire.paragraphs[: row.get("paragraphs")]
    else:
        paragraphs = _paragraphs(row.get("body", ""))
    yield Revision(at=published, title=title, paragraphs=paragraphs)
    for change in row.get("revisions", ()):
        title = change.get("title", title)
        paragraphs = _paragraphs(change["body"]) if "body" in change else paragraphs
        yield Revision(at=_instant(change["at"]), title=title, paragraphs=paragraphs)


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in body.split("\n\n") if block.strip())


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{value!r} is no instant with a zone, such as 2026-03-02T09:52:00-05:00")
    return value


def _read(path: Path) -> Any:  # noqa: ANN401  (what YAML holds is checked where it is used)
    try:
        return yaml.load(path.read_bytes(), _Loader)  # noqa: S506  (a safe loader, in C if there)
    except OSError as error:
        raise ConfigError(path, f"cannot be read ({error.strerror})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(path, f"this is no YAML: {error.problem}", line) from error


@contextmanager
def _blamed(path: Path, what: str) -> Iterator[None]:
    """Turns what is wrong with a row into a ConfigError that names it."""
    try:
        yield
    except KeyError as error:
        raise ConfigError(path, f"{what}: {error} is missing or unknown") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigError(path, f"{what}: {error}") from error
