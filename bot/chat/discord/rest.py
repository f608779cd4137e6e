"""A client that posts without a gateway, and sends no message twice by itself."""

import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import aiohttp
import discord
from yarl import URL

from bot.chat.discord.failures import Unanswered
from bot.chat.discord.pace import Pace

_MAKES_MESSAGE = re.compile(r"/(channels/\d+/(messages|threads)|webhooks/\d+/[^/]+)/?$")
_WAIT_SECONDS = 30.0
"""The longest wait for a rate limit inside the client; longer ones go to the outbox."""


def prepare(base: str | None) -> None:
    """Before any client is made: REST speaks to `base`, such as a proxy, or to Discord itself."""
    # The library would say at each start that voices cannot be heard; there is nothing to hear.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if base:
        discord.http.Route.BASE = base.rstrip("/")


async def use_gateway_of(client: discord.Client) -> None:
    """Take the gateway's address from the API's own answer for every new session."""
    answer = await client.http.request(discord.http.Route("GET", "/gateway"))
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(answer["url"])


def rest_client() -> discord.Client:
    """A client for REST alone, which keeps to the limit of all requests; `login` makes it ready."""
    trace = no_resending()
    trace.on_request_start.append(Pace().starting)
    return discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        http_trace=trace,
        max_ratelimit_timeout=_WAIT_SECONDS,
    )


def no_resending() -> aiohttp.TraceConfig:
    """Ends a request that makes a message where the client would send it again."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_ended)
    trace.on_request_exception.append(_broke)
    return trace


async def _ended(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestEndParams,
) -> None:
    if params.response.status >= 500 and makes_message(params.method, params.url):
        raise Unanswered(f"Discord answered {params.response.status}")


async def _broke(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestExceptionParams,
) -> None:
    error = params.exception
    if isinstance(error, aiohttp.ClientConnectorError) or not isinstance(error, Exception):
        return
    if makes_message(params.method, params.url):
        raise Unanswered(f"the connection broke: {str(error) or type(error).__name__}") from error


def makes_message(method: str, url: URL) -> bool:
    """Whether such a request, answered or not, may have made a message."""
    return method == "POST" and _MAKES_MESSAGE.search(urlsplit(str(url)).path) is not None
