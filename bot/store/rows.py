"""Rows to values and back: the JSON columns, and text that every database takes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.model import (
    EntityId,
    EntityKind,
    Mark,
    Mention,
    Reason,
    RecognisedEntity,
    Reference,
    Span,
    TopicId,
)

Row = RowMapping


def clean(text: str) -> str:
    """Text that can be stored: PostgreSQL takes no NUL, UTF-8 no half of a surrogate pair."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def clean_or_none(text: str | None) -> str | None:
    """The same for a text that may be missing."""
    return None if text is None else clean(text)


def reasons_to_json(reasons: Iterable[Reason]) -> list[list[Any]]:
    """Reasons as short lists."""
    return [[clean(r.term), clean(r.where), r.weight] for r in reasons]


def reasons_from_json(stored: Sequence[Sequence[Any]] | None) -> tuple[Reason, ...]:
    """Reasons as they were."""
    return tuple(Reason(term=term, where=where, weight=w) for term, where, w in stored or ())


def references_to_json(references: Iterable[Reference]) -> list[list[Any]]:
    """References as short lists."""
    return [
        [r.kind, clean(r.id), clean(r.label), r.url, r.span.field, r.span.start, r.span.end]
        for r in references
    ]


def references_from_json(stored: Sequence[Sequence[Any]] | None) -> tuple[Reference, ...]:
    """References as they were."""
    return tuple(
        Reference(
            kind=kind, id=id_, label=label, url=url, span=Span(field=field, start=start, end=end)
        )
        for kind, id_, label, url, field, start, end in stored or ()
    )


EVERYONE = 0
"""In place of a workspace's id: what the shared catalog found."""


def recognised_to_row(article: int, entity: RecognisedEntity, workspace: int) -> dict[str, Any]:
    """A row of `article_entities`: as it was judged then, the catalog may have changed since."""
    return {
        "article_id": article,
        "entity_id": entity.id,
        "workspace_id": workspace,
        "salient": entity.salient,
        "mentions": {
            "name": clean(entity.name),
            "kind": entity.kind.value,
            "marks": sorted(entity.marks),
            "places": [[m.field, m.start, m.end] for m in entity.mentions],
        },
    }


def recognised_from_row(row: Row) -> RecognisedEntity:
    """The entity of a row of `article_entities`."""
    stored = row["mentions"]
    entity = EntityId(row["entity_id"])
    return RecognisedEntity(
        id=entity,
        name=stored["name"],
        kind=EntityKind(stored["kind"]),
        marks=frozenset(Mark(mark) for mark in stored["marks"]),
        salient=row["salient"],
        mentions=tuple(
            Mention(entity=entity, field=field, start=start, end=end)
            for field, start, end in stored["places"]
        ),
    )


def topics_from_json(stored: Sequence[str] | None) -> frozenset[str]:
    """Topic ids as a set."""
    return frozenset(TopicId(topic) for topic in stored or ())


def strings_from_json(stored: Sequence[str] | None) -> tuple[str, ...]:
    """A list of texts, such as a summary's sentences."""
    return tuple(stored or ())


def instants_to_json(instants: Iterable[datetime]) -> list[float]:
    """Instants as seconds since 1970."""
    return [instant.timestamp() for instant in instants]
