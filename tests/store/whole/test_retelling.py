"""Summaries by a language model on loopback: before the first post, within limits, guarded."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.errors import ConfigError
from tests.support.line import Item
from tests.support.newsroom import shown as text_of
from tests.support.whole import OTHER, Whole, whole

pytest.importorskip("anthropic")
pytest.importorskip("openai")

HOUR = timedelta(hours=1)
NPR = "https://npr.example/feed"
TEXT = (
    "The AI regulation bill will cost chatbot makers $5 million a year, lawmakers said on Monday."
)
RETOLD = "Chatbot makers will pay $5 million a year under the AI regulation bill, lawmakers said."


@dataclass
class Model:
    """A server that answers as both makers' do; what it was asked, and the answer to give."""

    answer: str = RETOLD
    status: int = 200
    slow: bool = False
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        if self.slow:
            await asyncio.Event().wait()
        if self.status != 200:
            return web.json_response({"error": {"message": "overloaded"}}, status=self.status)
        if request.path.endswith("/messages"):
            said = {"content": [{"type": "text", "text": self.answer}], "role": "assistant"}
            usage = {"input_tokens": 1, "output_tokens": 1}
            return web.json_response(
                {"id": "m", "type": "message", "model": "m", "usage": usage, **said}
            )
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": self.answer},
        }
        return web.json_response(
            {
                "id": "c",
                "object": "chat.completion",
                "created": 0,
                "model": "m",
                "choices": [choice],
            }
        )


@asynccontextmanager
async def served(model: Model) -> AsyncIterator[Model]:
    app = web.Application()
    app.router.add_post("/{path:.*}", model.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        model.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield model
    finally:
        await runner.cleanup()


def environ(model: Model, provider: str = "openai") -> dict[str, str]:
    return {
        "POLICYWIRE_LLM_PROVIDER": provider,
        "POLICYWIRE_LLM_MODEL": "small",
        "POLICYWIRE_LLM_API_KEY": "secret-key",
        "POLICYWIRE_LLM_BASE_URL": model.url,
    }


TEXTS = (
    "European regulators fined xAI for an AI system that ignored the AI Act, they said on Monday.",
    TEXT,
    "Pentagon officials bought chatbot licences from OpenAI for the AI office of the army.",
    "British ministers put an AI safety law before the House of Commons in London on Tuesday.",
)
TITLES = ("EU fines xAI", "Senate passes AI safety act", "Pentagon buys chatbots", "UK AI law")


def item(wire: Whole, number: int = 1, *, feed: str = NPR) -> Item:
    return Item(
        title=TITLES[number],
        text=TEXTS[number],
        guid=f"g{number}",
        link=f"{feed}/{number}",
        at=wire.clock.now(),
    )


async def tell(wire: Whole, *, feed: str = NPR) -> None:
    await wire.poll()
    wire.publish(feed, item(wire, feed=feed))
    await wire.poll(HOUR)
    await wire.deliver()


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
async def test_the_first_post_and_all_later_ones_bear_the_answer(
    tmp_path: Path, provider: str
) -> None:
    async with (
        served(Model()) as model,
        whole(tmp_path, NPR, environ=environ(model, provider)) as wire,
    ):
        await wire.say("/subscribe")
        await wire.say("/subscribe", OTHER)
        await tell(wire)
        for place in (wire.shown(), wire.shown(OTHER)):
            assert RETOLD in text_of(place[0].message)
        [asked] = model.asked
        assert asked["model"] == "small"
        assert TEXT in json.loads(asked["messages"][-1]["content"].split("\n")[1])["text"]
        assert RETOLD in await wire.say("/story show s1")


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(Model(answer=RETOLD.replace("$5", "$9")), id="made-up-number"),
        pytest.param(Model(answer=""), id="empty"),
        pytest.param(Model(status=529), id="overloaded"),
        pytest.param(Model(status=401), id="refused-key"),
        pytest.param(Model(slow=True), id="too-slow"),
    ],
)
async def test_else_the_extractive_summary_is_told(tmp_path: Path, model: Model) -> None:
    async with (
        served(model),
        whole(tmp_path, NPR, toml="[llm]\nseconds = 0.3\n", environ=environ(model)) as wire,
    ):
        await wire.say("/subscribe")
        await tell(wire)
        assert TEXT in text_of(wire.shown()[0].message)
        assert len(model.asked) == 1


async def test_the_days_requests_are_limited(tmp_path: Path) -> None:
    toml = "[llm]\nrequests_a_day = 1\n"
    async with (
        served(Model()) as model,
        whole(tmp_path, NPR, toml=toml, environ=environ(model)) as wire,
    ):
        await wire.say("/subscribe")
        await wire.poll()
        wire.publish(NPR, item(wire, 1), item(wire, 2))
        await wire.poll(HOUR)
        await wire.deliver()
        assert len(wire.shown()) == 2
        assert len(model.asked) == 1
        wire.publish(NPR, item(wire, 3), item(wire, 1), item(wire, 2))
        await wire.poll()
        await wire.deliver()
        assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("leave_out", "named"),
    [
        pytest.param("POLICYWIRE_LLM_MODEL", "POLICYWIRE_LLM_MODEL", id="model"),
        pytest.param("POLICYWIRE_LLM_API_KEY", "POLICYWIRE_LLM_API_KEY", id="key"),
    ],
)
async def test_a_setting_that_is_wanting_is_named(
    tmp_path: Path, leave_out: str, named: str
) -> None:
    given = environ(Model(url=""))
    given.pop(leave_out)
    with pytest.raises(ConfigError, match=named):
        async with whole(tmp_path, NPR, environ=given):
            pass


TEASER = "Chatbot makers are to pay under the AI regulation bill."
PAGE = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The AI regulation bill will cost chatbot makers $5 million a year, senators said.",
        "Senate leaders passed the AI safety act by 62 votes to 38 after a night of talks.",
        "The White House has said that the president would sign the bill within ten days.",
        "Makers of chatbots had asked for a lower fee and for a year of grace before it begins.",
    )
)


@asynccontextmanager
async def site(page: str) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        return web.Response(text=f"<html><body>{page}</body></html>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("page", "enabled", "told"),
    [
        pytest.param(f"<article>{PAGE}</article>", True, "by 62 votes to 38", id="allowed"),
        pytest.param(f"<article>{PAGE}</article>", False, TEASER, id="not-allowed"),
        pytest.param(
            "<article>" + "<p>Please log in to go on, or become a member today.</p>" * 9, True,
            TEASER, id="a-wall",
        ),
    ],
)  # fmt: skip
async def test_a_teaser_is_told_by_its_own_page_where_the_operator_allows_it(
    tmp_path: Path, page: str, enabled: bool, told: str
) -> None:
    pytest.importorskip("trafilatura")
    toml = f"[fulltext]\nenabled = {str(enabled).lower()}\n[fetch]\nspacing_seconds = 0\n"
    allow = {"POLICYWIRE_ALLOW_NETS": "127.0.0.0/8"}
    async with site(page) as url, whole(tmp_path, NPR, toml=toml, environ=allow) as wire:
        await wire.say("/subscribe")
        await wire.poll()
        wire.publish(NPR, replace(item(wire), text=TEASER, link=f"{url}/a"))
        await wire.poll(HOUR)
        await wire.deliver()
        assert told in text_of(wire.shown()[0].message)
