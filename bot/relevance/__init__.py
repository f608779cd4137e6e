"""Whether an article is about AI policy, and why."""

from bot.relevance.learned import Learned, load_learned
from bot.relevance.score import THRESHOLD, Experience, Relevance, Score
from bot.relevance.topics import Topic, Topics, load_topics

__all__ = [
    "THRESHOLD",
    "Experience",
    "Learned",
    "Relevance",
    "Score",
    "Topic",
    "Topics",
    "load_learned",
    "load_topics",
]
