"""`why`: each stage that can hold an article back, asked for by what a person types."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.errors import FeedErrorKind, UsageError
from bot.model import ArticleKind, DeliveryState, FeedId, Story
from bot.model.seen import Filing
from bot.store import articles, failures, feeds, orders, places, turns
from bot.store.tables import articles as article_table
from tests.support.kept_feeds import feed_at
from tests.support.newsroom import CHIEF, HOME, NOON, OTHER, READER, Newsroom


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
    muted = "Not told: this channel is muted until Mon 9 Mar 15:00; /mute off ends that."
    assert muted in await room.say("/why s1")
    await room.say("/mute off")
    ended = "Not told: this channel was muted then (until Mon 9 Mar 15:00). It hears alerts again."
    assert ended in await room.say("/why s1")
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
    assert "• Watch “Leases”: “lease” is not in it" in said


async def test_why_of_a_duplicate_names_the_other_title(room: Newsroom) -> None:
    await room.publish("A story", outlet="NPR", url="https://npr.example/1")
    story = await room.publish("Ours", outlet="Gazette", url="https://gazette.example/1")
    async with room.store.write() as conn:
        feed = await feed_at(conn, "https://npr.example/feed")
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
        "Its outlet's feed, NPR feed, is failing since Sun 8 Mar 12:00: nothing that it lists "
        "reaches this channel.",
        "Feeds of npr.example that are polled",
        "• NPR feed: failing since Sun 8 Mar 12:00 (the server answers 403)",
        "last read Sat 7 Mar 12:00, next at Mon 9 Mar 12:00",
    ]
    assert "/feed add https://unknown.example" in await room.say("/why unknown.example/story")


async def test_why_tells_nothing_of_another_workspaces_feed(room: Newsroom) -> None:
    theirs = (await room.workspace(OTHER)).id
    await room.publish("Secret plan", outlet="Intranet", of=theirs)
    said = await room.say("/why https://intranet.example/secret-plan")
    assert "No feed of intranet.example is read here, and no other feed has listed" in said
    assert "Secret plan" in await room.say("/why https://intranet.example/secret-plan", place=OTHER)


@pytest.mark.parametrize("typed", ["hello", "ftp://x.example/a", "s", "http://"])
async def test_why_of_neither_link_nor_id_is_refused(room: Newsroom, typed: str) -> None:
    with pytest.raises(UsageError, match="neither an article's address nor a story's id"):
        await room.say(f"/why {typed}", place=HOME, actor=CHIEF)


async def test_why_of_a_story_that_closed_while_it_waited(room: Newsroom) -> None:
    await room.say("/subscribe min-sources:2")
    await room.publish("A story")
    room.pass_time(hours=71)
    assert "closed" not in await room.say("/why s1")
    room.pass_time(hours=2)
    said = await room.say("/why s1")
    assert "It waits: independent origins 1, needed 2." in said
    assert "The story closed on Thu 12 Mar 11:57, 72 hours after its last report" in said


async def test_why_of_a_paused_channel_says_that_nothing_is_posted(room: Newsroom) -> None:
    await room.say("/subscribe")
    await room.publish("A story")
    async with room.store.write() as conn:
        there = (await places.all_destinations(conn))[0]
        await turns.pause(conn, there, "Missing Access", room.now, room.now + timedelta(hours=1))
    said = await room.say("/why s1")
    assert "Nothing is posted here for now: Missing Access." in said


async def test_why_of_an_edited_headline_names_the_earlier_one(room: Newsroom) -> None:
    story = await room.publish("Judge rules")
    report = story.reports[0]
    filing = Filing(content_hash="2", title_words="judge rules", text_words="")
    async with room.store.write() as conn:
        await articles.revise(conn, [report], {report.id: filing}, room.now)
        renamed = sa.update(article_table).where(article_table.c.id == report.id)
        await conn.execute(renamed.values(title="Judge rules for the lab"))
    said = await room.say("/why https://npr.example/judge-rules")
    assert "NPR: “Judge rules” became “Judge rules for the lab”, seen 12:00" in said


async def test_why_of_a_later_report_names_the_alert_that_told_its_story(
    room: Newsroom, saga: Story
) -> None:
    said = await room.say("/why https://reuters.example/defense-department-ends-use-of-claude")
    assert "Told here on Mon 9 Mar 12:20." in said
    await room.publish("Pentagon's Claude ban: what is known", outlet="AP", story=saga)
    said = await room.say("/why https://ap.example/pentagon's-claude-ban:-what-is-known")
    assert (
        "No message of its own: it joined a story that had been told here on Mon 9 Mar 12:20 as "
        "“Pentagon drops Claude”." in said
    )


@pytest.mark.parametrize(
    ("order", "article", "remedy"),
    [
        pytest.param(
            "/subscribe", {"relevance": 0.41}, "/subscribe all threshold:0.4", id="relevance"
        ),
        pytest.param(
            "/subscribe openai", {"passing": ["openai"]}, "/subscribe openai depth:any", id="depth"
        ),
        pytest.param(
            "/subscribe", {"kind": ArticleKind.OPINION}, "/subscribe all kinds:all", id="kind"
        ),
        pytest.param(
            "/subscribe min-sources:2", {}, "/subscribe all min-sources:1", id="min-sources"
        ),
        pytest.param("/subscribe daily", {}, "/subscribe all mode:instant", id="digest"),
        pytest.param("/quiet 11-14", {}, "/quiet off", id="quiet-hours"),
    ],
)
async def test_what_why_proposes_lets_the_next_story_in(
    room: Newsroom, order: str, article: dict[str, object], remedy: str
) -> None:
    if order.startswith("/quiet"):
        await room.say("/subscribe")
    await room.say(order)
    await room.publish("A story", **article)  # type: ignore[arg-type]
    assert remedy in await room.say("/why s1")
    room.pass_time(minutes=1)
    await room.say(remedy)
    await room.publish("Another story", **article)  # type: ignore[arg-type]
    assert "Its message is queued" in await room.say("/why s2")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("Judge halts chatbot law", "npr.example/judge-halts", id="headline"),
        pytest.param("judge chatbot law", "npr.example/judge-halts", id="some-words"),
        pytest.param("“Judge halts chatbot law” | NPR", "npr.example/judge", id="as-on-the-page"),
        pytest.param("halts law", "Which one?", id="two-are-like-it"),
        pytest.param("senate votes tonight", "No headline of the last 90 days", id="none"),
    ],
)
async def test_why_of_a_headline(room: Newsroom, typed: str, says: str) -> None:
    await room.publish("Judge halts chatbot law")
    await room.publish("Court halts school phone law")
    assert says in await room.say(f"/why {typed}")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("https://m.npr.example/a-story", True, id="phone"),
        pytest.param("https://www.npr.example/a-story/amp", True, id="amp-page"),
        pytest.param(
            "https://npr-example.cdn.ampproject.org/c/s/npr.example/a-story", True, id="cache"
        ),
        pytest.param("https://npr.example/a-story/?share=1", True, id="slash-and-parameter"),
        pytest.param("<https://npr.example/a-story|the story>", True, id="pasted-from-chat"),
        pytest.param("https://npr.example/a-story-2", False, id="another-page"),
    ],
)
async def test_why_of_another_form_of_an_address(room: Newsroom, typed: str, found: bool) -> None:
    await room.say("/subscribe")
    await room.publish("A story")
    assert ("Its message is queued" in await room.say(f"/why {typed}")) is found


async def test_why_of_a_short_link_asks_for_where_it_leads(room: Newsroom) -> None:
    said = await room.say("/why https://t.co/abc")
    assert "Addresses of t.co only lead on to an article." in said
    assert "/feed add" not in said


async def test_why_of_a_live_pages_address_asks_which_of_its_articles(room: Newsroom) -> None:
    for title in ("Court hears the case", "Court rises"):
        await room.publish(title, url="https://npr.example/live", shared_link=True)
    said = await room.say("/why https://npr.example/live")
    assert "Several articles stand under this address" in said
    assert "/why s1" in said
    assert "/why s2" in said


@pytest.mark.parametrize(
    ("state", "says"),
    [
        pytest.param("new", "Its outlet's feed, NPR feed, has not been read yet", id="unread"),
        pytest.param("well", "No feed that is read here has listed this address.", id="well"),
    ],
)
async def test_why_of_an_unlisted_address_by_its_feeds_state(
    room: Newsroom, state: str, says: str
) -> None:
    feed: FeedId = await room.feed()
    async with room.store.write() as conn:
        (before,) = await feeds.by_ids(conn, [feed])
        good = None if state == "new" else NOON
        await feeds.save_polls(conn, [replace(before, good_at=good)])
    assert says in await room.say("/why https://npr.example/unlisted")
