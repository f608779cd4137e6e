"""Summaries by a language model: what it is asked, and the guard that its answer must pass."""

from bot.stories.retelling.guard import Refused, accepted
from bot.stories.retelling.prompt import INSTRUCTIONS, material

__all__ = ["INSTRUCTIONS", "Refused", "accepted", "material"]
