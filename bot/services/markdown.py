"""A brief as a Markdown file; what a feed wrote stays plain characters in it."""

import re
from datetime import datetime, tzinfo
from urllib.parse import quote

from bot.alerts.quiet import zone_of
from bot.services.brief import Brief, Cited, ToldSaga, ToldStory
from bot.services.claims import ClaimLine, DisputeLine

NAME = "brief.md"
# Everything that CommonMark or its dialects read as structure inside a line.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~^$=@])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_AUTOLINKS = re.compile(r"(?i)(www)\.|(https?|ftp|mailto|xmpp):")
_OPENS_A_LIST = re.compile(r"^(\s*)(?:([-•])|(\d+)([.)]))(?=\s|$)")


def plain(text: str) -> str:
    """Text as one line of Markdown that shows exactly its characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = "".join(_ENTITIES.get(char, char) for char in line)
    line = _SPECIAL.sub(r"\\\1", line)
    line = _AUTOLINKS.sub(lambda m: f"{m[1]}\\." if m[1] else f"{m[2]}\\:", line)
    return _OPENS_A_LIST.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", line)


def link(words: str, url: str | None) -> str:
    """The words as a link, where there is an address."""
    if url is None:
        return plain(words)
    # Inside <…> an address ends only at a break or an angle bracket: those are percent-encoded.
    address = quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
    return f"[{plain(words)}](<{address}>)"


def brief_file(brief: Brief) -> bytes:
    """The whole brief, times in its zone."""
    zone = zone_of(brief.zone)
    known = ", as it was known then" if brief.as_of else ""
    lines = [
        f"# Brief: {plain(brief.about.name)}",
        "",
        f"From {_moment(brief.since, zone)} to {_moment(brief.until, zone)} "
        f"({plain(brief.zone)}){known}.",
        "Each sentence stands in the report that it links to.",
        "",
    ]
    for saga in brief.sagas:
        lines += _saga(saga, zone)
    if not brief.sagas:
        lines += ["No story was found.", ""]
    if brief.left_out:
        lines += [f"{brief.left_out:,} stories of less weight are left out.", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _saga(saga: ToldSaga, zone: tzinfo) -> list[str]:
    if len(saga.stories) == 1:
        return _story(saga.stories[0], zone, level=2)
    lines = [f"## {plain(saga.title)}", ""]
    for story in saga.stories:
        lines += _story(story, zone, level=3)
    return lines


def _story(story: ToldStory, zone: tzinfo, *, level: int) -> list[str]:
    origins = f", {story.origins:,} origins" if story.origins > 1 else ""
    return [
        f"{'#' * level} {_moment(story.at, zone)}: {link(story.title, story.url)}",
        "",
        *(_sentence(cited, zone) for cited in story.cited),
        *(_dispute(dispute) for dispute in story.disputes),
        "",
        f"Reported by {plain(story.outlets)}{origins} · {story.label}",
        "",
    ]


def _sentence(cited: Cited, zone: tzinfo) -> str:
    return f"- {plain(cited.sentence)} ({link(cited.outlet, cited.url)}, {_moment(cited.at, zone)})"


def _dispute(dispute: DisputeLine) -> str:
    about = f" on {plain(dispute.about)}" if dispute.about else ""
    return f"- Reports differ{about}: {', '.join(_side(side) for side in dispute.sides)}"


def _side(side: ClaimLine) -> str:
    first, *more = side.printed
    others = f" and {len(more)} more" if more else ""
    return f"{plain(side.said)} ({link(first.outlet, first.url)}{others})"


def _moment(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"
