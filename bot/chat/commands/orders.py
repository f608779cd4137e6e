"""`subscribe`, `unsubscribe` and `subscriptions`."""

from bot.chat.call import Call, Who
from bot.chat.commands.stories import counted, section, story_item
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Block,
    Button,
    Code,
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
from bot.model import Mode, Subscription
from bot.services import Services
from bot.services.orders import Subscribed, SubscriptionLine
from bot.services.wishes import Wish, schedule, terms_of

POST_LATEST = "post-latest"

_SUBSCRIBE = (
    Option(
        name="to",
        kind=OptionKind.TARGET,
        help="an entity, topic or seed story; all AI policy if left out",
        wide=True,
    ),
    Option(
        name="channel", kind=OptionKind.CHANNEL, help="another channel than this one, such as #ai"
    ),
    Option(
        name="mode",
        help="at once, or gathered in a digest",
        choices=tuple(mode.value for mode in Mode),
        default=Mode.INSTANT.value,
    ),
    Option(
        name="min-sources",
        kind=OptionKind.INTEGER,
        help="how many independent origins must report it first, 1 to 10",
        between=(1, 10),
    ),
    Option(name="mention", kind=OptionKind.ROLE, help="one role to ping, or none"),
    Option(
        name="threshold",
        kind=OptionKind.NUMBER,
        help="relevance that a story needs, 0 to 1 (0.5 unless said)",
        between=(0, 1),
        named=True,
    ),
    Option(
        name="depth",
        help="salient: stories about it; any: a mention is enough",
        choices=("salient", "any"),
        named=True,
    ),
    Option(
        name="kinds",
        help="news, opinion, live, roundup, explainer (commas between), or all",
        named=True,
    ),
    Option(name="at", help="when a digest comes: 08:00, or monday 08:00", named=True),
)


def declare(registry: Registry[Services]) -> None:
    """Declare the commands that order alerts."""
    manager = Who.CHANNEL_MANAGER
    registry.command(
        "subscribe",
        help="Send stories to this channel as they come, or as a digest",
        who=manager,
        options=_SUBSCRIBE,
        examples=(
            "/subscribe",
            "/subscribe anthropic",
            "/subscribe export controls daily at:07:30",
            "/subscribe all min-sources:2 mention:@policy",
        ),
        slow=True,
    )(subscribe)
    which = Option(
        name="which",
        kind=OptionKind.SUBSCRIPTION,
        help="which one, such as “anthropic daily”; not needed if there is one",
        wide=True,
    )
    registry.command(
        "unsubscribe",
        help="End a subscription of this channel",
        who=manager,
        options=(which,),
        examples=("/unsubscribe", "/unsubscribe anthropic daily"),
    )(unsubscribe)
    registry.command(
        "subscriptions", help="What this channel is subscribed to, and whether it works"
    )(subscriptions)


async def subscribe(
    call: Call[Services],
    *,
    to: str | None,
    channel: str | None,
    mode: str,
    min_sources: int | None,
    mention: str | None,
    threshold: float | None,
    depth: str | None,
    kinds: str | None,
    at: str | None,
) -> Message:
    """Subscribe the channel; says what the last week would have brought."""
    wish = Wish(
        to=to or "",
        channel=channel,
        mode=Mode(mode),
        min_sources=min_sources,
        mention=mention,
        threshold=threshold,
        depth=depth,
        kinds=kinds,
        at=at,
    )
    done = await call.services.orders.subscribe(call.place, call.actor, wish, call.now)
    blocks: list[Block] = [paragraph(_capital(_terms(done.subscription)) + ".")]
    if done.changes:
        blocks.append(paragraph("Changed: " + "; ".join(done.changes) + "."))
    if done.beside:
        modes = " and ".join(mode.value for mode in done.beside)
        blocks.append(
            paragraph(f"This channel has it as {modes} too; what came at once is not repeated.")
        )
    blocks += _preview(done)
    offer = done.preview.newest and not done.elsewhere
    button = Button(POST_LATEST, _post_label(done), str(done.subscription.id), "primary")
    return Message(
        title=_title(done),
        blocks=tuple(blocks),
        buttons=(button,) if offer else (),
        tone=Tone.GOOD,
    )


