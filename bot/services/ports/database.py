"""What services ask of the database: transactions."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection


class Database(Protocol):
    """Transactions: each ends with its block, and leaves no trace when that raises."""

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one state of the database."""
        ...

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Commits at its end."""
        ...
