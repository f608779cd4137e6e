"""The feeds that a workspace has of its own: tried, added, listed, taken in and given out."""
