"""Dated commitments in a text: by when something is due, begins, ends or is to be heard.

    sentence ─▶ dates: every day that it names ──▶ cues: is that day still to come? ─┐
             └▶ terms: “six-month phase-out”, counted from publication ──────────────┴▶ reading

Nothing here knows a story: a text and when and where it was published go in, days come out.
"""

from bot.stories.deadlines.reading import in_sentence, read_deadlines

__all__ = ["in_sentence", "read_deadlines"]
