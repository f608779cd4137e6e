"""`policywire run` as its own process: alerts, signals, a second run, downtime."""

import signal
from datetime import UTC, datetime, timedelta

from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.process import Home, Process

DAY = timedelta(days=1)


def news(title: str, *, age: timedelta = timedelta(minutes=1)) -> Item:
    slug = title.lower().replace(" ", "-")
    at = datetime.now(UTC) - age
    return Item(title=title, guid=slug, link=f"https://wire.example/{slug}", at=at)


BACKLOG = news("Volcano closes airports in Iceland")


async def begin(home: Home, server: FeedServer, **environ: str) -> Process:
    """A running policywire whose first poll is past, with a backlog of one."""
    await home.order(server.put("/feed", rss([BACKLOG])))
    process = await home.run(**environ)
    await server.asked(more=2)
    return process


async def test_an_entry_is_an_alert_lists_are_read_again_and_the_end_is_clean(
    home: Home, server: FeedServer
) -> None:
    process = await begin(home, server)
    title = "Senate passes AI safety act against chatbot makers"
    server.put("/feed", rss([news(title)]))
    await process.until(lambda it: title in it.out)
    await hang_up(home, server, process)
    assert await process.end(signal.SIGTERM) == 0
    assert "nothing is lost" in process.err
    assert "Traceback" not in process.err
    [delivery] = await home.query("SELECT * FROM deliveries")
    assert delivery["state"] == "sent"
    assert process.out.count(title) == 1


async def hang_up(home: Home, server: FeedServer, process: Process) -> None:
    """A bad file keeps the old lists and is named; a good one acts at once."""
    (home.config / "feeds.opml").write_text("<opml><body>\n<outline", encoding="utf-8")
    process.running.send_signal(signal.SIGHUP)
    await process.until(lambda it: "config_kept" in it.err)
    assert f"{home.config / 'feeds.opml'}, line 2" in process.err
    await server.asked()
    home.list_feeds(server.put("/other", rss([])))
    process.running.send_signal(signal.SIGHUP)
    await server.asked("/other")
    await process.until(lambda it: "config_read" in it.err)


async def test_a_second_run_is_refused_and_other_commands_work_beside_it(
    home: Home, server: FeedServer
) -> None:
    first = await begin(home, server, PYTHONPROFILEIMPORTTIME="1")
    second = await home.start("run")
    console = await home.start("console")
    assert console.running.stdin is not None
    console.running.stdin.write(b"/subscriptions\n")
    console.running.stdin.close()
    assert await second.wait() == 1
    assert "already" in second.err
    assert await console.wait() == 0
    assert "AI policy" in console.out
    assert not first.ended
    assert await first.end(signal.SIGINT) == 0
    assert_no_platform_was_imported(first)


def assert_no_platform_was_imported(process: Process) -> None:
    """None has a token here, so that their libraries would cost time and memory for nothing."""
    names = {line.rpartition("|")[2].strip() for line in process.err.splitlines()}
    packages = {name.split(".")[0] for name in names}
    assert "sqlalchemy" in packages
    assert not packages & {"discord", "slack_bolt", "slack_sdk"}


async def test_after_downtime_old_news_is_one_line(home: Home, server: FeedServer) -> None:
    await home.order(server.url("/feed"))
    past = int((datetime.now(UTC) - 5 * DAY).timestamp() * 1_000_000)
    polled = "polled_at = :past, good_at = :past, entry_at = :past"
    await home.query(f"UPDATE feeds SET {polled}", past=past)
    await home.query("UPDATE subscriptions SET created_at = :past", past=past)
    old = ["White House orders agencies to drop OpenAI chatbots", "EU fines xAI under the AI Act"]
    young = "Senate passes AI safety act against chatbot makers"
    documents = [news(young), *(news(title, age=2 * DAY) for title in old)]
    server.put("/feed", rss(documents))
    again = await home.run()
    await again.until(lambda it: young in it.out)
    # The line waits a minute for what else comes; the test does not.
    await home.query("UPDATE deliveries SET due_at = created_at WHERE key LIKE 'away:%'")
    await again.until(lambda it: "While away: 2 stories" in it.out)
    assert not any(title in again.out for title in old)
    assert await again.end(signal.SIGTERM) == 0
