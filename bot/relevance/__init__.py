"""Whether an article is about AI policy, and why."""

from bot.relevance.score import THRESHOLD, Relevance, Score
from bot.relevance.topics import Topic, Topics, load_topics

__all__ = ["THRESHOLD", "Relevance", "Score", "Topic", "Topics", "load_topics"]
