from tests.support.databases import (
    dialect,
    empty_url,
    postgres_server,
    sqlite_store,
    store,
    store_url,
)

__all__ = ["dialect", "empty_url", "postgres_server", "sqlite_store", "store", "store_url"]
