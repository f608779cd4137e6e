"""Stories: which articles report one event, who is behind them, and what is shown of it."""

from bot.stories.clustering import (
    SAGA_RELEVANCE,
    SAGA_WINDOW,
    STORY_WINDOW,
    Assignment,
    Batch,
    Clusterer,
)
from bot.stories.origins import origins
from bot.stories.present import Presented, best_report, is_corrected, present
from bot.stories.similarity import Learned, Similarity, Thresholds
from bot.stories.summary import Extractive, Summariser
from bot.stories.weights import load_weights

__all__ = [
    "SAGA_RELEVANCE",
    "SAGA_WINDOW",
    "STORY_WINDOW",
    "Assignment",
    "Batch",
    "Clusterer",
    "Extractive",
    "Learned",
    "Presented",
    "Similarity",
    "Summariser",
    "Thresholds",
    "best_report",
    "is_corrected",
    "load_weights",
    "origins",
    "present",
]
