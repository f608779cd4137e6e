"""The config's lists: what cannot be used is left out and said, and the rest is read."""

from pathlib import Path

import structlog

from bot.app.config import configured_feeds
from bot.settings import Settings


def test_a_feed_that_cannot_be_used_is_left_out_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(
        '<opml version="2.0"><body>\n'
        '<outline text="A" xmlUrl="https://a.example/feed"/>\n'
        '<outline text="B" xmlUrl="/etc/passwd"/>\n'
        "</body></opml>\n"
    )
    settings = Settings.load({"POLICYWIRE_CONFIG": str(tmp_path)})
    with structlog.testing.capture_logs() as logs:
        feeds = configured_feeds(settings)
    assert "https://a.example/feed" in {feed.url for feed in feeds}
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [
        ("feed_left_out", "warning")
    ]
    assert "feeds.opml, line 3" in logs[0]["problem"]
    assert "/etc/passwd" in logs[0]["problem"]
