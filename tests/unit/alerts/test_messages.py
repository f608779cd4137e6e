"""What alerts, lists and notes say; a feed's words stay plain characters."""

from datetime import timedelta
from typing import Any

import pytest

from bot.alerts.compose import Pointer, story_message, web_address
from bot.alerts.faces import face, list_face, worth_an_edit
from bot.alerts.lists import PAGE, Told, by_saga, list_message
from bot.alerts.notes import Note, NoteKind, change_note, health_note, note_message, watch_note
from bot.alerts.routing import Carrier
from bot.alerts.senders import NONCE_LENGTH, nonce_of
from bot.alerts.view import View, view_of
from bot.alerts.words import held_words, reported_by
from bot.message import Fields, Heading, Link, Listing, Message, Paragraph, Tone, When, plain
from bot.model import (
    ArticleKind,
    Change,
    ChangeKind,
    Delivery,
    DeliveryId,
    DeliveryState,
    DestinationId,
    FeedId,
    Held,
    HeldBy,
    Reason,
    Story,
    StoryId,
    WorkspaceId,
)
from bot.stories.novelty import Addition
from tests.support.alerting import (
    HOME,
    HOUR,
    MINUTE,
    NOON,
    joined,
    report,
    reprints,
    story,
    watch,
)

HOSTILE = "@everyone <!channel> **bold** [x](javascript:alert(1)) \u202e"


def seen(of: Story | None = None, workspace: WorkspaceId = HOME) -> View:
    view = view_of(of or story(), workspace)
    assert view is not None
    return view


def message(of: Story | None = None, **given: Any) -> Message:
    return story_message(seen(of), delivery=DeliveryId(7), **given)


def words(of: Message) -> str:
    """All that a message says, in one string."""
    parts = [of.title, plain(of.above)]
    for block in of.blocks:
        if isinstance(block, Paragraph):
            parts.append(plain(block.parts))
        elif isinstance(block, Heading):
            parts.append(block.text)
        elif isinstance(block, Fields):
            parts += [f"{f.name}: {plain(f.value)}" for f in block.fields]
        elif isinstance(block, Listing):
            for item in block.items:
                parts += [plain(item.line), *(plain(note) for note in item.notes)]
    return "\n".join([*parts, plain(of.footer)])


class TestStoryMessage:
    def test_says_what_happened_who_says_so_and_why_it_came(self) -> None:
        reason = Reason(term="supply-chain risk", where="title", weight=0.5)
        said = message(story(*reprints(5)), reasons=[reason])

        assert (said.title, said.url) == ("Title 1", "https://outlet1.test/story")
        assert "Reported by: Outlet 1, and 4 more" in words(said)
        assert "5 outlets, 5 origins, first 2026-03-09 11:55 UTC Outlet 1" in words(said)
        assert "About: Anthropic" in words(said)
        assert "Why: supply-chain risk" in words(said)
        assert words(said).endswith("· s1")

    def test_times_are_left_to_the_platform(self) -> None:
        assert [p.at for p in message().footer if isinstance(p, When)] == [NOON - MINUTE] * 2

    def test_buttons_carry_the_delivery(self) -> None:
        assert [(b.action, b.argument) for b in message().buttons] == [
            ("why", "7"),
            ("sources", "7"),
            ("mute-story", "7"),
            ("not-relevant", "7"),
        ]

    def test_a_development_is_headed_by_the_story_before(self) -> None:
        pointer = Pointer(title="It sued", url="https://chat.test/m/3", at=NOON - HOUR)
        said = message(earlier=pointer)

        assert said.above[:2] == ("Earlier: ", Link("It sued", "https://chat.test/m/3"))

    def test_says_in_one_line_what_came_since(self) -> None:
        new = Addition(sentence="A judge took the case.", outlet="NPR", since=NOON)

        assert "New since 2026-03-09 12:00 UTC: A judge took the case. (NPR)" in words(
            message(added=new)
        )

    def test_says_nothing_anew_that_the_summary_says(self) -> None:
        new = Addition(sentence="The agency set a deadline.", outlet="NPR", since=NOON)

        assert "New since" not in words(message(added=new))

    def test_tone_topic_and_mention(self) -> None:
        said = message(breaking=True, mention="role-1")

        assert (said.tone, said.topic, said.mention) == (Tone.BREAKING, "military-ai", "role-1")

    def test_says_of_an_opinion_that_it_is_one(self) -> None:
        assert "Kind: opinion" in words(message(story(report(kind=ArticleKind.OPINION))))

    def test_says_of_another_language_which_it_is(self) -> None:
        french = story(report(language="fr"))

        assert "French" in words(message(french))
        assert "English" not in words(message())
        assert "in French" in words(
            list_message(Carrier.DIGEST, [Told(view=seen(french), saga=french.id)], {})
        )

    def test_what_a_feed_wrote_is_never_structure(self) -> None:
        hostile = report(
            title=HOSTILE, outlet=HOSTILE, summary=(HOSTILE,), url="javascript:alert(1)"
        )
        said = message(story(hostile))

        assert (said.title, said.url) == (HOSTILE, None)
        assert said.mention is None
        assert said.blocks[0] == Paragraph((HOSTILE,))

    def test_an_empty_title_is_named(self) -> None:
        assert message(story(report(title=""))).title == "Untitled"

    def test_hides_what_a_workspace_may_not_see(self) -> None:
        secret = report(1, title="Secret", shared=False, workspaces=frozenset({WorkspaceId(2)}))
        said = message(story(secret, report(2)))

        assert "Secret" not in words(said)
        assert "Outlet 1" not in words(said)
        assert "1 outlet, first" in words(said)
        assert said.title == "Title 2"


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        pytest.param(["NPR"], "NPR", id="one"),
        pytest.param(["NPR", "AP"], "NPR and AP", id="two"),
        pytest.param(["NPR", "AP", "BBC", "CNN", "FT"], "NPR, and 4 more", id="five"),
        pytest.param([""], "an unnamed outlet", id="unnamed"),
    ],
)
def test_outlets(outlets: list[str], said: str) -> None:
    assert reported_by(outlets) == said


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://npr.test/a", True, id="https"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("//npr.test/a", False, id="no-scheme"),
        pytest.param("https:///a", False, id="no-host"),
        pytest.param("http://[bad", False, id="malformed"),
    ],
)
def test_only_web_addresses_are_links(url: str, kept: bool) -> None:
    assert web_address(url) == (url if kept else None)


