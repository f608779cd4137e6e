"""`deadlines`: what a person types, and the reply as a terminal shows it."""

from tests.support.newsroom import HOME, OTHER, Newsroom

ORDER = "Pentagon orders phase-out of Claude"


async def test_lists_what_is_due_soonest_first_with_its_sentence_and_source(
    room: Newsroom,
) -> None:
    await room.publish(
        "Agency drafts AI rule", text="Comments close on June 3. The rule takes effect on July 1."
    )
    await room.publish(
        "Lab told to sign", outlet="Reuters", text="The lab has until 5:01 p.m. ET on Friday."
    )
    lines = (await room.say("/deadlines")).splitlines()
    assert [line for line in lines if line.startswith("•")] == [
        "• Fri 13 Mar 21:01: The lab has until 5:01 p.m. ET on Friday.",
        "• Wed 3 June 2026: Comments close on June 3.",
        "• Wed 1 July 2026: The rule takes effect on July 1.",
    ]
    assert "Lab told to sign <https://reuters.example/lab-told-to-sign> — Reuters · s2" in lines


async def test_a_date_that_many_reports_name_stands_once(room: Newsroom) -> None:
    first = await room.publish(ORDER, text="Agencies were granted a six-month phase-out.")
    room.pass_time(days=1)
    await room.publish(
        f"{ORDER}, too", outlet="Reuters", story=first, text="They get a six-month phase-out."
    )
    room.pass_time(days=1)
    await room.publish(
        "Memo sets the end", outlet="AP", after=first, text="Use must end by September 9, 2026."
    )
    said = await room.say("/deadlines")
    assert [line for line in said.splitlines() if line.startswith("•")] == [
        "• Wed 9 September 2026: Use must end by September 9, 2026."
    ]


async def test_what_has_passed_is_gone(room: Newsroom) -> None:
    await room.publish("Lab told to sign", text="The lab has until 5:01 p.m. ET on Friday.")
    room.pass_time(days=4, hours=10)
    assert "No tracked story names a date that is still due." in await room.say("/deadlines")


async def test_about_something(room: Newsroom) -> None:
    await room.publish("Rule drafted", about=["openai"], text="Comments close on June 3.")
    await room.publish("Lab told to sign", about=["anthropic"], text="It must sign by April 2.")
    said = await room.say("/deadlines anthropic")
    assert "April 2" in said
    assert "June 3" not in said
    assert "Did you mean: /deadlines Anthropic" in await room.say("/deadlines antropic")


async def test_another_workspaces_feed_names_no_date_here(room: Newsroom) -> None:
    other = await room.workspace(OTHER)
    await room.publish("Private rule", of=other.id, text="Comments close on June 3.")
    assert "June 3" in await room.say("/deadlines", place=OTHER)
    assert "June 3" not in await room.say("/deadlines", place=HOME)


async def test_the_file_has_all_that_the_message_leaves_out(room: Newsroom) -> None:
    for day in range(1, 13):
        await room.publish(f"Rule {day} drafted", text=f"Comments on it close on June {day}.")
    reply = await room.reply("/deadlines count:5")
    (file,) = reply.attachments
    assert file.name == "deadlines.ics"
    assert file.content.count(b"BEGIN:VEVENT") == 12
    assert "… and 7 later dates in the file." in await room.say("/deadlines count:5")


async def test_low_relevance_names_no_date(room: Newsroom) -> None:
    await room.publish("Bake sale", relevance=0.2, text="Stalls open on June 3.")
    assert "June 3" not in await room.say("/deadlines")
