"""config/feeds.opml: valid OPML 2.0, forty feeds or more, each with an outlet and a tier."""

from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

PATH = Path(__file__).parents[3] / "config" / "feeds.opml"
ROOT = ET.fromstring(PATH.read_bytes())  # our own file
FEEDS = list(ROOT.iterfind("./body/outline/outline"))


def test_it_is_opml_2_with_a_title() -> None:
    assert (ROOT.tag, ROOT.get("version")) == ("opml", "2.0")
    assert ROOT.findtext("./head/title")
    assert all(outline.get("text") for outline in ROOT.iter("outline"))


def test_every_feed_stands_in_a_folder() -> None:
    assert all(folder.get("xmlUrl") is None for folder in ROOT.iterfind("./body/outline"))
    assert len(FEEDS) >= 40
    assert len(FEEDS) == len([o for o in ROOT.iter("outline") if o.get("xmlUrl")])


def test_every_feed_has_address_outlet_and_tier() -> None:
    for feed in FEEDS:
        assert feed.get("type") == "rss"
        assert feed.get("text") == feed.get("title")
        assert (feed.get("xmlUrl") or "").startswith("https://")
        assert (feed.get("htmlUrl") or "").startswith("https://")
        assert feed.get("policywireOutlet")
        assert feed.get("policywireTier") in {"1", "2", "3"}


def test_no_feed_is_listed_twice() -> None:
    for key in ("xmlUrl", "text"):
        values = [feed.get(key) for feed in FEEDS]
        assert len(values) == len(set(values))


def test_an_outlet_has_one_tier() -> None:
    tiers: dict[str | None, set[str | None]] = defaultdict(set)
    for feed in FEEDS:
        tiers[feed.get("policywireOutlet")].add(feed.get("policywireTier"))
    assert not [outlet for outlet, found in tiers.items() if len(found) > 1]
    assert set().union(*tiers.values()) == {"1", "2", "3"}
