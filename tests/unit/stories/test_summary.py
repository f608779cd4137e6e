"""Summaries never invent, never come empty, and can be read alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.summary import MOST_CHARACTERS, Extractive

TITLE = "Calder council bans face scans"
LEAD = "Council members in Calder voted 9-4 on Tuesday to forbid face recognition on city buses."
NEXT = "Mayor Ines Quarles has ten days to sign the ordinance or veto it."


def summarise(*parts: str, title: str = TITLE) -> tuple[str, ...]:
    return Extractive().summarise(title, " ".join(parts))


def test_takes_the_sentences_that_say_most() -> None:
    assert summarise(LEAD, NEXT) == (LEAD, NEXT)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("“We have won the fight over face scans in Calder.”", id="no-speaker"),
        pytest.param("“Riders won the face fight, said the council in Calder.", id="cut-quotation"),
        pytest.param("Calder council bans face scans.", id="repeats-the-title"),
        pytest.param("Updated 7:03 PM", id="updated"),
        pytest.param("Subscribe to our Calder council newsletter today.", id="subscribe"),
        pytest.param("Photo: a Calder council bus with face scans", id="photo"),
        pytest.param("By Ada Crane and Luis Orr", id="byline"),
        pytest.param("Will the Calder council ban face scans on more buses?", id="question"),
        pytest.param("The council of Calder banned face scans and then…", id="cut-off"),
        pytest.param("‘Face scans in Calder are over, said the council member.", id="cut-single"),
        pytest.param("“Face scans on Calder buses are over for good,” he said.", id="only-he"),
        pytest.param("[Face scans on Calder buses are banned by the council.", id="bracket"),
        pytest.param("Mayor Quarles wrote on X on Jan. 10 about Calder buses.", id="says-what"),
        pytest.param("Let us know what you think of face scans in Calder!", id="appeal"),
        pytest.param("Ada Crane contributed reporting on Calder face scans.", id="contributed"),
        pytest.param("(Reporting by Ada Crane on face scans in Calder)", id="reporting-by"),
        pytest.param("Disclosure: our owner sells face scans to Calder.", id="disclosure"),
        pytest.param("[video-player id=”calder-face-scans-council”]", id="shortcode"),
    ],
)
def test_is_not_chosen_where_another_will_do(bad: str) -> None:
    for text in (f"{bad}\n\n{LEAD}", f"{LEAD}\n\n{bad}"):
        assert Extractive().summarise(TITLE, text) == (LEAD,)


@pytest.mark.parametrize(
    "back",
    [
        pytest.param("It ends a year of face scans on Calder buses.", id="pronoun"),
        pytest.param("The company fears for its contract with Calder buses.", id="bare-company"),
        pytest.param("The move ends a year of face scans on Calder buses.", id="bare-move"),
        pytest.param("The decision was hailed by riders of Calder buses.", id="bare-decision"),
        pytest.param("But riders in Calder had asked for face scans to end.", id="but"),
        pytest.param("Many were hailed by riders of Calder buses.", id="many"),
        pytest.param("In July, after a test, it put face scans on Calder buses.", id="it-later"),
        pytest.param("Riders cheered.", id="says-little"),
    ],
)
def test_what_looks_back_is_told_only_after_what_it_looks_back_at(back: str) -> None:
    assert summarise(f"{back}\n\n{LEAD}") == (LEAD,)
    assert summarise(LEAD, back, NEXT) == (LEAD, NEXT)
    assert summarise(LEAD, back) == (LEAD, back)


@pytest.mark.parametrize(
    "back",
    [
        pytest.param("She has ten days to sign the ordinance or veto it.", id="nobody-named"),
        pytest.param("You can read the ordinance of Calder in its library.", id="no-third-person"),
        pytest.param("It was a vote on face scans.", id="adds-nothing"),
    ],
)
def test_what_finds_nothing_to_look_back_at_is_left_out(back: str) -> None:
    assert summarise(LEAD, back) == (LEAD,)


@pytest.mark.parametrize(
    ("title", "back", "is_told"),
    [
        pytest.param("Calder takes a vote on its cameras", "The vote was 10-3.", True, id="named"),
        pytest.param("Calder turns its cameras off", "The vote was 10-3.", False, id="unnamed"),
        pytest.param("Calder names a company", "The news was told to 10 riders.", False, id="news"),
    ],
)
def test_what_the_title_names_is_no_riddle(title: str, back: str, is_told: bool) -> None:
    text = f"{back} Riders of its buses asked for that in June."
    assert (Extractive().summarise(title, text)[0] == back) is is_told


def test_the_lead_that_retells_the_title_comes_before_a_longer_sentence() -> None:
    lead = (
        "The council of Calder voted on Tuesday night, as had been expected by most who were there"
        " to see it, to ban what are called face scans on all of its buses and trams."
    )
    more = (
        "Mayor Ines Quarles called 212 cameras in Lorain and Ellery a fair price for safety at"
        " night and has ten days to sign or veto it, her office told the Courier of Calder."
    )
    assert summarise(lead, more, *["Riders of old buses cheered it aloud."] * 9)[0] == lead


def test_that_nobody_answered_is_no_news() -> None:
    silent = "Veridane did not immediately respond to questions about Calder buses."
    assert summarise(LEAD, silent, NEXT) == (LEAD, NEXT)


def test_where_every_sentence_looks_back_they_keep_together() -> None:
    vote = "The vote was 10-3 on Tuesday."
    assert summarise(vote, "It overturns the veto of Ines Quarles.")[0] == vote
    assert len(summarise(vote, "It overturns the veto of Ines Quarles.")) == 2


@pytest.mark.parametrize(
    "counted",
    ["Many riders of Calder buses cheered on Tuesday.", "One Calder bus kept its camera."],
)
def test_a_number_of_things_is_no_reference(counted: str) -> None:
    assert summarise(counted) == (counted,)
    assert summarise("It went well.", counted) == (counted,)


@pytest.mark.parametrize(
    "only",
    [
        pytest.param("She signed it.", id="pronoun"),
        pytest.param("Calder council bans face scans", id="the-title-itself"),
        pytest.param("By Ada Crane", id="byline"),
        pytest.param("Subscribe to our newsletter", id="appeal"),
        pytest.param("word", id="one-word"),
        pytest.param("…", id="a-mark"),
        pytest.param("• One\n• Two\n• Three", id="a-list"),
        pytest.param("COUNCIL BANS FACE SCANS ON ALL BUSES.", id="all-capitals"),
        pytest.param("これは日本語の文章です。", id="japanese"),
        pytest.param("A. I.", id="initials"),
    ],
)
def test_is_never_empty_where_text_was_given(only: str) -> None:
    found = Extractive().summarise(TITLE, only)
    assert found
    assert all(sentence in only for sentence in found)


def test_of_a_list_of_links_the_longest_words_remain() -> None:
    text = (
        "Read more\nhttps://a.example/1\nMore: Calder bans scans\nhttps://a.example/2222222222222"
    )
    assert Extractive().summarise(TITLE, text) == ("More: Calder bans scans",)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param(
            "BERLIN (dpa) – Der Stadtrat von Calder verbietet Gesichtsscans in Bussen. Er tagte.",
            "Der Stadtrat von Calder verbietet Gesichtsscans in Bussen.",
            id="german",
        ),
        pytest.param(
            "加尔德市议会周二投票禁止公交车上的人脸识别。市长有十天时间签署。",
            "加尔德市议会周二投票禁止公交车上的人脸识别。",
            id="chinese",
        ),
        pytest.param(
            "Am 3. Februar verbot der Stadtrat von Calder Gesichtsscans. Er zahlt 5 Mio. Euro.",
            "Am 3. Februar verbot der Stadtrat von Calder Gesichtsscans.",
            id="german-ordinal",
        ),
        pytest.param(
            "Le conseil de Calder a voté le 3 févr. 2026 contre la reconnaissance faciale. Fin.",
            "Le conseil de Calder a voté le 3 févr. 2026 contre la reconnaissance faciale.",
            id="french",
        ),
        pytest.param(
            "حظر مجلس مدينة كالدر التعرف على الوجه في الحافلات. أمام رئيسة البلدية عشرة أيام.",
            "حظر مجلس مدينة كالدر التعرف على الوجه في الحافلات.",
            id="arabic",
        ),
        pytest.param(
            "カルダー市議会は市営バスでの顔認識を禁止する条例を可決した。市長は署名する。",
            "カルダー市議会は市営バスでの顔認識を禁止する条例を可決した。",
            id="japanese",
        ),
    ],
)
def test_another_language_is_not_garbled(text: str, first: str) -> None:
    assert Extractive().summarise(TITLE, text)[0] == first


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_no_text_no_summary(text: str) -> None:
    assert Extractive().summarise(TITLE, text) == ()


def test_a_single_longer_sentence_is_cut_at_a_word() -> None:
    text = "Riders of " + "very " * 100 + "old buses cheered."
    [cut] = Extractive().summarise(TITLE, text)
    assert cut.endswith("very…")
    assert len(cut) <= MOST_CHARACTERS
    assert text.startswith(cut[:-1])


def test_a_text_without_spaces_is_cut_where_it_must() -> None:
    [cut] = Extractive().summarise(TITLE, "文" * 5_000)
    assert cut == "文" * (MOST_CHARACTERS - 1) + "…"


def test_a_short_good_sentence_beats_a_long_cut_one() -> None:
    long = "Riders of " + "very " * 100 + "old Calder buses cheered."
    assert summarise(long, LEAD) == (LEAD,)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("CALDER (Northern Wire) — ", id="place-and-wire"),
        pytest.param("CALDER, Feb. 3 — ", id="place-and-day"),
        pytest.param("Posted: Feb 3, 2026 5:50 PM Updated: Feb 4, 2026 7:03 AM ", id="stamps"),
        pytest.param(f"{TITLE} ", id="the-title"),
        pytest.param(f"{TITLE}\nUpdated 7:03 PM ", id="title-and-stamp"),
    ],
)
def test_what_runs_into_the_lead_falls_away(before: str) -> None:
    assert summarise(f"{before}{LEAD}") == (LEAD,)


def test_a_credit_takes_its_caption_with_it() -> None:
    caption = "A bus with face scans waits at the council hall of Calder in February."
    assert summarise(caption, "| Ada Crane / The Courier The hall is old.", LEAD) == (LEAD,)


def test_a_lead_that_was_wrapped_is_one_sentence() -> None:
    wrapped = LEAD.replace(" Tuesday to", " Tuesday to\n")
    body = "\n".join(
        ["Riders of the line had asked for it since the spring of last year,", "and"] * 3
    )
    [found] = Extractive().summarise(TITLE, f"{wrapped} {body} so on.")[:1]
    assert found in wrapped


def test_a_quotation_keeps_its_speaker() -> None:
    said = "“A pause is not a prohibition, and Calder needs both,” Mayor Ines Quarles said."
    assert said in summarise(LEAD, said)


def test_a_heading_is_no_part_of_the_sentence_below() -> None:
    assert Extractive().summarise(TITLE, f"What was decided\n{LEAD}") == (LEAD,)


def test_two_megabytes_are_read_no_further_than_their_top() -> None:
    begun = time.process_time()
    assert Extractive().summarise(TITLE, f"{LEAD} " + "Filler follows here. " * 100_000)[0] == LEAD
    assert time.process_time() - begun < 0.5


_WORDS = st.sampled_from(
    ["He", "Calder", "said", "“no", "no”", "$2", "U.S.", "p.m.", "…", "\n\n", "a", "bans.", "It?",
     "By", "Photo:", "x" * 90, "\ud800", "(AP)", "—", "é"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=60))
def test_every_sentence_stands_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = Extractive().summarise(TITLE, text)
    assert len(found) <= 2
    assert bool(found) == bool(text.strip())
    assert len(" ".join(found)) <= MOST_CHARACTERS
    for sentence in found:
        assert sentence in text or sentence.removesuffix("…") in text
    assert found == Extractive().summarise(TITLE, text)
