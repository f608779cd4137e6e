"""The labels that relevance is measured by, and how it is counted."""

from pathlib import Path

import pytest

from bench.quality.ablation import PARTS, count
from bench.quality.archive import read_articles
from bench.quality.entries import read_entries
from bench.quality.gold import labels
from bench.quality.measure import Program
from bench.quality.plain import Unweighted
from bench.quality.relevance import Item, items, measure
from bot.relevance import Learned, load_topics

CONFIG = Path(__file__).parents[3] / "config"
PLAIN = Learned(bias=0, features={"strength": 1}, terms={"ai": {}, "policy": {}, "other": {}})


@pytest.fixture(scope="module")
def unweighted() -> Unweighted:
    return Unweighted(load_topics(CONFIG / "topics.yaml"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Item]]:
    return items(tmp_path_factory.mktemp("nothing"))


def test_without_development_data_our_own_samples_are_measured(
    samples: dict[str, list[Item]],
) -> None:
    assert samples.keys() == {"terse", "articles", "own"}


@pytest.mark.parametrize(("name", "least"), [("terse", 200), ("articles", 10)])
def test_our_samples_have_both_sides(samples: dict[str, list[Item]], name: str, least: int) -> None:
    relevant = sum(item.relevant for item in samples[name])
    assert least <= relevant <= len(samples[name]) - least
    assert len({item.title for item in samples[name]}) == len(samples[name])


@pytest.mark.parametrize("name", ["entries", "archive"])
def test_labels_of_others_entries_hold_no_text(name: str) -> None:
    allowed = {"source", "id", "relevant", "doubtful", "title_tells"}
    assert all(label.keys() <= allowed for label in labels(name))


def test_archived_articles_are_read_without_their_translation(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "content" / "news" / "2026-05-01"
    folder.mkdir(parents=True)
    (folder / "ab12.md").write_text(
        '---\ntitle: "A \\"quiet\\" vote"\noriginalUrl: "https://example.org"\n---\n'
        "# A quiet vote\n\n**The [senate](https://example.org/s) passed it.**\n\n参议院通过了。\n",
        encoding="utf-8",
    )
    assert read_articles(tmp_path, ["ab12"]) == {
        "ab12": ('A "quiet" vote', "The senate passed it.")
    }
    with pytest.raises(FileNotFoundError, match="ff00"):
        read_articles(tmp_path, ["ff00"])


def test_entries_are_found_by_source_and_id(tmp_path: Path) -> None:
    folder = tmp_path / "feeds-fastfeedparser"
    folder.mkdir()
    (folder / "ab").write_text(
        "<rss version='2.0'><channel><title>x</title>"
        "<item><title>One</title></item>"
        "<item><title>Two</title><description>&lt;b&gt;Bold&lt;/b&gt;  dek</description></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    assert read_entries(tmp_path, {"feeds": {"ab/1"}}) == {"ab/1": ("Two", "Bold dek")}


def test_what_readers_doubt_or_only_the_text_tells_is_not_counted(unweighted: Unweighted) -> None:
    sample = [
        Item(id="1", title="Senate passes AI bill", text="", relevant=True),
        Item(id="2", title="AI sings", text="", relevant=True, doubtful=True),
        Item(
            id="3", title="A vote", text="Senate passes AI bill.", relevant=True, title_tells=False
        ),
        Item(id="4", title="AI sings", text="", relevant=True),
    ]
    figures = measure(Program.load(), unweighted, sample, "title")
    assert (figures.ours.right, figures.ours.missed) == (1, 1)
    assert [mistake.partition(",")[0] for mistake in figures.mistakes] == ["0.00"]


def test_lexicons_without_weights_want_both_sides(unweighted: Unweighted) -> None:
    assert unweighted.find("Senators ask about chatbots", "")
    assert not unweighted.find("Chatbots sing", "")


def test_an_ablation_loses_what_its_part_finds() -> None:
    topics = load_topics(CONFIG / "topics.yaml")
    sample = [Item(id="1", title="Norway bans AI in class", text="", relevant=True)]
    found = {
        name: count(sample, change(topics), PLAIN, None)[0].right for name, change in PARTS.items()
    }
    assert (found["everything"], found["no acts"], found["no places"]) == (1, 0, 0)
