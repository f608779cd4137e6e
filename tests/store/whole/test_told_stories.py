"""What comes of a story that was told: revisions, corrections, downtime."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.support.line import DAY, Item
from tests.support.newsroom import shown as text_of
from tests.support.whole import HOME, Whole, whole

NPR = "https://npr.example/feed"
WIRE = "https://wire.example/feed"
HOUR = timedelta(hours=1)


def item(wire: Whole, number: int = 1, *, age: timedelta = HOUR, after: timedelta = DAY) -> Item:
    subjects = ["Senate passes AI safety act", "Pentagon buys chatbot licences", "EU fines xAI"]
    return Item(
        title=subjects[number % 3],
        text="The AI regulation bill will cost chatbot makers $5 million a year, lawmakers said.",
        guid=f"g{number}",
        link=f"https://npr.example/{number}",
        at=wire.clock.now() + after - age,
    )


async def tell(wire: Whole) -> Item:
    await wire.say("/subscribe")
    await wire.poll()
    first = item(wire)
    wire.publish(NPR, first)
    await wire.poll()
    await wire.deliver()
    return first


async def test_a_correction_is_told_in_the_thread_and_shown_in_the_alert(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        first = await tell(wire)
        text = "The AI regulation bill will cost chatbot makers $4 million a year, lawmakers said."
        notice = "Correction: an earlier version of this story misstated the cost."
        wire.publish(NPR, replace(first, text=f"{text}\n\n{notice}"))
        await wire.poll(HOUR)
        await wire.deliver()
        alert, note = wire.shown()
        assert note.reply_to == alert.ref
        assert notice in text_of(note.message)
        assert alert.edits == 1
        assert "$4 million" in text_of(alert.message)
        assert "corrected by Npr" in text_of(alert.message)
        await wire.poll(HOUR)
        await wire.deliver()
        assert len(wire.shown()) == 2


async def test_a_changed_headline_is_told_in_the_thread_and_the_alert_keeps_its_words(
    tmp_path: Path,
) -> None:
    async with whole(tmp_path, NPR) as wire:
        first = await tell(wire)
        wire.publish(NPR, replace(first, title="Senate rejects AI safety act"))
        await wire.poll(HOUR)
        await wire.deliver()
        alert, note = wire.shown()
        assert alert.message.title == first.title
        assert f"headline changed from “{first.title}”" in text_of(note.message)


async def test_after_downtime_young_articles_alert_and_old_ones_are_one_line(
    tmp_path: Path,
) -> None:
    async with whole(tmp_path, NPR) as wire:
        await wire.say("/subscribe")
        await wire.poll()
        away = 5 * DAY
        old = [item(wire, n, age=age, after=away) for n, age in ((1, 2 * DAY), (2, 3 * DAY))]
        wire.publish(NPR, item(wire, 0, after=away), *old)
        await wire.poll(away)
        wire.clock.advance(HOUR)
        await wire.deliver()
        young, line = sorted(wire.shown(HOME), key=lambda shown: not shown.message.title)
        assert young.message.title == "Senate passes AI safety act"
        said = text_of(line.message)
        assert "While away: 2 stories" in said
        way = said[said.index("/latest") :].rstrip(".`")
        reply = await wire.say(way)
        assert all(one.title in reply for one in old)


async def test_a_new_feeds_backlog_is_found_with_latest_and_alerts_nobody(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        await wire.say("/subscribe")
        old = item(wire)
        wire.publish(NPR, old)
        await wire.poll()
        await wire.deliver()
        assert wire.shown() == []
        assert old.title in await wire.say("/latest")


async def test_what_was_told_is_not_told_again(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        first = await tell(wire)
        for _ in range(3):
            wire.publish(NPR, first)
            await wire.poll()
            await wire.deliver()
        assert len(wire.shown()) == 1


async def test_a_polled_date_is_listed_until_the_report_names_another(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        await wire.poll()
        due = "Comments on the AI regulation bill close on %s, 2026, the agency said."
        first = replace(item(wire), text=due % "June 3")
        wire.publish(NPR, first)
        await wire.poll()
        assert "Wed 3 June 2026: Comments on the AI" in await wire.say("/deadlines")
        wire.publish(NPR, replace(first, text=due % "July 1"))
        await wire.poll(HOUR)
        listed = await wire.say("/deadlines")
        assert "Wed 1 July 2026: Comments on the AI" in listed
        assert "June 3" not in listed


async def test_a_figure_that_a_second_outlet_disputes_is_told_in_the_thread_once(
    tmp_path: Path,
) -> None:
    async with whole(tmp_path, NPR, WIRE) as wire:
        first = await tell(wire)
        text = "Chatbot makers will have to pay $9 million a year under the AI regulation bill."
        link = "https://wire.example/1"
        for _ in range(2):
            wire.publish(WIRE, replace(first, guid="w1", link=link, text=text))
            await wire.poll(HOUR)
            await wire.deliver()
        alert, note = wire.shown()
        assert note.reply_to == alert.ref
        assert "$5 million in 1, $9 million in 1" in text_of(note.message)
        assert link in text_of(note.message)


async def test_a_reprint_that_comes_days_later_alerts_nobody(tmp_path: Path) -> None:
    long = (
        "The AI regulation bill will cost chatbot makers $5 million a year, lawmakers said on"
        " Tuesday, and their customers twice as much once every model must be tested, logged and"
        " insured against harm to pupils, patients and voters by an office that has yet to open. A"
        " committee meets on the draft in autumn; hospitals, banks and schools want it delayed."
    )
    async with whole(tmp_path, NPR, WIRE) as wire:
        await wire.say("/subscribe")
        await wire.poll()
        title = "Lawmakers say what the AI regulation bill costs chatbot makers"
        wire.publish(NPR, replace(item(wire), title=title, text=long))
        await wire.poll()
        await wire.deliver()
        copy = item(wire, 7, after=6 * DAY)
        wire.publish(
            WIRE, replace(copy, title="AI bill to cost chatbot makers $5 million", text=long)
        )
        await wire.poll(6 * DAY)
        await wire.deliver()
        assert len(wire.shown()) == 1
        assert "2 outlets, 1 origin" in await wire.say("/story show s1")
