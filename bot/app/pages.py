"""The extractor of articles from their pages: trafilatura, by the extra `fulltext`."""

from importlib import import_module

from bot.errors import ConfigError
from bot.feeds.fulltext import Extract


def page_extractor() -> Extract:
    """Reads a page's article without comments and tables; ConfigError where it is not installed."""
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        raise ConfigError(
            "policywire.toml",
            "fulltext.enabled is true, but its reader is not installed: "
            "pip install 'policywire[fulltext]'",
        ) from None

    def extract(page: bytes) -> str:
        found = trafilatura.extract(
            page, include_comments=False, include_tables=False, favor_precision=True
        )
        return found or ""

    return extract
