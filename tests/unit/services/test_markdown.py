"""The brief as a file: what a feed wrote shows as it is, and is never structure."""

from datetime import UTC, datetime

import pytest

from bot.services.brief import Brief, Cited, ToldSaga, ToldStory
from bot.services.known import About
from bot.services.markdown import brief_file, link, plain

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Plain words, 5 of them.", "Plain words, 5 of them.", id="plain"),
        pytest.param("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`", id="emphasis"),
        pytest.param("[a](http://x.example)", r"\[a\]\(http\://x.example\)", id="a-link"),
        pytest.param("![a](b)", r"\!\[a\]\(b\)", id="a-picture"),
        pytest.param("<script>&amp;", "&lt;script&gt;&amp;amp;", id="html"),
        pytest.param("see www.x.example", r"see www\.x.example", id="an-autolink"),
        pytest.param("mail a@x.example", r"mail a\@x.example", id="an-address"),
        pytest.param("# heading", r"\# heading", id="a-heading"),
        pytest.param("- item", r"\- item", id="an-item"),
        pytest.param("1. item", r"1\. item", id="a-number"),
        pytest.param("a | b ~~c~~ $d$", r"a \| b \~\~c\~\~ \$d\$", id="dialects"),
        pytest.param("two\n\n# lines\u2028x", r"two \# lines x", id="one-line"),
        pytest.param("back\\slash", r"back\\slash", id="backslash"),
        pytest.param("a\u202eb\x00c", "a b c", id="what-does-not-print"),
    ],
)
def test_text_is_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        pytest.param("https://x.example/a_(b)?q=1&r=2#c", None, id="as-it-is"),
        pytest.param("https://x.example/> <b", "https://x.example/%3E%20%3Cb", id="brackets"),
        pytest.param("https://x.example/\nb", "https://x.example/%0Ab", id="a-break"),
        pytest.param("https://x.example/ü", "https://x.example/%C3%BC", id="letters"),
    ],
)
def test_an_address_stays_inside_its_brackets(url: str, shown: str | None) -> None:
    assert link("NPR", url) == f"[NPR](<{shown or url}>)"


def test_without_an_address_words_are_words() -> None:
    assert link("N*R", None) == r"N\*R"


def story(title: str, sentence: str, label: str = "s1") -> ToldStory:
    cited = Cited(sentence=sentence, outlet="NPR", url="https://npr.example/1", at=NOON)
    return ToldStory(
        label=label,
        title=title,
        url="https://npr.example/1",
        at=NOON,
        outlets="NPR and Reuters",
        origins=2,
        cited=(cited,),
    )


def test_the_file() -> None:
    sagas = (
        ToldSaga(title="The label", stories=(story("A", "It sued."), story("B", "It won.", "s2"))),
        ToldSaga(title="C", stories=(story("C", "# It *passed*.", "s3"),)),
    )
    brief = Brief(
        about=About(),
        since=NOON.replace(day=2),
        until=NOON,
        as_of=True,
        zone="Europe/Berlin",
        sagas=sagas,
        left_out=3,
    )
    assert brief_file(brief).decode() == (
        "# Brief: all AI policy\n\n"
        "From 2 Mar 2026, 13:00 to 9 Mar 2026, 13:00 (Europe/Berlin), as it was known then.\n"
        "Each sentence stands in the report that it links to.\n\n"
        "## The label\n\n"
        "### 9 Mar 2026, 13:00: [A](<https://npr.example/1>)\n\n"
        "- It sued. ([NPR](<https://npr.example/1>), 9 Mar 2026, 13:00)\n\n"
        "Reported by NPR and Reuters, 2 origins · s1\n\n"
        "### 9 Mar 2026, 13:00: [B](<https://npr.example/1>)\n\n"
        "- It won. ([NPR](<https://npr.example/1>), 9 Mar 2026, 13:00)\n\n"
        "Reported by NPR and Reuters, 2 origins · s2\n\n"
        "## 9 Mar 2026, 13:00: [C](<https://npr.example/1>)\n\n"
        "- \\# It \\*passed\\*. ([NPR](<https://npr.example/1>), 9 Mar 2026, 13:00)\n\n"
        "Reported by NPR and Reuters, 2 origins · s3\n\n"
        "3 stories of less weight are left out.\n"
    )
