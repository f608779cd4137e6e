"""What the buttons of alerts do; each carries its message's delivery."""

from collections.abc import Sequence

from bot.chat.call import Call, Who
from bot.chat.commands.claims import claims_page, dispute_blocks
from bot.chat.commands.offers import APPLY_EDIT, apply_buttons, offered
from bot.chat.commands.orders import POST_LATEST
from bot.chat.commands.stories import counted, explained, linked, report_item, story_note, times
from bot.chat.registry import Registry
from bot.message import (
    Block,
    Button,
    Heading,
    Item,
    Listing,
    Message,
    Paragraph,
    Tone,
    note,
    paragraph,
)
from bot.services import Services
from bot.services.lines import ReportLine

UNMUTE_STORY, TAKE_BACK = "unmute-story", "take-back"


def declare(registry: Registry[Services]) -> None:
    """Declare the buttons."""
    manager = Who.CHANNEL_MANAGER
    registry.action("why")(why)
    registry.action("sources")(sources)
    registry.action("mute-story", who=manager)(mute_story)
    registry.action(UNMUTE_STORY, who=manager)(unmute_story)
    registry.action(TAKE_BACK, who=manager)(take_back)
    registry.action("not-relevant", who=manager)(not_relevant)
    registry.action(POST_LATEST, who=manager)(post_latest)
    registry.action(APPLY_EDIT, who=manager)(apply_edit)


async def why(call: Call[Services], argument: str) -> Message:
    """Why the message's stories were told."""
    told = await call.services.alerts.why(call.place, call.actor, argument, call.now)
    blocks: list[Block] = []
    for one in told:
        if len(told) > 1:
            blocks.append(Heading(one.line.title))
        blocks += explained(one.here)
        blocks.append(Paragraph(story_note(one.line)))
    title = told[0].line.title if len(told) == 1 else "Why these stories came"
    return Message(title=title, blocks=tuple(blocks), private=True)


async def sources(call: Call[Services], argument: str) -> Message:
    """Who reports the message's stories, by origin, what they state and where they differ."""
    found = await call.services.alerts.sources(call.place, call.actor, argument)
    blocks: list[Block] = []
    pages: list[Message] = []
    for one in found:
        if len(found) > 1:
            blocks.append(Heading(one.line.title))
        reports = counted(sum(map(len, one.origins)), "report")
        origins = counted(len(one.origins), "independent origin")
        blocks.append(paragraph(f"{reports}, {origins}."))
        blocks.append(Listing(tuple(_origin(reports) for reports in one.origins), numbered=True))
        blocks += dispute_blocks(one.claims)
        pages += claims_page(one.line.title, one.claims)
    title = found[0].line.title if len(found) == 1 else "Sources"
    return Message(title=title, blocks=tuple(blocks), pages=tuple(pages), private=True)


def _origin(reports: Sequence[ReportLine]) -> Item:
    """An origin by its first report, with who else carries or credits it."""
    first = report_item(reports[0], origins=False)
    others = tuple(
        ("also ", linked(report.outlet, report.url), ": ", *times(report)) for report in reports[1:]
    )
    return Item(first.line, (*first.notes, *others))


async def mute_story(call: Call[Services], argument: str) -> Message:
    """Say nothing more of the message's stories in this channel."""
    muted = await call.services.alerts.mute_story(call.place, call.actor, argument, call.now)
    titles = [Item((line.title,), (story_note(line),)) for line in muted]
    return Message(
        title="Muted here: nothing more of it comes to this channel",
        blocks=(Listing(tuple(titles)),),
        buttons=(Button(UNMUTE_STORY, "Unmute", argument),),
        private=True,
        tone=Tone.GOOD,
    )


async def unmute_story(call: Call[Services], argument: str) -> Message:
    """Speak of the message's stories again."""
    lifted = await call.services.alerts.unmute_story(call.place, call.actor, argument)
    if not lifted:
        return note("It was not muted here.", private=True)
    return note(f"“{lifted[0].title}” is no longer muted here.", tone=Tone.GOOD, private=True)


async def not_relevant(call: Call[Services], argument: str) -> Message:
    """Keep a person's judgement for this workspace."""
    judged = await call.services.alerts.not_relevant(call.place, call.actor, argument, call.now)
    first = judged[0]
    offers = await call.services.lessons.offers(call.place, call.now)
    said = "Noted, thank you" if first.new else "You have said so already"
    people = "person" if first.people == 1 else "people"
    return Message(
        title=f"{said}: not relevant",
        blocks=(
            paragraph(
                f"“{first.line.title}”: {first.people} {people} here found it not relevant. "
                "It is kept for this workspace alone. “Mute story” stops what else comes of it."
            ),
            *offered(offers),
        ),
        buttons=(*apply_buttons(offers), Button(TAKE_BACK, "Take it back", argument)),
        private=True,
        tone=Tone.GOOD,
    )


async def take_back(call: Call[Services], argument: str) -> Message:
    """Forget a person's judgement, as if the button had not been pressed."""
    taken = await call.services.alerts.take_back(call.place, call.actor, argument)
    if not taken:
        return note("You had not found it not relevant.", private=True)
    said = f"“{taken[0].title}” is no longer among what you found not relevant."
    return note(said, tone=Tone.GOOD, private=True)


async def apply_edit(call: Call[Services], argument: str) -> Message:
    """Edit an order as an offer said."""
    done = await call.services.lessons.apply(call.place, call.actor, argument, call.now)
    return note(
        f"Done: the {done.name} was edited: {done.change.words}.", tone=Tone.GOOD, private=True
    )


async def post_latest(call: Call[Services], argument: str) -> Message:
    """Post the newest stories of a subscription."""
    count = await call.services.orders.post_latest(call.place, argument, call.now)
    if not count:
        return note("This channel has been told of the latest ones already.", private=True)
    stories = counted(count, "story comes", "stories come")
    return note(f"{stories} in a moment.", tone=Tone.GOOD, private=True)