def _title(done: Subscribed) -> str:
    where = f" in #{done.elsewhere}" if done.elsewhere else ""
    if done.made:
        return f"Subscribed to {done.name}{where}"
    if done.changes:
        return f"Subscription to {done.name}{where} changed"
    return f"Already subscribed to {done.name}{where}: nothing to change"


def _preview(done: Subscribed) -> list[Block]:
    preview = done.preview
    if not preview.count:
        return [paragraph("In the last 7 days it would have brought no story.")]
    over = "over " if preview.over else ""
    stories = counted(preview.count, "story", "stories")
    said = paragraph(f"In the last 7 days it would have brought {over}{stories}, the newest:")
    return [said, Listing(tuple(story_item(line) for line in preview.newest))]


def _post_label(done: Subscribed) -> str:
    shown = len(done.preview.newest)
    return "Post the latest one here" if shown == 1 else f"Post the latest {shown} here"


async def unsubscribe(call: Call[Services], *, which: str | None) -> Message:
    """End one subscription."""
    line = await call.services.orders.unsubscribe(call.place, which or "", call.now)
    mode = line.subscription.mode
    back: list[Inline] = [
        "It is undone by ",
        Code(f"/subscribe {line.subscription.target.id or 'all'} {mode.value}"),
        ".",
    ]
    return Message(
        title=f"The subscription to {line.name} ({mode.value}) has ended",
        blocks=(paragraph(*back),),
        tone=Tone.GOOD,
    )


async def subscriptions(call: Call[Services]) -> Message:
    """The channel's subscriptions with their health."""
    listed = await call.services.orders.listed(call.place, call.actor, call.now)
    blocks: list[Block] = []
    if listed.here:
        blocks.append(Listing(tuple(_item(line) for line in listed.here)))
    else:
        blocks.append(paragraph("This channel has none. ", Code("/subscribe"), " makes one."))
    place = listed.destination
    if place is not None and place.muted_until is not None and place.muted_until > call.now:
        until = When(place.muted_until, TimeStyle.DATE_TIME)
        blocks.append(paragraph("Muted until ", until, "; ", Code("/mute off"), " ends it."))
    blocks += section(
        "Not delivered in other channels",
        [_item(line, channel=f"#{line.channel}: ") for line in listed.elsewhere],
    )
    if listed.count_elsewhere:
        number = counted(listed.count_elsewhere, "subscription")
        blocks.append(paragraph(f"Other channels of this workspace have {number}."))
    troubled = any(line.trouble for line in (*listed.here, *listed.elsewhere))
    return Message(
        title="Subscriptions",
        blocks=tuple(blocks),
        tone=Tone.WARNING if troubled else Tone.INFO,
    )


def _item(line: SubscriptionLine, channel: str = "") -> Item:
    notes: list[Line] = []
    last = line.subscription.last_alert_at
    spoke: Line = ("last alert ", When(last, TimeStyle.DATE_TIME)) if last else ("no alert yet",)
    if line.next_at is not None and not line.trouble:
        spoke = (*spoke, ", next digest ", When(line.next_at, TimeStyle.DATE_TIME))
    notes.append(spoke)
    if line.trouble:
        notes.append((f"Paused: {line.trouble}. It resumes by itself once that is mended.",))
    return Item((f"{channel}{line.name}: {_terms(line.subscription)}",), tuple(notes))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _terms(subscription: Subscription) -> str:
    """The settings that differ from what is usual, after when it speaks."""
    terms = terms_of(subscription)
    said = [schedule(subscription.mode, terms), f"relevance from {terms.threshold:g}"]
    if terms.min_sources > 1:
        said.append(f"from {terms.min_sources} independent origins")
    if terms.any_depth:
        said.append("mentions in passing too")
    kinds = sorted(terms.kinds)
    if kinds != ["news"]:
        said.append("kinds " + ", ".join(kinds))
    if terms.mention:
        said.append(f"pings {terms.mention}")
    return ", ".join(said)
