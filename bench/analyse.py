"""What `policywire analyse` costs: start, streaming, processor time an article, 2,000 titles.

    python -m bench.analyse [--articles 3000]

The articles are those of the sample wire, repeated day after day with new names and figures, so
that each is another event in the same words. The command runs in a process of its own and is asked
through pipes; its processor time is the operating system's count. No rival does the same work: the
aims are 1.5 s to the first line, and 3 ms of processor time an article.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bench.prose import name
from bot.demo.files import load
from bot.settings import bundled
from bot.text.html import html_to_text

COMMAND = (sys.executable, "-m", "bot", "analyse")
TITLES = 2_000
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][a-z]{3,}\b")
_FIGURE = re.compile(r"\b[1-9]\d{0,2}\b")


def articles(count: int) -> Iterator[dict[str, str]]:
    """The sample wire again and again in order of time, with a third of its names changed."""
    wire = load(bundled("seeds") / "2026-02-anthropic-pentagon" / "wire")
    items = sorted(wire.items, key=lambda item: (item.published, item.id))
    period = wire.ends - wire.starts
    for number in range(count):
        turn, place = divmod(number, len(items))
        item = items[place]
        now = item.revisions[0]
        text = html_to_text("\n".join(now.paragraphs))
        yield {
            "id": f"{item.id}/{turn}",
            "title": _varied(now.title, turn),
            "text": _varied(text, turn),
            "url": f"{item.outlet.site}{item.path}/{turn}",
            "outlet": item.outlet.name,
            "published": (item.published + turn * (period + timedelta(days=1))).isoformat(),
        }


def _varied(text: str, turn: int) -> str:
    """The text with every third name and all small figures changed; as it is in the first turn."""
    if not turn:
        return text

    def renamed(match: re.Match[str]) -> str:
        chance = random.Random(f"{match[0]} {turn}")
        return name(chance) if chance.random() < 1 / 3 else match[0]

    def refigured(match: re.Match[str]) -> str:
        return str(random.Random(f"{match[0]} {turn}").randint(1, 999))

    return _FIGURE.sub(refigured, _NAME.sub(renamed, text))


def first_line(line: str) -> tuple[float, bool]:
    """Seconds until the first finding is written, and whether that was before the input ended."""
    began = time.perf_counter()
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        found = process.stdout.readline()
        spent = time.perf_counter() - began
        streams = bool(found) and process.poll() is None
        process.stdin.close()
    return spent, streams


def whole(lines: Sequence[str]) -> tuple[float, float]:
    """Seconds of time and of the command's processor for these lines, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    found = subprocess.run(
        COMMAND, input="".join(lines), capture_output=True, text=True, encoding="utf-8", check=True
    )
    spent = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found.stdout.count("\n") != len(lines):
        raise ValueError(f"{len(lines)} lines in, {found.stdout.count(chr(10))} out")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, cpu


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=3_000)
    asked = parser.parse_args()
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in articles(asked.articles)]
    titles = [
        json.dumps({"id": one["id"], "title": one["title"]}) + "\n" for one in articles(TITLES)
    ]
    starts = [first_line(lines[0]) for _ in range(3)]
    streams = all(streamed for _, streamed in starts)
    start = min(seconds for seconds, _ in starts)
    print(f"first line after {start:.2f} s, {'before' if streams else 'AFTER'} the input ends")
    _, idle = whole(lines[:1])
    wall, cpu = whole(lines)
    a_line = sum(map(len, lines)) / len(lines)
    print(
        f"{len(lines)} articles of {a_line:.0f} characters: {len(lines) / (wall - start):.0f} a "
        f"second, {1000 * (cpu - idle) / len(lines):.2f} ms of processor time each; "
        f"{wall:.1f} s in all on {os.cpu_count()} processors"
    )
    wall, cpu = whole(titles)
    print(f"{TITLES} titles: {wall:.1f} s, {cpu:.1f} s of processor time, start included")


if __name__ == "__main__":
    main()
