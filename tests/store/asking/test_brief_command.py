"""`brief`: what happened since, in cited sentences; and what was known then."""

import pytest

from bot.errors import UsageError
from bot.model import ArticleKind, Story
from bot.services.brief import stands_in
from tests.support.newsroom import OTHER, Newsroom

SUED = "Anthropic sued the Defense Department on Monday over its supply chain label."
ADDED = "Judge Rita Lin will hear both sides in San Francisco next week, clerks wrote."


async def sued(room: Newsroom) -> Story:
    first = await room.publish("Lab sues over label", about=["anthropic"], text=SUED)
    room.pass_time(hours=1)
    await room.publish(
        "Lab takes Pentagon to court",
        outlet="Reuters",
        about=["anthropic"],
        text=ADDED,
        story=first,
    )
    return first


async def test_tells_cited_sentences_by_saga_in_order_of_time(room: Newsroom) -> None:
    first = await sued(room)
    await room.publish("Senate votes", text="The Senate passed the chip bill by 60 votes to 40.")
    room.pass_time(hours=5)
    await room.publish(
        "Judge halts label", about=["anthropic"], text="The judge halted it.", after=first
    )
    lines = (await room.say("/brief")).splitlines()
    assert lines[:2] == [
        "Brief: all AI policy",
        "3 stories from Mon 2 Mar 18:00 to Mon 9 Mar 18:00.",
    ]
    told = [
        line for line in lines if " · s" in line or line.startswith(("Anthropic sued", "Judge"))
    ]
    assert told == [
        "• Mon 9 Mar 11:57: Lab sues over label <https://npr.example/lab-sues-over-label> · s1",
        f"{SUED} — NPR <https://npr.example/lab-sues-over-label>",
        f"{ADDED} — Reuters <https://reuters.example/lab-takes-pentagon-to-court>",
        "• Mon 9 Mar 17:57: Judge halts label <https://npr.example/judge-halts-label> · s3",
        "• Mon 9 Mar 12:57: Senate votes <https://npr.example/senate-votes> · s2",
    ]


async def test_a_sentence_that_refers_back_is_cited_only_after_the_one_before_it(
    room: Newsroom,
) -> None:
    first = await room.publish("Lab sues over label", about=["anthropic"], text=SUED)
    again = "Anthropic sued the Defense Department on Monday over its supply chain label there. "
    back = "It wants a hearing before Judge Rita Lin in San Francisco by the end of next week."
    await room.publish("Suit", outlet="AP", about=["anthropic"], text=again + back, story=first)
    assert back not in await room.say("/brief anthropic")


async def test_says_where_reports_differ_and_who_prints_what(room: Newsroom) -> None:
    worth = "The contract with Anthropic is worth up to $200 million over two years."
    first = await room.publish("Lab signs", about=["anthropic"], text=worth)
    other = "Anthropic won a contract worth $250 million, to be paid over two years."
    await room.publish("Deal", outlet="Reuters", about=["anthropic"], text=other, story=first)
    reply = await room.reply("/brief anthropic")
    said = await room.say("/brief anthropic")
    assert "Reports differ on worth: $200 million (NPR <https://npr.example/lab-signs#:~:" in said
    (file,) = reply.attachments
    (line,) = [one for one in file.content.decode().splitlines() if "differ" in one]
    assert line.startswith("- Reports differ on worth: \\$200 million ([NPR](<https://")
    assert "\\$250 million ([Reuters](<https://reuters.example/deal#:~:text=Anthropic" in line


async def test_every_cited_sentence_stands_in_its_source(room: Newsroom) -> None:
    await sued(room)
    await room.publish("A title and no text", about=["anthropic"])
    (file,) = (await room.reply("/brief anthropic")).attachments
    text = file.content.decode()
    sentences = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(sentences) == 3
    sources = [SUED, ADDED, "A title and no text"]
    assert all(any(source in line for source in sources) for line in sentences)


async def test_as_of_leaves_out_what_came_later(room: Newsroom) -> None:
    await sued(room)
    room.pass_time(days=2)
    await room.publish("Judge rules", about=["anthropic"], text="The judge ruled for the lab.")
    said = await room.say("/brief anthropic as-of:2026-03-09")
    assert "1 story from" in said
    assert "as it was known then" in said
    assert "Judge rules" not in said
    assert "Judge rules" in await room.say("/brief anthropic")
    # Reuters joined 48 hours ago: what was known an hour before does not have it.
    assert ADDED in await room.say("/brief anthropic as-of:47h")
    early = await room.say("/brief anthropic since:9d as-of:49h")
    assert SUED in early
    assert ADDED not in early


async def test_as_of_tells_the_words_of_that_time(room: Newsroom) -> None:
    first = await room.publish("Lab sues for $5 million", about=["anthropic"], text=SUED)
    room.pass_time(days=1)
    await room.revise(first, "Lab sues for $9 million", "Anthropic sued over its label for more.")
    now = await room.say("/brief anthropic")
    assert "$9 million" in now
    then = await room.say("/brief anthropic as-of:20h")
    assert "$5 million" in then
    assert SUED in then
    assert "$9 million" not in then


async def test_another_workspaces_report_is_not_cited(room: Newsroom) -> None:
    other = await room.workspace(OTHER)
    first = await room.publish("Lab sues over label", about=["anthropic"], text=SUED)
    await room.publish(
        "Private view", outlet="Reuters", of=other.id, about=["anthropic"], text=ADDED, story=first
    )
    assert ADDED not in await room.say("/brief anthropic")
    assert ADDED in await room.say("/brief anthropic", place=OTHER)


async def test_nothing_found_says_what_to_try(room: Newsroom) -> None:
    assert "since:30d" in await room.say("/brief")
    assert "Did you mean: /brief Anthropic" in await room.say("/brief antropic")


async def test_since_must_lie_before_as_of(room: Newsroom) -> None:
    with pytest.raises(UsageError, match="before"):
        await room.say("/brief since:2026-03-08 as-of:2026-03-01")
    with pytest.raises(UsageError, match="in the past"):
        await room.say("/brief since:2026-03-20")


async def test_a_roundup_is_cited_only_where_nothing_else_tells(room: Newsroom) -> None:
    await room.publish(
        "The week", text="Here is what you need to know: chips.", kind=ArticleKind.ROUNDUP
    )
    assert "The week" in await room.say("/brief")
    await room.publish("Senate votes", text="The Senate passed the chip bill by 60 votes to 40.")
    told = await room.say("/brief")
    assert "Senate votes" in told
    assert "The week" not in told


async def test_many_stories_come_in_pages_and_whole_in_the_file(room: Newsroom) -> None:
    for number in range(45):
        await room.publish(f"Rule {number} drafted", text=f"Agency number {number} wrote a rule.")
    reply = await room.reply("/brief")
    assert len(reply.pages) == 9
    (file,) = reply.attachments
    assert file.content.count(b"\n## ") == 40
    assert b"5 stories of less weight are left out." in file.content


@pytest.mark.parametrize(
    ("sentence", "text", "stands"),
    [
        ("It sued.", "First. It\n sued. Then.", True),
        ("It sued the…", "It sued the state.", True),
        ("It won.", "It sued.", False),
    ],
)
def test_a_sentence_stands_in_a_text(sentence: str, text: str, *, stands: bool) -> None:
    assert stands_in(sentence, text) is stands
