"""`latest` and `story show`: what a person types, and the reply as a terminal shows it."""

import pytest
import sqlalchemy as sa

from bot.errors import NotFound, UsageError
from bot.model import ArticleKind, Story
from bot.store import articles, places, stories
from bot.store.tables import articles as article_table
from bot.store.tables import stories as story_table
from tests.support.newsroom import OTHER, READER, Newsroom
from tests.support.values import filing

DROPS = "Pentagon drops Claude <https://npr.example/pentagon-drops-claude>"
ENDS = (
    "Defense department ends use of Claude "
    "<https://reuters.example/defense-department-ends-use-of-claude>"
)


# latest


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        pytest.param(
            "/latest",
            [
                "Latest: all AI policy",
                "• Anthropic sues <https://npr.example/anthropic-sues>",
                "NPR, Mon 9 Mar 17:17 · s2",
                f"Earlier: {DROPS}, Mon 9 Mar · s1",
            ],
            id="grouped-by-saga",
        ),
        pytest.param(
            "/latest department of war",
            [
                "Latest: about Department of Defense (agency)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), Mon 9 Mar 12:17 · s1",
            ],
            id="entity-by-alias",
        ),
        pytest.param(
            "/latest courts and liability",
            [
                "Latest: about Courts and liability (topic)",
                "• Anthropic sues <https://npr.example/anthropic-sues>",
                "NPR, Mon 9 Mar 17:17 · s2",
            ],
            id="topic",
        ),
        pytest.param(
            "/latest reuters",
            [
                "Latest: about Reuters (outlet)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), Mon 9 Mar 12:17 · s1",
            ],
            id="outlet",
        ),
        pytest.param(
            "/latest pentagon-dispute",
            [
                "Latest: about The Pentagon dispute (seed story)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), Mon 9 Mar 12:17 · s1",
            ],
            id="seed",
        ),
        pytest.param(
            "/latest officials contractors",
            [
                "Latest: search: officials contractors",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), Mon 9 Mar 12:17 · s1",
            ],
            id="search",
        ),
    ],
)
async def test_latest_says_what_it_took_the_words_for(
    room: Newsroom, saga: Story, line: str, lines: list[str]
) -> None:
    assert (await room.say(line, actor=READER)).splitlines() == lines


async def test_latest_marks_low_relevance_and_what_is_named_in_passing(room: Newsroom) -> None:
    await room.publish(
        "Chatbots in schools", relevance=0.3, passing=["openai"], kind=ArticleKind.OPINION
    )
    assert (await room.say("/latest openai")).splitlines() == [
        "Latest: about OpenAI (company)",
        "No story is about OpenAI; these name it in passing.",
        "• Chatbots in schools <https://npr.example/chatbots-in-schools>",
        "NPR, Mon 9 Mar 11:57 · s1 · opinion · low relevance 0.30",
    ]
    assert "1 story of low relevance" in await room.say("/latest")


async def test_latest_counts_and_looks_back_as_far_as_is_said(room: Newsroom) -> None:
    for number in range(3):
        await room.publish(f"Story {number}")
        room.pass_time(days=20)
    assert (await room.say("/latest 1")).count("•") == 1
    assert (await room.say("/latest")).count("•") == 1
    assert (await room.say("/latest since:90d")).count("•") == 3


@pytest.mark.parametrize("about", ["", " openai", " sues"])
async def test_latest_of_an_old_database_says_when_the_newest_story_was(
    room: Newsroom, about: str
) -> None:
    await room.publish("OpenAI sues", about=["openai"])
    room.pass_time(days=45)
    said = await room.say(f"/latest{about}")
    assert "The newest is of Mon 9 Mar 11:57: /latest" in said
    command = said.split(": ")[-1].split(" shows it")[0]
    assert "• OpenAI sues" in await room.say(command)


async def test_latest_tells_what_to_try_where_nothing_is_found(room: Newsroom) -> None:
    said = await room.say("/latest antropic")
    assert "No story has all of these words: antropic, since Sat 7 Feb." in said
    assert "Did you mean: /latest Anthropic" in said
    assert "/watch add" in said
    assert "/status" in await room.say("/latest")


async def test_latest_shows_a_feeds_text_as_plain_characters(room: Newsroom) -> None:
    await room.publish("[bold]<@&1>[/bold]\x1b[31m")
    assert "[bold]<@&1>[/bold]\ufffd[31m" in await room.say("/latest")


async def test_latest_shows_nothing_of_another_workspaces_feed(room: Newsroom) -> None:
    theirs = (await room.workspace(OTHER)).id
    await room.publish("Secret plan", outlet="Intranet", of=theirs, about=["openai"])
    for line in ("/latest openai", "/latest secret plan", "/latest intranet", "/latest"):
        assert "<https" not in await room.say(line)
        assert "Secret plan <https" in await room.say(line, place=OTHER)


async def test_asking_stores_nothing(room: Newsroom) -> None:
    await room.say("/latest")
    await room.say("/subscriptions")
    await room.say("/quiet")
    async with room.store.read() as conn:
        assert await places.all_workspaces(conn) == []


