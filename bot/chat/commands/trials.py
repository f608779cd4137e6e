"""What a try on history says: how many, how often, and a few examples with their places."""

from collections.abc import Sequence

from bot.chat.marking import excerpt, title_line
from bot.message import Block, Code, Heading, Item, Line, Link, Listing, TimeStyle, When, paragraph
from bot.model import story_label
from bot.services.history import Example, Tried

_THRESHOLD = Code("relevance>0.5")


def said(tried: Tried, *, what: str = "It") -> list[Block]:
    """The figures in a sentence or two, and up to five examples."""
    blocks: list[Block] = [paragraph(*_figures(tried, what))]
    if not tried.whole:
        blocks.append(
            paragraph("There is more history than was read; only its newest part is counted.")
        )
    if tried.examples:
        blocks += [Heading("Matched, newest first"), examples(tried.examples)]
    return blocks


def with_threshold(tried: Tried) -> list[Block]:
    """What asking for relevance too would leave, where that makes a difference."""
    if tried.all.alerts == tried.relevant.alerts:
        return []
    left = f" would leave {tried.relevant.alerts} of the {_count(tried.all.alerts, 'alert')}."
    return [paragraph("Adding ", _THRESHOLD, left)]


def examples(found: Sequence[Example]) -> Listing:
    """Articles with their matched places, outlet, time and story."""
    return Listing(tuple(_example(one) for one in found))


def _figures(tried: Tried, what: str) -> Line:
    days = "day" if tried.days == 1 else f"{tried.days} days"
    if not tried.matched:
        return (f"{what} would have matched nothing in the last {days}.",)
    back = tried.all
    rate = f"{back.alerts_a_day:.1f}".removesuffix(".0")
    words = (
        f"{what} would have matched {_count(tried.matched, 'article')} in the last {days} and made "
        f"{_count(back.alerts, 'alert')}: {rate} a day"
    )
    if back.busiest is None or back.busiest[1] < 2:
        return (words + ".",)
    day, most = back.busiest
    return (f"{words}, at most {most} on {day.strftime('%a')} {day.day} {day.strftime('%b')}.",)


def _example(one: Example) -> Item:
    article = one.article
    notes: list[Line] = []
    if found := excerpt(article, one.spans):
        notes.append(found)
    label = f" · {story_label(one.story)}" if one.story is not None else ""
    where: Line = (
        f"{article.outlet or 'an unnamed outlet'}, ",
        When(article.published.at, TimeStyle.DATE_TIME),
        f" · relevance {one.relevance:.2f}{label}",
    )
    address = one.url
    notes.append((*where, " · ", Link("read", address)) if address else where)
    return Item(title_line(article, one.spans), tuple(notes))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
