"""Which requests make a message, and so are never sent again by the client itself."""

import pytest
from yarl import URL

from bot.chat.discord.rest import makes_message

BASE = "https://discord.example/api/v10"


@pytest.mark.parametrize(
    ("method", "path", "makes"),
    [
        pytest.param("POST", "/channels/1/messages", True, id="post"),
        pytest.param("POST", "/channels/1/threads", True, id="forum-post"),
        pytest.param("POST", "/webhooks/1/token", True, id="later-answer"),
        pytest.param("PATCH", "/channels/1/messages/2", False, id="edit"),
        pytest.param("PATCH", "/webhooks/1/token/messages/@original", False, id="edited-answer"),
        pytest.param("POST", "/channels/1/messages/2/threads", False, id="thread-under-one"),
        pytest.param("POST", "/users/@me/channels", False, id="direct-messages-opened"),
        pytest.param("GET", "/channels/1/messages", False, id="history"),
    ],
)
def test_what_makes_a_message(method: str, path: str, makes: bool) -> None:
    assert makes_message(method, URL(BASE + path)) == makes
