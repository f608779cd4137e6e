"""`latest`, `story show` and `why`: what a person types, and the reply as a terminal shows it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.errors import FeedErrorKind, NotFound, UsageError
from bot.model import ArticleKind, DeliveryState, Story
from bot.store import articles, failures, feeds, orders, places, stories
from bot.store.tables import articles as article_table
from bot.store.tables import stories as story_table
from tests.support.newsroom import CHIEF, HOME, NOON, OTHER, READER, Newsroom
from tests.support.values import filing

DROPS = "Pentagon drops Claude <https://npr.example/pentagon-drops-claude>"
ENDS = (
    "Defense department ends use of Claude "
    "<https://reuters.example/defense-department-ends-use-of-claude>"
)


@pytest.fixture
async def saga(room: Newsroom) -> Story:
    """A channel that heard of one story in two outlets; later a development of it."""
    await room.say("/subscribe")
    first = await room.publish(
        "Pentagon drops Claude",
        about=["department-of-defense", "claude"],
        text="The Pentagon dropped Claude on Friday and named no reason for it.",
        topics=["military"],
    )
    room.pass_time(minutes=20)
    first = await room.publish(
        "Defense department ends use of Claude",
        outlet="Reuters",
        about=["anthropic"],
        text="Contractors were told to stop at once, two officials said in the evening.",
        story=first,
    )
    await room.tell()
    room.pass_time(hours=5)
    await room.publish("Anthropic sues", about=["anthropic"], topics=["courts"], after=first)
    return first


# latest


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        pytest.param(
            "/latest",
            [
                "Latest: all AI policy",
                "• Anthropic sues <https://npr.example/anthropic-sues>",
                "NPR, 17:17 · s2",
                f"Earlier: {DROPS}, Mon 9 Mar · s1",
            ],
            id="grouped-by-saga",
        ),
        pytest.param(
            "/latest department of war",
            [
                "Latest: about Department of Defense (agency)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), 12:17 · s1",
            ],
            id="entity-by-alias",
        ),
        pytest.param(
            "/latest courts and liability",
            [
                "Latest: about Courts and liability (topic)",
                "• Anthropic sues <https://npr.example/anthropic-sues>",
                "NPR, 17:17 · s2",
            ],
            id="topic",
        ),
        pytest.param(
            "/latest reuters",
            [
                "Latest: about Reuters (outlet)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), 12:17 · s1",
            ],
            id="outlet",
        ),
        pytest.param(
            "/latest pentagon-dispute",
            [
                "Latest: about The Pentagon dispute (seed story)",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), 12:17 · s1",
            ],
            id="seed",
        ),
        pytest.param(
            "/latest officials contractors",
            [
                "Latest: search: officials contractors",
                f"• {DROPS}",
                "NPR and Reuters (2 origins), 12:17 · s1",
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
        "NPR, 11:57 · s1 · opinion · low relevance 0.30",
    ]
    assert "1 story of low relevance" in await room.say("/latest")


async def test_latest_counts_and_looks_back_as_far_as_is_said(room: Newsroom) -> None:
    for number in range(3):
        await room.publish(f"Story {number}")
        room.pass_time(days=20)
    assert (await room.say("/latest 1")).count("•") == 1
    assert (await room.say("/latest")).count("•") == 1
    assert (await room.say("/latest since:90d")).count("•") == 3


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


# why


async def test_why_of_a_link_however_it_was_shared(room: Newsroom, saga: Story) -> None:
    said = await room.say("/why https://NPR.example/pentagon-drops-claude?utm_source=x#top")
    assert said.splitlines() == [
        "Pentagon drops Claude",
        "https://npr.example/pentagon-drops-claude",
        "Told here on Mon 9 Mar 12:20.",
        "Why: injunction",
        "Article: NPR 11:57, seen 12:00",
        "Relevance: 0.70, needed 0.50 unless an order says otherwise: injunction",
        "Story: s1",
        "Reported by: NPR and Reuters: 2 outlets, 2 origins",
        "Kind: news",
    ]
    assert "Told here" in await room.say("/why http://www.npr.example/pentagon-drops-claude")


@pytest.mark.parametrize(
    ("order", "article", "says"),
    [
        pytest.param("", {}, "Nothing is ordered in this channel", id="nothing-ordered"),
        pytest.param(
            "/subscribe",
            {"relevance": 0.41},
            "• Subscription to all AI policy (instant): relevance 0.41, needed 0.5",
            id="relevance",
        ),
        pytest.param(
            "/subscribe openai",
            {"passing": ["openai"]},
            "“OpenAI” is only named in passing",
            id="not-salient",
        ),
        pytest.param("/subscribe nist", {}, "nothing in it matches “NIST”", id="other-target"),
        pytest.param(
            "/subscribe",
            {"kind": ArticleKind.OPINION},
            "no report of it is of the kind asked for (news)",
            id="kind",
        ),
        pytest.param(
            "/subscribe min-sources:2",
            {},
            "It waits: independent origins 1, needed 2.",
            id="origins",
        ),
        pytest.param(
            "/subscribe",
            {"backlog": True},
            "Not told: it came with a new feed's backlog: history, not news.",
            id="backlog",
        ),
        pytest.param("/subscribe daily", {}, "Held back: it waits for the digest of", id="digest"),
        pytest.param("/subscribe", {}, "Its message is queued, to go out at 12:00.", id="queued"),
    ],
)
async def test_why_names_the_stage_that_held_it_back_with_numbers(
    room: Newsroom, order: str, article: dict[str, object], says: str
) -> None:
    if order:
        await room.say(order)
    await room.publish("A story", **article)  # type: ignore[arg-type]
    assert says in await room.say("/why https://npr.example/a-story", actor=READER)


async def test_why_of_a_muted_a_quiet_and_a_flooded_channel(room: Newsroom) -> None:
    await room.say("/subscribe")
    await room.say("/mute 3h")
    await room.publish("Muted story")
    assert "Not told: this channel is muted until Mon 9 Mar 15:00." in await room.say("/why s1")
    await room.say("/mute off")
    await room.say("/quiet 11-14")
    await room.publish("Quiet story")
    assert "Held back: quiet hours: held until Mon 9 Mar 14:00." in await room.say("/why s2")
    await room.say("/quiet off")
    for number in range(13):
        await room.publish(f"Flood {number}")
    assert "12 posts within the hour here (limit 12)" in await room.say("/why sf")


async def test_why_of_what_was_parked_says_the_platforms_word(room: Newsroom) -> None:
    await room.say("/subscribe")
    await room.publish("A story")
    await room.tell(DeliveryState.PARKED, "Missing Access (50001)")
    assert "is parked: Missing Access (50001)." in await room.say("/why s1")


async def test_why_of_what_came_before_the_order(room: Newsroom) -> None:
    await room.publish("A story")
    room.pass_time(hours=1)
    await room.say("/subscribe")
    said = await room.say("/why s1")
    assert "Not told: it came before this was ordered." in said
    assert "ordered on Mon 9 Mar 13:00, after it came" in said


async def test_why_judges_each_watch_by_its_query(room: Newsroom) -> None:
    await room.say("/subscribe nist")
    async with room.store.write() as conn:
        there = (await places.all_destinations(conn))[0]
        for name, query in (("Leases", "lease"), ("Courts", "court")):
            await orders.add_watch(
                conn, destination=there.id, name=name, query=query, typed=query, now=NOON
            )
    room.pass_time(hours=1)
    await room.publish("A court speaks")
    said = await room.say("/why s1")
    assert "• Watch “Courts”: takes it" in said
    assert "• Watch “Leases”: nothing in it matches “lease”" in said


async def test_why_of_a_duplicate_names_the_other_title(room: Newsroom) -> None:
    await room.publish("A story", outlet="NPR", url="https://npr.example/1")
    story = await room.publish("Ours", outlet="Gazette", url="https://gazette.example/1")
    async with room.store.write() as conn:
        feed = await feeds.by_url(conn, "https://npr.example/feed")
        assert feed is not None
        # The Gazette's article, listed by NPR's feed under a title and address of its own.
        await conn.execute(
            sa.text("UPDATE seen SET article_id = :article WHERE title = 'A story'"),
            {"article": story.reports[0].id},
        )
        await conn.execute(sa.delete(article_table).where(article_table.c.url.like("%npr%")))
    said = await room.say("/why https://npr.example/1")
    assert "leads to an article known as https://gazette.example/1" in said
    assert "A duplicate: NPR feed listed it on Mon 9 Mar 12:00 as “A story”" in said


async def test_why_of_a_pruned_article_says_when_it_was_listed(room: Newsroom) -> None:
    await room.publish("A story")
    async with room.store.write() as conn:
        await conn.execute(sa.delete(article_table))
    said = await room.say("/why https://npr.example/a-story")
    assert "NPR feed listed it first on Mon 9 Mar 12:00 as “A story”" in said
    assert "no longer kept" in said


async def test_why_of_a_failed_entry_says_stage_and_error(room: Newsroom) -> None:
    feed = await room.feed()
    async with room.store.write() as conn:
        await failures.note(
            conn,
            feed,
            "https://npr.example/bad",
            title="Bad",
            url="https://npr.example/bad",
            stage="recognise",
            error="ValueError: odd",
            now=NOON,
        )
    said = await room.say("/why https://npr.example/bad")
    assert "the stage “recognise” failed on Mon 9 Mar 12:00 (ValueError: odd)" in said


async def test_why_of_an_unseen_address_says_how_the_outlets_feeds_do(room: Newsroom) -> None:
    feed = await room.feed()
    async with room.store.write() as conn:
        state = (await feeds.by_ids(conn, [feed]))[0]
        broken = {
            "good_at": NOON - timedelta(days=2),
            "failures": 3,
            "error_kind": FeedErrorKind.BLOCKED,
            "error": "the server answers 403",
            "failing_since": NOON - timedelta(days=1),
        }
        changed = type(state)(
            **{name: getattr(state, name) for name in type(state).__slots__} | broken
        )
        await feeds.save_polls(conn, [changed])
    assert (await room.say("/why https://www.npr.example/unseen")).splitlines() == [
        "No article at that address",
        "No feed has listed this address.",
        "Feeds of npr.example that are polled",
        "• NPR feed: failing since Sun 8 Mar 12:00 (the server answers 403)",
        "last read Sat 7 Mar 12:00",
        "A feed lists only some of its outlet's articles, and each for a while only.",
    ]
    assert "/feed add https://unknown.example" in await room.say("/why unknown.example/story")


async def test_why_tells_nothing_of_another_workspaces_feed(room: Newsroom) -> None:
    theirs = (await room.workspace(OTHER)).id
    await room.publish("Secret plan", outlet="Intranet", of=theirs)
    said = await room.say("/why https://intranet.example/secret-plan")
    assert "No feed has listed this address." in said
    assert "No feed of intranet.example is polled here" in said
    assert "Secret plan" in await room.say("/why https://intranet.example/secret-plan", place=OTHER)


@pytest.mark.parametrize("typed", ["hello", "ftp://x.example/a", "s", "http://"])
async def test_why_of_neither_link_nor_id_is_refused(room: Newsroom, typed: str) -> None:
    with pytest.raises(UsageError, match="neither an article's address nor a story's id"):
        await room.say(f"/why {typed}", place=HOME, actor=CHIEF)
