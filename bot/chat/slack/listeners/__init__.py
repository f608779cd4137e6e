"""One file a kind of request; each registers what answers it.

Bolt hands every listener the `desk` that the app put into the request's context.
"""

from slack_bolt.async_app import AsyncApp

from bot.chat.slack.listeners import buttons, commands, events, home, modals


def register(app: AsyncApp) -> None:
    """Answer everything that people type, press, pick and open, each at its workspace's desk."""
    for part in (commands, buttons, modals, home, events):
        part.register(app)
