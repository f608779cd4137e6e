"""`feed`: a workspace's own feeds, and lists of them as OPML."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.call import Call, Who
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Attachment,
    Block,
    Code,
    Heading,
    Item,
    Line,
    Link,
    Listing,
    Message,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.model import FeedHealth
from bot.services import Services
from bot.services.feeds.kept import FeedLine, Several, failing, label
from bot.services.feeds.preview import Glimpse

_URL = Option(
    name="url", kind=OptionKind.URL, help="the address of a site or of its feed", required=True
)
_OWN, _SHARED, _FAILING = "own", "shared", "failing"
_MOST = 40
_MOST_NAMED = 10


def declare(registry: Registry[Services]) -> None:
    """Declare the commands about feeds."""
    manager = Who.WORKSPACE_MANAGER
    registry.command(
        "feed add",
        help="Read a site for this workspace: finds its feed, or asks which",
        who=manager,
        options=[
            _URL,
            Option(name="every", kind=OptionKind.DURATION, help="how often, such as 15m or 2h"),
        ],
        examples=("/feed add example.org", "/feed add https://example.org/rss.xml 15m"),
        slow=True,
    )(add)
    registry.command(
        "feed list",
        help="The feeds read for this workspace, and how they do",
        who=manager,
        options=[
            Option(
                name="which",
                help="your own, everyone's, or those in trouble",
                choices=(_OWN, _SHARED, _FAILING),
                default=_OWN,
            )
        ],
        examples=("/feed list failing",),
    )(listing)
    registry.command(
        "feed remove",
        help="Stop reading one of this workspace's own feeds",
        who=manager,
        options=[
            Option(
                name="feed",
                kind=OptionKind.FEED,
                help="the feed by its label, title or address",
                required=True,
                wide=True,
            )
        ],
        examples=("/feed remove f12",),
    )(remove)
    registry.command(
        "feed preview",
        help="A feed's newest entries and how they would be judged; adds nothing",
        who=manager,
        options=[_URL],
        examples=("/feed preview example.org",),
        slow=True,
    )(preview)
    registry.command(
        "feed import",
        help="Add the feeds of an OPML list at an address",
        who=manager,
        options=[_URL],
        examples=("/feed import https://example.org/feeds.opml",),
        slow=True,
    )(import_list)
    registry.command("feed export", help="This workspace's own feeds as an OPML file", who=manager)(
        export
    )


async def add(call: Call[Services], url: str, every: timedelta | None) -> Message:
    """`feed add`."""
    added = await call.services.feeds.add(call.place, call.actor, url, now=call.now, every=every)
    if isinstance(added, Several):
        return _which(added)
    if added.shared:
        words: Line = (" is read for everyone already; its stories come without doing anything.",)
    elif added.there:
        words = (" is read for this workspace already. See it in ", Code("/feed list"), ".")
    else:
        words = (
            " will be read within a minute. What it lists now becomes history for ",
            Code("/latest"),
            "; what comes after that alerts.",
        )
    lead: Line = (f"“{added.title}” (", Code(added.address), ")")
    return Message(blocks=(paragraph(*lead, *words),), tone=Tone.GOOD)


async def listing(call: Call[Services], which: str) -> Message:
    """`feed list`."""
    lines = await call.services.feeds.listing(call.place, now=call.now)
    own = [line for line in lines if line.own]
    shared = [line for line in lines if not line.own]
    chosen = {_OWN: own, _SHARED: shared, _FAILING: [one for one in lines if failing(one)]}[which]
    troubled = sum(failing(line) for line in lines)
    counts = f"{len(own)} of your own, {len(shared)} for everyone, {troubled} in trouble"
    footer: Line = (counts, " · ", Code("/feed list own|shared|failing"))
    if not chosen:
        nothing = {
            _OWN: "This workspace has no feed of its own. To add one: /feed add <site>",
            _SHARED: "No feed is read for everyone; the operator's feeds.opml is empty.",
            _FAILING: "No feed is in trouble.",
        }[which]
        return Message(blocks=(paragraph(nothing),), footer=footer, private=True)
    items = tuple(_item(line) for line in chosen[:_MOST])
    left = len(chosen) - len(items)
    more: tuple[Block, ...] = (paragraph(f"… and {left} more."),) if left else ()
    title = {_OWN: "Feeds of this workspace", _SHARED: "Feeds for everyone"}
    return Message(
        title=title.get(which, "Feeds in trouble"),
        blocks=(Listing(items), *more),
        footer=footer,
        private=True,
    )


async def remove(call: Call[Services], feed: str) -> Message:
    """`feed remove`."""
    line = await call.services.feeds.remove(call.place, feed, now=call.now)
    words = (
        f"“{line.title}” is no longer read for this workspace. What only it has brought is not "
        "shown here until it is added again."
    )
    return Message(blocks=(paragraph(words),), tone=Tone.GOOD)


async def preview(call: Call[Services], url: str) -> Message:
    """`feed preview`."""
    seen = await call.services.feed_preview.preview(url, now=call.now)
    blocks: list[Block] = [paragraph(Code(seen.address), f" lists {_entries(seen.entries)}.")]
    if seen.problem:
        blocks.append(paragraph(f"Part of it cannot be read: {seen.problem}."))
    if seen.newest:
        blocks += [Heading("Newest"), Listing(tuple(_judged(one) for one in seen.newest))]
    if seen.others:
        others = (Item((f"{found.title} ", Code(found.url))) for found in seen.others)
        blocks += [Heading("The site has other feeds too"), Listing(tuple(others))]
    footer: Line = ("Nothing is added. To read it: ", Code(f"/feed add {seen.address}"))
    return Message(title=seen.title, blocks=tuple(blocks), footer=footer, private=True)


async def import_list(call: Call[Services], url: str) -> Message:
    """`feed import`."""
    done = await call.services.feed_lists.import_list(call.place, call.actor, url, now=call.now)
    counts = (
        f"{len(done.added)} added, {len(done.known)} known already, {len(done.refused)} refused"
    )
    blocks: list[Block] = [paragraph(f"{counts}.")]
    for title, names in (("Added", done.added), ("Known already", done.known)):
        if names:
            blocks += [Heading(title), _named([Item((name,)) for name in names])]
    if done.refused:
        refused = [Item((name,), ((why,),)) for name, why in done.refused]
        blocks += [Heading("Refused"), _named(refused)]
    tone = Tone.GOOD if done.added or done.known else Tone.WARNING
    return Message(title="Import", blocks=tuple(blocks), tone=tone, private=True)


async def export(call: Call[Services]) -> Message:
    """`feed export`."""
    done = await call.services.feed_lists.export(call.place)
    if not done.count and not done.withheld:
        words = "This workspace has no feed of its own, so there is nothing to export."
        return Message(blocks=(paragraph(words),), private=True)
    blocks: list[Block] = [paragraph(f"{_feeds(done.count)} in the file.")]
    if done.withheld:
        names = ", ".join(done.withheld)
        blocks.append(
            paragraph(f"Left out, because a password or key stands in the address: {names}.")
        )
    files = (Attachment("feeds.opml", done.opml),) if done.count else ()
    return Message(blocks=tuple(blocks), attachments=files, private=True)


def _which(several: Several) -> Message:
    items = tuple(
        Item((found.title, f" ({found.kind})"), ((Code(f"/feed add {found.url}"),),))
        for found in several.found
    )
    return Message(
        title="Which one?",
        blocks=(paragraph(f"{several.site} has {len(items)} feeds."), Listing(items)),
        private=True,
    )


def _item(line: FeedLine) -> Item:
    state = line.health.state
    health: Line = (state.value,)
    if line.health.cause and state is not FeedHealth.HEALTHY:
        health = (f"{state}: {line.health.cause}",)
    if line.health.since is not None:
        health = (*health, ", since ", When(line.health.since, TimeStyle.DATE_TIME))
    polled: Line = (" · read ", When(line.polled_at, TimeStyle.RELATIVE)) if line.polled_at else ()
    every = f" · every {_span(line.every)}" if line.every else ""
    return Item(
        (Code(label(line.id)), f" {line.title}"),
        ((Code(line.address),), (*health, *polled, every)),
    )


def _judged(one: Glimpse) -> Item:
    judged, article = one.judged, one.judged.article
    title = Link(article.title, one.url) if one.url else article.title
    names = ", ".join(entity.name for entity in judged.entities) or "nobody tracked"
    verdict = f"relevance {judged.relevance:.2f}, {article.kind} · names {names}"
    published: Line = ("published ", When(article.published.at, TimeStyle.DATE_TIME))
    return Item((title,), (published, (verdict,)))


def _named(items: Sequence[Item]) -> Listing:
    left = len(items) - _MOST_NAMED
    more = [Item((f"… and {left} more",))] if left > 0 else []
    return Listing((*items[:_MOST_NAMED], *more))


def _entries(count: int) -> str:
    return "no entry" if not count else f"{count} entr{'y' if count == 1 else 'ies'}"


def _feeds(count: int) -> str:
    return f"{count} feed{'' if count == 1 else 's'}"


def _span(every: timedelta) -> str:
    minutes = int(every.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"
