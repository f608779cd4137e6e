from tests.support.newsroom import migrated, room

__all__ = ["migrated", "room"]
