"""Seed article to proposed entities, by rules and lists alone."""

from bot.entities.extract.extraction import extract
from bot.entities.extract.page import from_html, read_document
from bot.entities.extract.values import Extracted, Money, Page, Proposal, to_json

__all__ = [
    "Extracted",
    "Money",
    "Page",
    "Proposal",
    "extract",
    "from_html",
    "read_document",
    "to_json",
]
