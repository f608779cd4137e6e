"""Clients of language models, by their makers' own libraries; the extra `llm` brings both."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.alerts.retelling import LanguageModel
from bot.errors import ConfigError
from bot.settings import Environment

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from openai import AsyncOpenAI

MOST_TOKENS = 200
"""Tokens of an answer: two sentences and some."""


class Anthropic:
    """Anthropic's Messages API."""

    def __init__(self, client: "AsyncAnthropic", model: str) -> None:
        self._client, self._model = client, model

    async def answer(self, instructions: str, asked: str) -> str:
        """The text of the model's answer."""
        found = await self._client.messages.create(
            model=self._model,
            max_tokens=MOST_TOKENS,
            system=instructions,
            messages=[{"role": "user", "content": asked}],
        )
        return "".join(part.text for part in found.content if part.type == "text")


class OpenAICompatible:
    """Chat completions of OpenAI, or of any server that speaks its protocol."""

    def __init__(self, client: "AsyncOpenAI", model: str) -> None:
        self._client, self._model = client, model

    async def answer(self, instructions: str, asked: str) -> str:
        """The text of the model's answer."""
        found = await self._client.chat.completions.create(
            model=self._model,
            max_tokens=MOST_TOKENS,
            messages=[
                {"role": "system", "content": instructions},
                {"role": "user", "content": asked},
            ],
        )
        return (found.choices[0].message.content or "") if found.choices else ""


@asynccontextmanager
async def language_model(
    environment: Environment, seconds: float
) -> AsyncIterator[LanguageModel | None]:
    """The model that the environment names, its connections closed at the end; None without one.

    Raises ConfigError where a setting is wanting or the extra is not installed. Requests are not
    repeated: a post waits for the answer.
    """
    provider, model = environment.policywire_llm_provider, environment.policywire_llm_model
    if provider is None:
        yield None
        return
    if model is None:
        raise ConfigError(
            "environment", f"POLICYWIRE_LLM_MODEL: name the model of {provider} to be asked"
        )
    key, url = environment.policywire_llm_api_key, environment.policywire_llm_base_url
    if key is None and url is None:
        raise ConfigError(
            "environment",
            f"POLICYWIRE_LLM_API_KEY: {provider} wants a key. Set it, or POLICYWIRE_LLM_BASE_URL "
            "to a server of your own, or unset POLICYWIRE_LLM_PROVIDER to ask no model",
        )
    # A server of one's own may want no key; the clients want something.
    secret = key.get_secret_value() if key is not None else "none"
    asked = {"api_key": secret, "base_url": url, "timeout": seconds, "max_retries": 0}
    if provider == "anthropic":
        async with _client(provider, "AsyncAnthropic")(**asked) as client:
            yield Anthropic(client, model)
    else:
        async with _client(provider, "AsyncOpenAI")(**asked) as client:
            yield OpenAICompatible(client, model)


def _client(module: str, name: str) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """A client's class, imported when it is wanted: both are slow to import, and an extra."""
    try:
        found: type[AbstractAsyncContextManager[Any]] = getattr(import_module(module), name)
    except ImportError:
        raise ConfigError(
            "environment",
            f"POLICYWIRE_LLM_PROVIDER is {module}, but its client is not installed: "
            "pip install 'policywire[llm]'",
        ) from None
    return found
