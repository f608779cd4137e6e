"""`entity import`: what a seed article proposes; a person accepts, edits or skips each."""

import re
from collections.abc import Sequence

from bot.chat.call import Call, Who
from bot.chat.commands.entities import earlier
from bot.chat.commands.trials import said
from bot.chat.registry import Option, Registry
from bot.errors import UsageError
from bot.message import (
    Block,
    Button,
    Code,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Tone,
    note,
    paragraph,
)
from bot.model.drafts import Answer, Draft, Proposed
from bot.services import Services
from bot.services.imports.drafts import Accepted, Step, draft_label, draft_number

SHOW, ADD, SKIP = "proposal", "add-proposed", "skip-proposed"
LABEL = re.compile(r"i\d{1,14}", re.IGNORECASE)
"""An earlier import's name."""
_NUMBERS = re.compile(r"\s*(\d{1,3})\s*(?:[-–]\s*(\d{1,3})\s*)?")
_A_PAGE = 20
_MOST_KNOWN = 12


def declare(registry: Registry[Services]) -> None:
    """Declare the command and its buttons."""
    manager = Who.WORKSPACE_MANAGER
    registry.command(
        "entity import",
        help="Who and what a news article names, proposed one by one; nothing is added unasked",
        who=manager,
        options=[
            Option(
                name="source",
                help="the article's link, its pasted text, or an earlier import such as i3",
                required=True,
                wide=True,
            ),
            Option(
                name="accept",
                help="of an earlier import, the numbers to add, such as 1,3-5",
                named=True,
            ),
        ],
        examples=("/entity import https://example.org/story", "/entity import i3 accept:1,3-5"),
        slow=True,
    )(import_)
    registry.action(SHOW, who=manager)(show)
    registry.action(ADD, who=manager)(add)
    registry.action(SKIP, who=manager)(skip)


async def import_(call: Call[Services], source: str, accept: str | None) -> Message:
    """`entity import`."""
    imports = call.services.imports
    earlier = LABEL.fullmatch(source.strip()) is not None
    if accept is not None:
        if not earlier:
            raise UsageError(
                "“accept” goes with an earlier import, such as /entity import i3 accept:1,3-5. "
                "Read the article first: /entity import <link>"
            )
        done = await imports.accept_some(
            call.place, call.actor, draft_number(source), numbers(accept), now=call.now
        )
        return accepted_message(done)
    if earlier:
        return overview(await imports.draft(call.place, source))
    return overview(await imports.propose(call.place, call.actor, source, now=call.now))


async def show(call: Call[Services], argument: str) -> Message:
    """The proposal whose turn it is."""
    return step_message(await call.services.imports.step(call.place, argument, now=call.now))


async def add(call: Call[Services], argument: str) -> Message:
    """Add a proposal, and show the next."""
    done, step = await call.services.imports.accept(call.place, call.actor, argument, now=call.now)
    lead = [f"{name} is tracked here from now on." for name in done.added]
    lead += [f"{name} was not added: {why}" for name, why in done.refused]
    return step_message(step, lead or ["That was answered before."])


async def skip(call: Call[Services], argument: str) -> Message:
    """Leave a proposal out, and show the next."""
    return step_message(await call.services.imports.skip(call.place, argument, now=call.now))


def numbers(typed: str) -> list[int]:
    """The numbers of “1,3-5”; raises UsageError for anything else."""
    found: list[int] = []
    for part in typed.split(","):
        match = _NUMBERS.fullmatch(part)
        if match is None:
            raise UsageError(f"“{typed}” is no list of numbers. Give one such as 1,3-5.")
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return found


def overview(draft: Draft) -> Message:
    """All proposals with their numbers and answers."""
    title = f"Proposals from “{draft.title}”"
    known = [paragraph("Tracked already: " + _some(draft.known) + ".")] if draft.known else []
    if not draft.proposals:
        blocks = (paragraph("It names nothing that is not tracked yet."), *known)
        return Message(title=title, blocks=blocks, private=True)
    pages = [
        tuple(
            _item(number, one)
            for number, one in enumerate(draft.proposals[at : at + _A_PAGE], start=at + 1)
        )
        for at in range(0, len(draft.proposals), _A_PAGE)
    ]
    label, left = draft_label(draft), draft.next_open()
    lead = paragraph("Nothing is added unasked: accept, edit or skip each.")
    several = paragraph("To add several at once: ", Code(f"/entity import {label} accept:1,3-5"))
    first: list[Block] = [lead, Listing(pages[0])] if left is not None else [Listing(pages[0])]
    return Message(
        title=title,
        blocks=(*first, *known, *([several] if left is not None else [])),
        buttons=(
            (Button(SHOW, "Go through them", f"{draft.id}:{left + 1}", "primary"),)
            if left is not None
            else ()
        ),
        pages=tuple(
            Message(title=title, blocks=(Heading("More proposals"), Listing(page)))
            for page in pages[1:]
        ),
        private=True,
    )


