"""Pictures of what people see on Discord, for docs/pictures: the real client in a simulated server.

    pip install 'simcord[preview]' && apt-get install chromium
    python -m bench.discord_pictures [--to docs/pictures]

The simulation draws its page on loopback; Chromium, without a window, photographs it.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import simcord
from PIL import Image, ImageChops
from simcord.actors import MemberActor
from simcord.preview import _markdown

from bot.clock import SteppedClock
from bot.store.database import Store
from tests.support.discord.server import Server, client_for, opened
from tests.support.newsroom import NOON
from tests.support.office import Office

_WIDTH, _HEIGHT, _SCALE = 960, 1500, 2
_LEFT, _TOP = 258, 78
"""Where the message begins on the page, after the simulation's own controls."""
_MARGIN, _FAINT = 14, 6
_COLOURS = 96
Scene = Callable[[Server], Awaitable[tuple[Any, MemberActor]]]

RISK = "Pentagon designates Anthropic a supply chain risk over AI red lines"
RISK_TEXT = (
    "The Defense Department named Anthropic a supply chain risk on Friday after the company "
    "declined to drop two limits on the military's use of Claude. Contractors have 180 days to "
    "remove the model from their systems."
)
SUIT = "Anthropic sues to overturn the Pentagon's supply chain designation"
SUIT_TEXT = (
    "The company asked a federal court in California to set the designation aside, calling it "
    "retaliation for protected speech. A hearing on an injunction is set for 24 March."
)


async def _newsroom(server: Server) -> None:
    """A few days of news."""
    publish = server.publish
    await publish("Commerce Department drafts rule on exports of AI chips to the Gulf",
                  outlet="Bloomberg", about=["nvidia"], topics=["export-controls"], relevance=0.82,
                  text="The draft would cap what one buyer may import in a year.")  # fmt: skip
    await publish("European Commission opens consultation on the AI Act's high-risk rules",
                  outlet="Euractiv", topics=["eu-ai-act"], relevance=0.88,
                  text="Comments are open until 30 April.")  # fmt: skip
    server.clock.advance(timedelta(hours=3))
    await publish("OpenAI asks Congress to preempt state laws on artificial intelligence",
                  outlet="Axios", about=["openai"], topics=["preemption"], relevance=0.79,
                  text="The letter names four bills that differ from state to state.")  # fmt: skip
    server.clock.advance(timedelta(hours=2))


async def _dispute(server: Server) -> None:
    """The story that the pictures are about, as it grows, and what follows it."""
    about: dict[str, Any] = {"about": ["anthropic", "department-of-defense", "claude"]}
    about |= {"topics": ["procurement"], "relevance": 0.93}
    story = await server.publish(RISK, outlet="NPR", text=RISK_TEXT, **about)
    await server.deliver()
    for outlet in ("Reuters", "Associated Press", "Axios"):
        server.clock.advance(timedelta(minutes=4))
        await server.publish(RISK, outlet=outlet, text=RISK_TEXT, story=story, **about)
        await server.deliver()
    server.clock.advance(timedelta(hours=20))
    suit = await server.publish(SUIT, outlet="NPR", text=SUIT_TEXT, after=story, **about)
    await server.deliver()
    for outlet in ("Reuters", "Politico"):
        server.clock.advance(timedelta(minutes=4))
        await server.publish(SUIT, outlet=outlet, text=SUIT_TEXT, story=suit, **about)
        await server.deliver()


async def alert(server: Server) -> tuple[Any, MemberActor]:
    """A development's alert, with a way to the one before."""
    await server.manager.slash(server.policy, "subscribe", to="anthropic")
    await _dispute(server)
    return server.policy.last_message, server.reader


async def latest(server: Server) -> tuple[Any, MemberActor]:
    """What `/latest` answers."""
    await _newsroom(server)
    await _dispute(server)
    return await server.reader.slash(server.policy, "latest"), server.reader


async def digest(server: Server) -> tuple[Any, MemberActor]:
    """A daily digest, by sagas."""
    await server.manager.slash(server.policy, "subscribe", to="all", mode="daily", at="08:00")
    await _newsroom(server)
    await _dispute(server)
    await server.digest(timedelta(days=1))
    await server.deliver()
    return server.policy.last_message, server.reader


async def refusal(server: Server) -> tuple[Any, MemberActor]:
    """A channel in which the bot may not post."""
    closed = server.channel("announcements", send_messages=False, embed_links=False)
    reply = await server.manager.slash(server.policy, "subscribe", to="all", channel=closed)
    return reply, server.manager


async def why(server: Server) -> tuple[Any, MemberActor]:
    """What the button answers."""
    message, reader = await alert(server)
    return await reader.click(message, label="Why"), reader


SCENES: dict[str, Scene] = {
    "alert": alert, "latest": latest, "digest": digest, "refusal": refusal, "why": why,
}  # fmt: skip


async def photograph(name: str, to: Path, chromium: str) -> None:
    """Play a scene and keep its picture."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'scene.db'}")
        clock = SteppedClock(NOON)
        office = Office(store, clock.now())
        client = client_for(office, clock)
        async with simcord.run(client) as env:
            env.backend.bot_user.name = "policywire"
            server = await opened(env, client, office, clock)
            shown, viewer = await SCENES[name](server)
            async with env.preview(server.policy, viewers=[viewer], width=_WIDTH) as preview:
                await preview.show(shown)
                raw = Path(folder) / "raw.png"
                await _screenshot(chromium, preview.url, raw, Path(folder))
                _keep(raw, to / f"discord-{name}.png")
        await store.close()
    print(f"{to / f'discord-{name}.png'}")


async def _screenshot(chromium: str, url: str, to: Path, home: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        chromium,
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        f"--force-device-scale-factor={_SCALE}",
        f"--window-size={_WIDTH},{_HEIGHT}",
        f"--user-data-dir={home / 'chromium'}",
        "--virtual-time-budget=20000",
        f"--screenshot={to}",
        url,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(90):
        if await process.wait():
            raise SystemExit(f"{chromium} failed with status {process.returncode}")


def _keep(raw: Path, to: Path) -> None:
    """Cut to the message, and keep it small."""
    with Image.open(raw) as whole:
        page = whole.convert("RGB").crop((_LEFT * _SCALE, _TOP * _SCALE, *whole.size))
    ground = Image.new("RGB", page.size, page.getpixel((page.width - 1, page.height - 1)))
    drawn = ImageChops.difference(page, ground).convert("L").point(lambda level: level > _FAINT)
    box = drawn.getbbox()
    if box is None:
        raise SystemExit("The page is empty.")
    margin = _MARGIN * _SCALE
    left, top = (max(edge - margin, 0) for edge in box[:2])
    right, bottom = (edge + margin for edge in box[2:])
    message = page.crop((left, top, min(right, page.width), min(bottom, page.height)))
    to.parent.mkdir(parents=True, exist_ok=True)
    message.quantize(_COLOURS).save(to, optimize=True)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("scenes", nargs="*", help="which ones; all unless named")
    asked = parser.parse_args()
    # Discord draws small text in embeds, as bots use it; the simulation shows its mark instead.
    for place in ("embed_description", "embed_field_value"):
        _markdown._FIELD_POLICIES[place]["subtext"] = True  # noqa: SLF001
    for name in asked.scenes or SCENES:
        asyncio.run(photograph(name, asked.to, asked.chromium))


if __name__ == "__main__":
    main()
