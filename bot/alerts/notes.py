"""Notes: what is said beside a told story (corrections, disputed figures, watches), and health."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from bot.alerts.compose import linked
from bot.alerts.view import View
from bot.message import Message, Tone, paragraph
from bot.model import Change, ChangeKind, FeedId, Joined, Reason, StoryId, Watch


class NoteKind(StrEnum):
    """What a note is about."""

    HEADLINE = "headline"
    CORRECTION = "correction"
    DISPUTED = "disputed"
    WATCH = "watch"
    HEALTH = "health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note, as it is kept until its turn comes; every text may be a feed's."""

    kind: NoteKind
    key: str
    outlet: str = ""
    title: str = ""
    url: str | None = None
    before: str = ""
    after: str = ""
    mention: str | None = None

    def payload(self) -> dict[str, Any]:
        """The note as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Note":
        """The note that was kept."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in payload.items() if name in known}
        return cls(**{**kept, "kind": NoteKind(payload["kind"])})


def change_note(joined: Joined, view: View, change: Change) -> Note | None:
    """What a change says under a told story; None where it concerns nothing that is shown.

    A changed headline is told of the report whose headline the message bears.
    """
    article = joined.report.judged.article
    if change.kind is ChangeKind.HEADLINE and view.best.id != joined.report.id:
        return None
    name = f"{change.kind.value}-{joined.report.id}-{_mark(change.after)}"
    return Note(
        kind=NoteKind(change.kind.value),
        key=_key(view.story.id, name),
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        before=change.before,
        after=change.after,
    )


def watch_note(joined: Joined, watch: Watch, reasons: tuple[Reason, ...]) -> Note:
    """A watch's one ping on a story that its channel was told of before."""
    article = joined.report.judged.article
    return Note(
        kind=NoteKind.WATCH,
        key=_key(joined.story.id, f"watch-{watch.id}"),
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        before=watch.name,
        after=", ".join(dict.fromkeys(reason.term for reason in reasons))[:300],
        mention=watch.mention,
    )


def health_note(feed: FeedId, title: str, state: str, cause: str, since: str) -> Note:
    """A feed's trouble, or its end, told to managers; `since` makes each trouble's key its own."""
    return Note(
        kind=NoteKind.HEALTH,
        key=f"note:feed-{feed}:{state}-{since}",
        title=title,
        before=state,
        after=cause,
    )


def note_message(note: Note) -> Message:
    """The message of a note."""
    report = linked(note.title, note.url)
    source = f"{note.outlet}: " if note.outlet else ""
    match note.kind:
        case NoteKind.HEADLINE:
            parts = (
                f"{source}headline changed from “{note.before}” to ",
                linked(note.after, note.url),
            )
            return Message(blocks=(paragraph(*parts),), tone=Tone.INFO)
        case NoteKind.CORRECTION:
            parts = (f"Correction, {source}{note.after} — ", report)
            return Message(blocks=(paragraph(*parts),), tone=Tone.WARNING)
        case NoteKind.DISPUTED:
            parts = (f"Reports differ: {note.after} — {source}", report)
            return Message(blocks=(paragraph(*parts),), tone=Tone.WARNING)
        case NoteKind.WATCH:
            matched = f" ({note.after})" if note.after else ""
            parts = (f"Watch “{note.before}”{matched}: {source}", report)
            return Message(blocks=(paragraph(*parts),), tone=Tone.NEWS, mention=note.mention)
        case NoteKind.HEALTH:
            good = note.before == "healthy"
            title = f"Feed {note.before}: {note.title}"
            tone = Tone.GOOD if good else Tone.WARNING
            return Message(title=title, blocks=(paragraph(note.after),), tone=tone)


def _key(story: StoryId, name: str) -> str:
    return f"note:{story}:{name}"


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