class TestFace:
    def test_is_the_same_for_the_same_look(self) -> None:
        assert face(seen()) == face(seen())

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param(story(*reprints(2)), id="another-outlet"),
            pytest.param(story(title="Corrected"), id="title"),
            pytest.param(story(summary=("Another.",)), id="summary"),
        ],
    )
    def test_differs_by_what_is_shown(self, other: Story) -> None:
        assert face(seen(other)) != face(seen())

    @pytest.mark.parametrize(
        ("shown", "now", "sent_before", "worth"),
        [
            pytest.param(1, 2, 59 * MINUTE, True, id="within-the-hour-every-outlet"),
            pytest.param(3, 4, 61 * MINUTE, False, id="after-an-hour-not-every-outlet"),
            pytest.param(4, 5, 61 * MINUTE, True, id="after-an-hour-at-5"),
            pytest.param(4, 7, 61 * MINUTE, True, id="after-an-hour-past-5"),
            pytest.param(5, 9, 61 * MINUTE, False, id="after-an-hour-not-at-9"),
            pytest.param(9, 10, 61 * MINUTE, True, id="after-an-hour-at-10"),
            pytest.param(19, 20, 61 * MINUTE, True, id="after-an-hour-at-20"),
        ],
    )
    def test_growth_is_worth_an_edit(
        self, shown: int, now: int, sent_before: timedelta, worth: bool
    ) -> None:
        before, after = (face(seen(story(*reprints(n), first_at=NOON))) for n in (shown, now))

        # The first of the reprints changes with their number: keep what the hash covers.
        after = after.partition(".")[0] + "." + before.partition(".")[2]
        assert worth_an_edit(before, after, NOON - sent_before, NOON) is worth

    def test_a_correction_is_worth_an_edit_at_any_time(self) -> None:
        before, after = face(seen()), face(seen(story(title="Corrected")))

        assert worth_an_edit(before, after, NOON - 5 * HOUR, NOON)

    def test_of_a_list_is_which_stories_stand_in_it(self) -> None:
        assert list_face([StoryId(2), StoryId(1)]) == list_face([StoryId(1), StoryId(2)])
        assert list_face([StoryId(1)]) != list_face([StoryId(1), StoryId(2)])


def told(number: int, **given: Any) -> Told:
    saga = StoryId(given.pop("saga", number))
    breaking = given.pop("breaking", False)
    one = story(report(number, title=f"Story {number}", **given), id_=number)
    return Told(view=seen(one), saga=saga, breaking=breaking)


