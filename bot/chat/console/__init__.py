"""The terminal as a chat platform: it shows messages, takes typed commands, and posts alerts."""
