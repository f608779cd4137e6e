"""Who and what is tracked, and where a text names it."""

from bot.entities.catalog import Catalog, load_catalog
from bot.entities.recogniser import Recogniser

__all__ = ["Catalog", "Recogniser", "load_catalog"]
