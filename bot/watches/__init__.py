"""Watches: a person's saved queries, and all of them held against each article at once."""

from bot.watches.evaluate import GROUP, WatchMatch, matches
from bot.watches.index import WatchIndex
from bot.watches.names import Names
from bot.watches.narrow import Narrowing, indexed, narrow
from bot.watches.own import entities_asked, for_workspace, may_name_entities
from bot.watches.query import Query
from bot.watches.stored import read_stored
from bot.watches.syntax import parse
from bot.watches.trial import BackTest, Trial, back_test
from bot.watches.typed import WatchSyntaxError

__all__ = [
    "GROUP",
    "BackTest",
    "Names",
    "Narrowing",
    "Query",
    "Trial",
    "WatchIndex",
    "WatchMatch",
    "WatchSyntaxError",
    "back_test",
    "entities_asked",
    "for_workspace",
    "indexed",
    "matches",
    "may_name_entities",
    "narrow",
    "parse",
    "read_stored",
]
