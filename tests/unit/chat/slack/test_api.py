"""Slack's words as errors of the four scopes."""

import pytest

from bot.chat.slack.api import named
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    SendError,
    Wait,
    WorkspaceUnavailable,
)


@pytest.mark.parametrize(
    ("word", "scope"),
    [
        *(
            pytest.param(word, ChannelUnavailable, id=word)
            for word in (
                "channel_not_found",
                "not_in_channel",
                "is_archived",
                "restricted_action",
                "restricted_action_read_only_channel",
            )
        ),
        *(
            pytest.param(word, WorkspaceUnavailable, id=word)
            for word in (
                "account_inactive",
                "invalid_auth",
                "token_revoked",
                "missing_scope",
                "team_access_not_granted",
            )
        ),
        *(
            pytest.param(word, MessageGone, id=word)
            for word in (
                "message_not_found",
                "cant_update_message",
                "edit_window_closed",
                "is_inactive",
            )
        ),
        *(
            pytest.param(word, MessageRefused, id=word)
            for word in ("invalid_blocks", "msg_too_long", "msg_blocks_too_long", "never_heard_of")
        ),
        *(
            pytest.param(word, OutcomeUnknown, id=word)
            for word in ("internal_error", "fatal_error", "request_timeout")
        ),
    ],
)
def test_a_word_has_its_scope(word: str, scope: type[SendError]) -> None:
    error = named(word, posts=True)
    assert type(error) is scope
    assert error.reason.startswith(word)


def test_what_does_not_post_may_simply_be_called_again() -> None:
    assert isinstance(named("internal_error"), Wait)


def test_a_refused_token_names_the_setting_and_a_missing_scope_itself() -> None:
    assert "SLACK_BOT_TOKEN" in named("token_revoked").reason
    assert "needs channels:join" in named("missing_scope", needed="channels:join").reason