class TestLists:
    def test_digest_is_grouped_by_saga_and_ranked(self) -> None:
        sued = told(1, relevance=0.6, at=NOON - 5 * HOUR)
        ruled = told(3, relevance=0.6, at=NOON - HOUR, saga=1)
        other = told(2, relevance=0.8)

        assert [[t.view.story.id for t in saga] for saga in by_saga([ruled, sued, other])] == [
            [2],
            [1, 3],
        ]

    def test_stories_of_one_saga_meet_though_its_first_is_not_in_the_list(self) -> None:
        later = [told(n, saga=1) for n in (5, 6)]

        assert len(by_saga(later)) == 1

    def test_what_follows_a_saga_stands_under_a_heading_of_its_own(self) -> None:
        stories = [told(1, relevance=0.9), told(3, relevance=0.8, saga=1), told(2, relevance=0.6)]

        said = list_message(Carrier.DIGEST, stories, {"mode": "daily"})

        headings = [block.text for block in said.blocks if isinstance(block, Heading)]
        assert headings == ["Anthropic: 2 stories", "Other stories"]

    def test_a_saga_whose_stories_name_nobody_in_common_is_counted(self) -> None:
        named, unnamed = told(1), told(3, saga=1, entities=())

        said = list_message(Carrier.DIGEST, [named, unnamed], {"mode": "daily"})

        assert [block.text for block in said.blocks if isinstance(block, Heading)] == [
            "2 stories of one matter"
        ]

    def test_digest_never_says_a_story_twice(self) -> None:
        said = list_message(Carrier.DIGEST, [told(1), told(1)], {"mode": "daily"})

        assert said.title == "Daily digest: 1 story"
        assert words(said).count("Story 1") == 1

    def test_digest_is_one_message_with_pages(self) -> None:
        said = list_message(Carrier.DIGEST, [told(n) for n in range(1, 24)], {"mode": "weekly"})

        listed = [
            item
            for page in (said, *said.pages)
            for block in page.blocks
            if isinstance(block, Listing)
            for item in block.items
        ]
        assert said.title == "Weekly digest: 23 stories"
        assert [page.title for page in said.pages] == [f"{said.title} (continued)"] * 2
        assert len(listed) == 23
        assert PAGE == 10

    def test_flood_list_names_breaking_first_and_drops_nothing(self) -> None:
        calm = [told(n, relevance=0.8) for n in range(1, 5)]
        said = list_message(Carrier.FLOOD, [*calm, told(9, relevance=0.5, breaking=True)], {})

        [listing] = [b for b in said.blocks if isinstance(b, Listing)]
        assert said.title == "5 stories more this hour"
        assert plain(listing.items[0].line).startswith("Breaking: Story 9")
        assert len(listing.items) == 5

    def test_held_overnight_is_one_message(self) -> None:
        said = list_message(Carrier.OVERNIGHT, [told(1), told(2)], {})

        assert said.title == "Held overnight: 2 stories"

    def test_while_away_is_one_line_with_a_way_to_the_stories(self) -> None:
        said = list_message(Carrier.AWAY, [told(1), told(2)], {})

        assert words(said).strip().startswith("While away: 2 stories, reported between")
        assert "/latest count:20 since:2026-03-08" in words(said)

    def test_a_list_beyond_all_pages_says_how_many_are_left_out(self) -> None:
        said = list_message(Carrier.FLOOD, [told(n) for n in range(1, 104)], {})

        assert "and 3 stories more" in words(said.pages[-1])


class TestNotes:
    def test_correction(self) -> None:
        change = Change(kind=ChangeKind.CORRECTION, after="An earlier version named a wrong court.")
        note = change_note(joined(), seen(), change)

        assert note is not None
        assert note.key.startswith("note:1:correction-1-")
        assert "Correction, Outlet 1: An earlier version" in words(note_message(note))

    def test_headline_of_the_report_that_is_shown(self) -> None:
        change = Change(kind=ChangeKind.HEADLINE, before="Old", after="New")
        both = story(report(1), report(2))

        assert change_note(joined(story()), seen(), change) is not None
        assert change_note(joined(both), seen(both), change) is None

    def test_watch_pings_once_a_story(self) -> None:
        reason = (Reason(term="deepseek", where="title", weight=1.0),)
        note = watch_note(joined(), watch(mention="role-1"), reason)

        assert note.key == "note:1:watch-1"
        assert note_message(note).mention == "role-1"

    def test_survives_the_database(self) -> None:
        note = Note(kind=NoteKind.DISPUTED, key="note:1:x", after="$200 or $250 million", url=None)

        assert Note.of({**note.payload(), "beside": 4}) == note

    def test_feed_health(self) -> None:
        note = health_note(FeedId(3), "NPR", "failing", "Blocked by its guard.", "2026-03-09")

        assert note.key == "note:feed-3:failing-2026-03-09"
        assert note_message(note).title == "Feed failing: NPR"


@pytest.mark.parametrize("rule", list(HeldBy))
def test_every_rule_has_words(rule: HeldBy) -> None:
    said = plain(held_words(Held(by=rule, have=0.41, need=0.5, subject="it")))

    assert said
    assert "{" not in said


def test_held_words_say_the_numbers() -> None:
    held = Held(by=HeldBy.RELEVANCE, have=0.41, need=0.5)

    assert plain(held_words(held)) == "relevance 0.41, needed 0.5"


def test_nonce_is_25_characters_and_the_same_at_every_try() -> None:
    first = Delivery(
        id=DeliveryId(1),
        destination=DestinationId(2),
        key="story:3",
        state=DeliveryState.QUEUED,
        created_at=NOON,
        due_at=NOON,
    )

    assert nonce_of(first) == nonce_of(first)
    assert len(nonce_of(first)) == NONCE_LENGTH
