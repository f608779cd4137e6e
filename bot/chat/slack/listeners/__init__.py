"""One file a kind of request; each registers what answers it."""

from slack_bolt.async_app import AsyncApp

from bot.chat.slack.desk import Desk
from bot.chat.slack.listeners import buttons, commands, events, home, modals


def register(app: AsyncApp, desk: Desk) -> None:
    """Answer everything that people type, press, pick and open."""
    for part in (commands, buttons, modals, home, events):
        part.register(app, desk)
