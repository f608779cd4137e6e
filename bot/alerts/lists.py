"""Many stories in one message: digests, the hour's and the night's list, and “while away”."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.compose import foreign_language, linked, salient_names, web_address
from bot.alerts.routing import Carrier
from bot.alerts.view import View
from bot.alerts.words import because, counted, reported_by
from bot.message import (
    Block,
    Code,
    Heading,
    Inline,
    Item,
    Line,
    Listing,
    Message,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.model import Reason, StoryId, story_label

PAGE = 10
"""Stories on a page: what an embed's 4,096 characters hold with titles at their longest."""
_MOST = 100
_MOST_LATEST = 20
"""What `/latest` gives at most."""
_MOST_NAMES = 3
_OTHERS = "Other stories"
"""Without it, what follows a saga's stories would read as if it were of the saga."""
_MODES = {"hourly": "Hourly digest", "daily": "Daily digest", "weekly": "Weekly digest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story in a list; `saga` is the oldest story of its chain, in the list or not."""

    view: View
    saga: StoryId
    reasons: tuple[Reason, ...] = ()
    breaking: bool = False


def list_message(carrier: Carrier, told: Sequence[Told], payload: Mapping[str, object]) -> Message:
    """The message of a list with these stories, at least one; no story stands in it twice."""
    once = list({one.view.story.id: one for one in told}.values())
    if carrier is Carrier.AWAY:
        return _away(once)
    count = counted(len(once), "story", "stories")
    if carrier is Carrier.DIGEST:
        mode = _MODES.get(str(payload.get("mode", "")), "Digest")
        mention = payload.get("mention")
        pages = _pages(f"{mode}: {count}", by_saga(once), Tone.DIGEST)
        return replace(pages, mention=str(mention) if mention else None)
    ranked = [[one] for one in sorted(once, key=_weight)]
    if carrier is Carrier.OVERNIGHT:
        return _pages(f"Held overnight: {count}", ranked, Tone.DIGEST)
    return _pages(f"{count} more this hour", ranked, Tone.NEWS)


def by_saga(told: Sequence[Told]) -> list[list[Told]]:
    """The stories in sagas, the weightiest saga first, each in order of its events."""
    sagas: dict[StoryId, list[Told]] = {}
    for one in told:
        sagas.setdefault(one.saga, []).append(one)
    grouped = [
        sorted(saga, key=lambda one: (one.view.first_at, one.view.story.id))
        for saga in sagas.values()
    ]
    return sorted(grouped, key=lambda saga: min(_weight(one) for one in saga))


def _weight(one: Told) -> tuple[object, ...]:
    """Sorts breaking first, then by relevance and confirmation, newest first; never a tie."""
    view = one.view
    return (
        not one.breaking,
        -view.relevance,
        -view.origins,
        -view.first_at.timestamp(),
        view.story.id,
    )


def _away(told: Sequence[Told]) -> Message:
    first = min(one.view.first_at for one in told)
    last = max(one.view.story.last_at for one in told)
    # Days begin up to 12 hours later than in UTC: this one has begun before in every zone.
    since = (first - timedelta(hours=12)).date().isoformat()
    way = f"/latest count:{_MOST_LATEST} since:{since}"
    line = (
        f"While away: {counted(len(told), 'story', 'stories')}, reported between ",
        When(first, TimeStyle.DATE_TIME),
        " and ",
        When(last, TimeStyle.DATE_TIME),
        ". See them with ",
        Code(way),
        ".",
    )
    return Message(blocks=(paragraph(*line),), tone=Tone.INFO)


def _pages(title: str, sagas: Sequence[Sequence[Told]], tone: Tone) -> Message:
    shown = [(saga, one) for saga in sagas for one in saga]
    left_out = len(shown) - _MOST
    pages = [_page(shown[at : at + PAGE]) for at in range(0, min(len(shown), _MOST), PAGE)]
    if left_out > 0:
        more = f"and {counted(left_out, 'story', 'stories')} more: "
        pages[-1] = (*pages[-1], paragraph(more, Code("/latest")))
    first, *others = [
        Message(
            # Each chat cuts pages as it needs, and numbers them itself.
            title=title if number == 1 else f"{title} (continued)",
            blocks=blocks,
            tone=tone,
        )
        for number, blocks in enumerate(pages, start=1)
    ]
    return replace(first, pages=tuple(others))


def _page(shown: Sequence[tuple[Sequence[Told], Told]]) -> tuple[Block, ...]:
    """Sagas of several stories under a heading; what follows one of them under a heading too."""
    blocks: list[Block] = []
    items: list[Item] = []
    under: Sequence[Told] | None = None

    def close() -> None:
        if items:
            blocks.append(Listing(tuple(items)))
            items.clear()

    for saga, one in shown:
        if len(saga) > 1 and saga is not under:
            close()
            blocks.append(Heading(_matter(saga)))
        elif len(saga) == 1 and under is not None and len(under) > 1:
            close()
            blocks.append(Heading(_OTHERS))
        under = saga
        items.append(_item(one))
    close()
    return tuple(blocks)


def _matter(saga: Sequence[Told]) -> str:
    """What a saga's stories are all about: a title of one of them would be read twice."""
    about = [salient_names(one.view) for one in saga]
    shared = [name for name in about[0] if all(name in names for names in about)][:_MOST_NAMES]
    count = counted(len(saga), "story", "stories")
    return f"{', '.join(shared)}: {count}" if shared else f"{count} of one matter"


def _item(one: Told) -> Item:
    view = one.view
    url = web_address(view.best.judged.article.url)
    title: Inline = linked(view.title, url)
    language = foreign_language(view)
    notes: list[Line] = []
    if view.summary:
        notes.append((view.summary[0],))
    notes.append(
        (
            f"{reported_by(view.outlets)} · ",
            _first(view.first_at),
            f" · {story_label(view.story.id)}",
            f" · in {language}" if language else "",
        )
    )
    why = because(one.reasons)
    if why:
        notes.append(("Why: ", *why))
    lead: Line = ("Breaking: ", title) if one.breaking else (title,)
    return Item(lead, tuple(notes))


def _first(at: datetime) -> When:
    return When(at, TimeStyle.DATE_TIME)
