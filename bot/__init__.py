"""policywire alerts chat channels to AI-policy news: one event, one message, and why."""

__version__ = "0.1.0"
