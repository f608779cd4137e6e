"""Which of an entry's dates to believe: feeds state wrong, future, ancient and no dates."""

from datetime import UTC, datetime, timedelta

from bot.model import Entry, Published

BEFORE_LAST_POLL = timedelta(days=7)
"""An entry that turns up now but is dated further before the last good poll is misdated."""
AHEAD = timedelta(hours=1)
"""How far clocks of publishers may run ahead of ours."""
WEB_BEGAN = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed entry is older; zeros and epochs are."""


def published(entry: Entry, now: datetime, last_good_poll: datetime | None) -> Published:
    """When the entry counts as published: a stated date where plausible, else the last good poll.

    On a feed's first poll (`last_good_poll` is None) any date of the web's age is plausible, since
    a backlog is as old as it says; without one the entry counts as published `now`.
    """
    earliest = WEB_BEGAN if last_good_poll is None else last_good_poll - BEFORE_LAST_POLL
    for date in (entry.published, entry.updated):
        if date is not None and earliest <= date <= now + AHEAD:
            return Published(at=date, stated=True)
    return Published(at=now if last_good_poll is None else last_good_poll, stated=False)


def age(when: Published, now: datetime) -> timedelta:
    """How old an article is, never less than nothing: a publisher's clock may run ahead."""
    return max(now - when.at, timedelta(0))
