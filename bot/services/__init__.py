"""What chat, command line and web ask for: questions answered, orders taken; no platform, no SQL.

Services give back values and raise UsageError, NotFound or NotAllowed with words for the person.
Whoever asks, a workspace sees shared articles and those of its own feeds, and only its own orders.
"""

from dataclasses import dataclass

from bot.services.news import News
from bot.services.orders import Orders
from bot.services.pressed import Pressed
from bot.services.silence import Silence
from bot.services.why import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All services, one field a subject; `bot.app` makes it, commands and buttons use it."""

    news: News
    why: Why
    orders: Orders
    silence: Silence
    alerts: Pressed
    """The buttons of alerts."""
