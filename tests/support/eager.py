"""A clock for which waiting takes no time."""

from datetime import timedelta

from bot.clock import SteppedClock


class Eager(SteppedClock):
    """Sleeping moves it."""

    async def sleep(self, seconds: float) -> None:
        self.advance(timedelta(seconds=seconds))
