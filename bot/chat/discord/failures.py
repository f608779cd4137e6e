"""What Discord answers when it does not do what was asked → whose failure it is (DESIGN, Outbox).

Codes are of CONTRACTS.md, section 1.
"""

import aiohttp
import discord

from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    PlatformRefused,
    SendError,
    Wait,
    WorkspaceUnavailable,
)

_CHANNEL = {
    10003: "the channel was deleted",
    10015: "the webhook was deleted",
    40058: "a forum takes posts only",
    40067: "this forum wants a tag on every post; allow posts without one",
    50001: "no access to the channel: give the bot View Channel there",
    50007: "this person takes no direct messages from the bot",
    50008: "messages cannot be sent in such a channel",
    50013: "permissions are missing in the channel",
    50024: "that cannot be done in such a channel",
    50083: "the thread is archived",
    50278: "no server is shared with this person any more",
    160005: "the thread is locked",
}
_WORKSPACE = {10004: "the bot was removed from the server"}
_GONE = frozenset({10008, 50005})
_WAIT = frozenset({20016, 20028, 20029, 30046, 40003, 40062, 130000, 160006})
_SHUT_OUT_SECONDS = 600.0
"""Discord counts refused requests over ten minutes, and bans an address that makes 10,000."""


class TokenRefused(PlatformRefused):
    """Discord does not know the token: nothing of it works until the setting is mended."""

    def __init__(self) -> None:
        super().__init__(
            "Discord refused the token in DISCORD_TOKEN. Copy the bot's token anew (Developer "
            "Portal, your application, Bot, Reset Token), set it, and start again."
        )


class TokenUnknown(WorkspaceUnavailable):
    """A request was refused for its token: so would all others be."""

    seconds = _SHUT_OUT_SECONDS

    def __init__(self) -> None:
        super().__init__(str(TokenRefused()))


class ShutOut(Wait):
    """The guard before Discord lets nothing of this machine through, whatever it asks."""

    seconds: float

    def __init__(self, reason: str, seconds: float = _SHUT_OUT_SECONDS) -> None:
        super().__init__(reason, seconds, whole_workspace=True)


class Unanswered(Exception):
    """A request to make a message may have been taken, though no good answer came.

    Raised from inside the client, so that it sends nothing twice; no OSError, which it would retry.
    """


def scoped(error: Exception, *, posting: bool) -> SendError:
    """The failure in the outbox's terms; `posting`: a message may stand there without an answer.

    Raises what is no failure of Discord's, such as a bug of ours, as it is.
    """
    match error:
        case SendError():
            found: SendError = error
        case Unanswered():
            found = OutcomeUnknown(str(error))
        case discord.RateLimited():
            found = Wait("rate limited", error.retry_after)
        case discord.LoginFailure():
            found = TokenUnknown()
        case discord.HTTPException():
            found = _answered(error, posting=posting)
        case aiohttp.ClientConnectorError():
            found = Wait(f"Discord cannot be reached: {error}")
        case aiohttp.ClientError() | OSError():
            said = f"the connection broke: {str(error) or type(error).__name__}"
            found = OutcomeUnknown(said) if posting else Wait(said)
        case KeyError():
            # A 429 that names no time, such as 30046 (too many edits of old messages).
            found = Wait("rate limited")
        case _:
            raise error
    return found


def _answered(error: discord.HTTPException, *, posting: bool) -> SendError:
    said = f"{error.code or error.status} {error.text or error.response.reason}"
    code, status = error.code, error.status
    if code in _WORKSPACE:
        found: SendError = WorkspaceUnavailable(_explained(_WORKSPACE[code], code))
    elif code in _CHANNEL:
        found = ChannelUnavailable(_explained(_CHANNEL[code], code))
    elif code in _GONE:
        found = MessageGone(said)
    elif code in _WAIT:
        found = Wait(said)
    elif status == 429:
        found = _limited(error, said)
    elif status == 401:
        found = TokenUnknown()
    elif status >= 500:
        found = OutcomeUnknown(said) if posting else Wait(said)
    elif status in {403, 404}:
        found = ChannelUnavailable(said)
    else:
        found = MessageRefused(said)
    return found


def _explained(words: str, code: int) -> str:
    return f"{words} (Discord's error {code})"


def _limited(error: discord.HTTPException, said: str) -> SendError:
    """A 429 that the client did not wait for: Discord's own for the fifth time, or the guard's."""
    headers = error.response.headers
    if "Via" not in headers:
        return ShutOut(said)
    try:
        return Wait(said, float(headers["Retry-After"]))
    except (KeyError, ValueError):
        return Wait(said)
