"""What is of the page and not the piece, and where a sentence proper begins."""

import pytest

from bot.text.boilerplate import is_boilerplate, lead_in


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Crane and Luis Orr",
        "By Ada Crane, Courier staff",
        "Updated 7:03 PM",
        "Updated: March 3, 2026",
        "March 3, 2026 4:15 p.m.",
        "Published on Tuesday",
        "Photo: a camera on a bus",
        "Mayor Quarles, pictured here in 2024, with aides.",
        "The mayor in this file photo.",
        "A bus in Calder. (Ada Crane/AP)",
        "Subscribe to our newsletter today.",
        "Sign up for our morning newsletter.",
        "Read more",
        "Read the full story at The Courier.",
        "This story has been updated.",
        "© 2026 The Courier. All rights reserved.",
        "Reporting by Ada Crane; editing by Luis Orr",
        "CALDER (NW) —",
        "https://courier.example/a",
        "* * *",
        "7:03 PM",
        "3 hours ago",
        "5 min read",
        "(Image credit: Ada Crane)",
        "FILE - The mayor at the hall.",
        "toggle caption",
        "[video-player id=4]",
        "| Ada Crane / The Courier",
        "Share on Facebook",
        "Facebook | Twitter | Email",
        "We use cookies to improve this site.",
        "Got a tip? Write to us.",
        "Ada Crane contributed to this report.",
        "The reporter can be reached at ada@courier.example.",
        "The Courier's parent company has filed a lawsuit against Open Lens.",
        "Welcome back to The Bus, our newsletter on transit.",
        "Our Standards: The Wire's principles of trust.",
        "Story continues below advertisement",
        "News, analysis and comment from the Courier, Calder's oldest paper",
        "Enjoy the videos and music you love, with friends.",
        "Follow here for the latest on the vote.",
        "Follow along for live updates.",
    ],
)
def test_boilerplate_is_told(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the company must answer.",
        "News, analysis says, travels faster than its correction.",
        "Follow here the steps of a bill through both chambers.",
        "By a vote of 9 to 4, the council banned the cameras.",
        "From Monday, agencies must list their contracts.",
        "The agency updated its guidance on Tuesday.",
        "The photo shows nothing, the judge wrote.",
        "Reuters first reported the deal.",
        "Subscribers will pay $12 a month.",
        "The terms of the contract bar surveillance.",
        "Registered lobbyists met the senator.",
        "Mayor Ines Quarles vetoed the ordinance.",
        "Video of the hearing was released by the court on Friday.",
        "Share prices of Open Lens fell by 4 percent.",
        "Two hours ago the council met.",
        "Printers of the ballot were paid twice.",
        "Filed in March, the suit names the mayor.",
        "The mayor contributed to the delay, critics say.",
        "Open Lens disclosed the breach on Friday.",
    ],
)
def test_news_is_no_boilerplate(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("WASHINGTON (AP) — ", "Two left.", id="wire"),
        pytest.param("WASHINGTON, Feb 27 (Reuters) - ", "Two left.", id="wire-and-day"),
        pytest.param("Calder, Ohio (AP) -- ", "Two left.", id="small-letters"),
        pytest.param("(Reuters) - ", "Two left.", id="wire-alone"),
        pytest.param("NEW DELHI: ", "Two left.", id="colon"),
        pytest.param("BREAKING: ", "Two left.", id="label"),
        pytest.param("Thu Nov 10, 2011 3:00pm EST ", "Two left.", id="time-stamp"),
        pytest.param("Posted: Sep 27, 2013 5:50 PM Updated: Sep 28, 2013 ", "Two left.", id="two"),
        pytest.param("Updated 7:03 PM ", "Two left.", id="clock"),
        pytest.param(
            "Published 12:17 am, Monday, September 16, 2013 ", "Two left.", id="clock-day"
        ),
        pytest.param("Last updated 13:26 14/09/2013 ", "Two left.", id="day-in-figures"),
        pytest.param("Published on 18th September 2013 ", "Two left.", id="day-first"),
        pytest.param("Posted: Sep 27, 2013 5:50 PM ", "First Solar left.", id="no-zone"),
        pytest.param("", "March 3, 2026 was the day.", id="a-date-of-the-sentence"),
        pytest.param("", "NASA — the agency — is old.", id="a-name-and-an-aside"),
        pytest.param("", "On Friday The Courier asked.", id="a-weekday"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_finds_where_the_sentence_begins(before: str, after: str) -> None:
    assert lead_in(before + after) == len(before)
