"""A workspace's own entities in queries: what it added to the catalog acts in its watches alone."""

from collections.abc import Callable, Collection

from bot.model import EntityId, WorkspaceId
from bot.watches.evaluate import own_name
from bot.watches.nodes import And, Node, Not, Or, Tag, all_of, any_of, none_of, tags_of
from bot.watches.query import Query
from bot.watches.stored import read_stored
from bot.watches.typed import WatchSyntaxError


def asks_for_entities(query: Query) -> bool:
    """Whether the query may name an entity."""
    return may_name_entities(query.canonical)


def may_name_entities(query: str) -> bool:
    """The same of a query in canonical form; never false where one is named."""
    return "entity:" in query


def entities_asked(query: str) -> frozenset[EntityId]:
    """The entities that a stored query names; none of one that cannot be read."""
    if not may_name_entities(query):
        return frozenset()
    try:
        root = read_stored(query).root
    except WatchSyntaxError:
        return frozenset()
    return frozenset(EntityId(tag.value) for tag in tags_of(root) if tag.field == "entity")


def for_workspace(query: Query, workspace: WorkspaceId, added: Collection[EntityId]) -> Query:
    """The query as all workspaces' watches are judged at once: an entity that this workspace added
    to is everyone's, or this workspace's own.
    """
    if not asks_for_entities(query):
        return query

    def widened(tag: Tag) -> Node:
        if tag.field != "entity" or EntityId(tag.value) not in added:
            return tag
        return any_of([tag, Tag("entity", own_name(tag.value, workspace), tag.shown)])

    return Query.of(_mapped(query.root, widened))


def _mapped(node: Node, change: Callable[[Tag], Node]) -> Node:
    match node:
        case Tag():
            return change(node)
        case And():
            return all_of([_mapped(child, change) for child in node.nodes])
        case Or():
            return any_of([_mapped(child, change) for child in node.nodes])
        case Not():
            return none_of(_mapped(node.node, change))
        case _:
            return node
