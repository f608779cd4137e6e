"""Slack as a chat platform: blocks, the sender, and the app that answers a workspace's people."""

PLATFORM = "slack"
"""The name that Slack's workspaces and destinations bear."""
COMMAND = "/policywire"
"""The one slash command; its text is a command of the registry."""