# story show


async def test_a_story_shows_what_its_reports_state_and_where_they_differ(
    room: Newsroom, saga: Story
) -> None:
    for outlet, sum_of in (("Wire", "$200 million"), ("Gazette", "$250 million")):
        text = f"In a letter by {outlet}’s reading the Claude contract is worth {sum_of} in all."
        saga = await room.publish(f"{outlet} on Claude", text=text, outlet=outlet, story=saga)
    said = await room.say("/story show s1", actor=READER)
    assert "• worth: $200 million in 1, $250 million in 1" in said
    assert "$250 million Gazette <https://gazette.example/gazette-on-claude#:~:text=In%20a" in said
    assert "Figures, dates and quotations" in said


async def test_a_story_is_shown_with_all_that_is_known(room: Newsroom, saga: Story) -> None:
    assert (await room.say("/story show S1", actor=READER)).splitlines() == [
        "Pentagon drops Claude",
        "https://npr.example/pentagon-drops-claude",
        "The Pentagon dropped Claude on Friday and named no reason for it.",
        "Story: s1",
        "Reported by: NPR and Reuters: 2 outlets, 2 origins",
        "Relevance: 0.70",
        "Names: Claude, Department of Defense, Anthropic",
        "Reports",
        f"1. {DROPS}",
        "NPR 11:57, seen 12:00 · origin 1",
        f"2. {ENDS}",
        "Reuters 12:17, seen 12:20 · origin 2",
        "joined by “injunction”",
        "The saga, oldest first",
        f"• {DROPS}, Mon 9 Mar · s1 (this one)",
        "• Anthropic sues <https://npr.example/anthropic-sues>, Mon 9 Mar · s2",
        "In this channel",
        "Told here on Mon 9 Mar 12:20.",
        "Why: injunction",
    ]


async def test_a_changed_headline_is_shown_with_the_old_one(room: Newsroom, saga: Story) -> None:
    async with room.store.write() as conn:
        loaded = (await stories.load(conn, [saga.id]))[saga.id]
        await articles.revise(conn, [loaded.reports[0]], {loaded.reports[0].id: filing()}, room.now)
        renamed = sa.update(article_table).where(article_table.c.id == loaded.reports[0].id)
        await conn.execute(renamed.values(title="Pentagon pauses Claude"))
    said = await room.say("/story show s1")
    assert "• NPR: “Pentagon drops Claude” became “Pentagon pauses Claude”, seen 17:20" in said


async def test_a_merged_id_leads_on(room: Newsroom, saga: Story) -> None:
    other = await room.publish("Pentagon drops Claude, too")
    async with room.store.write() as conn:
        gone = sa.update(story_table).where(story_table.c.id == other.id)
        await conn.execute(gone.values(merged_into_id=saga.id))
    assert (await room.say("/story show s3")).splitlines()[:2] == [
        "s3 was merged into s1.",
        "Pentagon drops Claude",
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("12", "They look like s2m", id="no-id"),
        pytest.param("s9z", "/latest shows the newest ones", id="no-such-story"),
    ],
)
async def test_a_wrong_id_is_refused_with_a_way_on(room: Newsroom, typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        await room.say(f"/story show {typed}")


async def test_another_workspaces_story_is_not_there(room: Newsroom) -> None:
    theirs = (await room.workspace(OTHER)).id
    await room.publish("Secret plan", outlet="Intranet", of=theirs)
    assert "Secret plan" in await room.say("/story show s1", place=OTHER)
    for line in ("/story show s1", "/why s1"):
        with pytest.raises(NotFound):
            await room.say(line)


async def test_another_workspaces_report_is_absent_from_a_shared_story(room: Newsroom) -> None:
    theirs = (await room.workspace(OTHER)).id
    story = await room.publish("Pentagon drops Claude", text="It gave no reason for that at all.")
    await room.publish("Secret memo", outlet="Intranet", of=theirs, story=story, relevance=0.99)
    said = await room.say("/story show s1")
    assert "Intranet" not in said
    assert "1 outlet, 1 origin" in said
    assert "Relevance: 0.70" in said
    assert "Secret memo" in await room.say("/story show s1", place=OTHER)


async def test_a_saga_stays_together_though_a_story_between_is_about_others(
    room: Newsroom,
) -> None:
    first = await room.publish("Lab sues", about=["anthropic"])
    room.pass_time(hours=1)
    between = await room.publish("Agency answers", about=["department-of-defense"], after=first)
    room.pass_time(hours=1)
    await room.publish("Rivals side with lab", about=["anthropic"], after=first)
    await room.publish("Lab wins", about=["anthropic"], after=between)
    lines = (await room.say("/latest anthropic")).splitlines()
    assert [line for line in lines if line.startswith("•")] == [
        "• Lab wins <https://npr.example/lab-wins>"
    ]
    assert [line.split(" <")[0] for line in lines if line.startswith("Earlier")] == [
        "Earlier: Rivals side with lab",
        "Earlier: Lab sues",
    ]
