"""Every command and button, one file a group; each turns what services answer into Messages."""

from collections.abc import Callable

from bot.chat.commands import (
    brief,
    buttons,
    corrections,
    deadlines,
    entities,
    feeds,
    help,  # noqa: A004 - the command's own name
    imports,
    news,
    orders,
    silence,
    trend,
    watches,
    why,
    workspace,
)
from bot.chat.registry import Registry
from bot.services import Services

GROUPS: tuple[Callable[[Registry[Services]], None], ...] = (
    brief.declare,
    buttons.declare,
    corrections.declare,
    deadlines.declare,
    entities.declare,
    feeds.declare,
    help.declare,
    imports.declare,
    news.declare,
    orders.declare,
    silence.declare,
    trend.declare,
    watches.declare,
    why.declare,
    workspace.declare,
)
"""Each declares its commands; `help` shows them in the registry's order, by name."""


def build() -> Registry[Services]:
    """The registry with every command and button."""
    registry: Registry[Services] = Registry()
    for declare in GROUPS:
        declare(registry)
    return registry
