"""Feeds: fetched with manners, read, told apart, and asked again at the right time."""
