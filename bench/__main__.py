"""Everything that is measured, one after the other, each in a process of its own.

    python -m bench [--full]                            speed and memory
    python -m bench --quality [--data ../shared/data]   quality, on development data where it is

The short forms take under four minutes together; `--full` takes the sizes that
docs/measurements.md reports. What a machine does besides is in the figures: its load is said first.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One program under `bench` and what it is asked; `full` are its arguments for `--full`.

    `needs` is a folder without which it measures nothing.
    """

    title: str
    module: str
    arguments: Sequence[str] = ()
    full: Sequence[str] = ()
    needs: Path | None = None


SPEED = (
    Part(
        title="Fetching alone: our fetcher against a bare aiohttp loop",
        module="feeds_poll",
        arguments=("--rounds", "3"),
    ),
    Part(
        title="The whole line against a bare aiohttp loop",
        module="feeds_line",
        arguments=("--feeds", "250"),
        full=("--feeds", "1000"),
    ),
    Part(
        title="`policywire analyse`",
        module="analyse",
        arguments=("--articles", "1500"),
        full=("--articles", "3000"),
    ),
    Part(
        title="Scanning, recognition and relevance, against one regular expression",
        module="recognition",
        arguments=("--names", "20000", "--small", "500"),
        full=("--names", "100000"),
    ),
    Part(
        title="Watches: the index against each by itself",
        module="watches",
        arguments=("--sizes", "100", "10000"),
        full=("--sizes", "100", "10000", "100000"),
    ),
    Part(
        title="Joining an article to one of 10,000 live stories",
        module="clusters",
        arguments=("--speed",),
    ),
    Part(
        title="Slack: from the poll that brings an entry to its message",
        module="slack_latency",
        arguments=("--rounds", "5"),
        full=("--rounds", "30"),
    ),
    Part(
        title="Slack: acknowledging commands while polling feeds",
        module="slack_ack",
        arguments=("--seconds", "10", "--feeds", "250"),
        full=("--seconds", "60", "--feeds", "500"),
    ),
    Part(
        title="Slack: a flood of alerts under its limits",
        module="slack_flood",
        arguments=("--channels", "20"),
        full=("--channels", "100"),
    ),
    Part(
        title="From a feed's entry to the message on Discord",
        module="discord_latency",
        arguments=("--entries", "10"),
        full=("--entries", "30"),
    ),
    Part(
        title="A flood of alerts under Discord's limits, against the floor that they set",
        module="discord_flood",
        arguments=("--channels", "40"),
        full=("--channels", "1000"),
    ),
)


def quality(data: Path) -> list[Part]:
    """What is measured of quality, our own labels first."""
    at = ("--data", str(data))
    known = at if data.is_dir() else ()
    return [
        Part(
            title="Recognition and relevance, against labels",
            module="quality.recognition",
            arguments=(*at, "--figures"),
        ),
        Part(
            title="Relevance: AI policy told from other news, against labels",
            module="quality.relevance",
            arguments=at,
        ),
        Part(
            title="Relevance: what each of its parts is worth",
            module="quality.ablation",
            arguments=at,
        ),
        Part(
            title="Entities proposed from a seed article, against labels",
            module="quality.extraction",
        ),
        Part(
            title="Stories: which articles are joined, against labelled events",
            module="clusters",
            arguments=known,
        ),
        Part(
            title="Stories: which earlier story a new one is said to follow",
            module="developments",
        ),
        Part(
            title="Summaries: faithfulness and coverage",
            module="summaries",
            arguments=known,
        ),
        Part(
            title="Deadlines: dates that are due, against labelled sentences",
            module="quality.deadlines",
        ),
        Part(
            title="Reading whole corpora of feed documents, against feedparser alone",
            module="feeds_corpora",
            arguments=at,
            needs=data,
        ),
        Part(
            title="Replay of real feeds: missed and doubled articles",
            module="replay",
            arguments=(str(data / "feeds-ailabs-replay"),),
            needs=data / "feeds-ailabs-replay",
        ),
    ]


def run(part: Part, *, full: bool) -> bool:
    """Run one part and let it print; whether nothing went wrong."""
    print(f"\n== {part.title}", flush=True)
    if importlib.util.find_spec(f"bench.{part.module}") is None:
        print(f"bench.{part.module} is not there: skipped")
        return True
    if part.needs is not None and not part.needs.is_dir():
        print(f"No data in {part.needs}: skipped")
        return True
    arguments = part.full if full and part.full else part.arguments
    print(f"   python -m bench.{part.module} {' '.join(arguments)}", flush=True)
    began = time.perf_counter()
    done = subprocess.run((sys.executable, "-m", f"bench.{part.module}", *arguments), check=False)
    print(f"   ({time.perf_counter() - began:.0f} s)", flush=True)
    if done.returncode:
        print(f"bench.{part.module} failed with status {done.returncode}", file=sys.stderr)
    return not done.returncode


def main() -> int:
    """Run what the arguments ask for; 1 where a part failed."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--quality", action="store_true", help="quality instead of speed")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--full", action="store_true", help="the sizes of docs/measurements.md")
    asked = parser.parse_args()
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    print(
        f"Python {sys.version.partition(' ')[0]}, {os.cpu_count()} processors, load before "
        f"(1, 5, 15 minutes): {load}"
    )
    parts = quality(asked.data) if asked.quality else SPEED
    failed = sum(not run(part, full=asked.full) for part in parts)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
