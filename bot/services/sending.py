"""The port to a chat platform under the services' roof: what a platform's sender implements."""

from bot.alerts.senders import Limits, Posted, Sender

__all__ = ["Limits", "Posted", "Sender"]