def step_message(step: Step, lead: Sequence[str] = (), *, edits: bool = True) -> Message:
    """The proposal whose turn it is with its trial, or how the review ended.

    `edits`: with the command that adds it, to be changed by who accepts by buttons.
    """
    said_first = [paragraph(words) for words in lead]
    one, draft = step.proposed, step.draft
    if one is None or step.number is None:
        return _finished(draft, said_first)
    fields = [NamedField("Kind", (one.kind.value,))]
    if one.aliases:
        fields.append(NamedField(_written(one), (", ".join(f"“{a}”" for a in one.aliases),)))
    if one.role:
        fields.append(NamedField("The article calls it", (one.role,)))
    fields.append(NamedField("Named in the article", (_times(one.mentions),)))
    blocks: list[Block] = [*said_first, Fields(tuple(fields))]
    doubts = step.trial.doubts if step.trial is not None else ()
    if step.problem:
        blocks.append(paragraph(f"It cannot be added as it is: {step.problem}"))
    elif doubts:
        words = "; ".join(doubts)
        blocks.append(paragraph(f"Think twice: {words[:1].upper()}{words[1:]}."))
    if step.trial is not None:
        blocks += said(step.trial.tried)
    if edits:
        change = Code(_edit(one))
        blocks.append(paragraph("To change it, type this your way, then go on: ", change))
    argument = f"{draft.id}:{step.number}"
    label = "Add all the same" if doubts else "Add"
    accept = [] if step.problem else [Button(ADD, label, argument, "primary")]
    return Message(
        title=f"{step.number} of {len(draft.proposals)}: {one.name}",
        blocks=tuple(blocks),
        buttons=(*accept, Button(SKIP, "Skip", argument)),
        tone=Tone.WARNING if doubts or step.problem else Tone.INFO,
        private=True,
    )


def _finished(draft: Draft, lead: Sequence[Paragraph]) -> Message:
    added = sum(one.answer is Answer.ADDED for one in draft.proposals)
    skipped = len(draft.proposals) - added
    words = f"All are answered: {added} added, {skipped} skipped."
    return Message(
        title=f"Proposals from “{draft.title}”",
        blocks=(*lead, paragraph(words, " ", Code("/entity list"), " shows what is tracked.")),
        tone=Tone.GOOD,
        private=True,
    )


def accepted_message(done: Accepted) -> Message:
    """What was added of several, and what was not and why."""
    if not done.added and not done.refused:
        return note("Those were answered before.", private=True)
    blocks: list[Block] = []
    if done.added:
        blocks.append(paragraph(f"Tracked here from now on: {', '.join(done.added)}."))
        blocks.append(paragraph(*earlier(done.added[0])))
    if done.refused:
        items = [Item((f"{name}: {why}",)) for name, why in done.refused]
        blocks += [Heading("Not added"), Listing(tuple(items))]
    left = done.draft.next_open()
    button = Button(SHOW, "Go through the rest", f"{done.draft.id}:{(left or 0) + 1}")
    return Message(
        title="Added" if done.added else "Nothing was added",
        blocks=tuple(blocks),
        buttons=(button,) if left is not None else (),
        tone=Tone.WARNING if done.refused else Tone.GOOD,
    )


def _item(number: int, one: Proposed) -> Item:
    mark = "" if one.answer is Answer.OPEN else f" · {one.answer.value}"
    notes: list[Line] = []
    words = [one.role] if one.role else []
    if one.aliases:
        words.append(f"{_written(one).lower()} " + ", ".join(f"“{a}”" for a in one.aliases))
    words.append(f"named {_times(one.mentions)}")
    notes.append((" · ".join(words),))
    return Item((Code(str(number)), f" {one.name}, {one.kind.value}{mark}"), tuple(notes))


def _written(one: Proposed) -> str:
    return "New ways to write it" if one.entity is not None else "Also written"


def _edit(one: Proposed) -> str:
    """The command that adds the same, for a person to change."""
    if one.entity is not None:
        return f"/entity alias {one.entity} {one.aliases[0]}"
    aliases = f' aliases:"{", ".join(one.aliases)}"' if one.aliases else ""
    return f'/entity add "{one.name}" {one.kind.value}{aliases}'


def _some(names: Sequence[str]) -> str:
    left = len(names) - _MOST_KNOWN
    return ", ".join(names[:_MOST_KNOWN]) + (f" and {left} more" if left > 0 else "")


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
