"""Slack's requests over HTTP on loopback: forged, stale, replayed, repeated and malformed ones."""

import io
import json
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.e2e.slack.conftest import Team
from tests.support.slack.signing import Signed, sign, signed
from tests.support.slack.workspace import TEAM, Json

pytestmark = pytest.mark.parametrize("mode", ["http"], indirect=True)
FORM = "application/x-www-form-urlencoded"


def status_command(team: Team, **given: str) -> tuple[str, Json]:
    """A command that answers, and the id of its response address."""
    address, url = team.slack.respond_url()
    payload = {
        "command": "/policywire",
        "text": "status",
        "team_id": TEAM,
        "user_id": "U0ANY",
        "user_name": "any",
        "channel_id": "C0NEWS",
        "channel_name": "news",
        "response_url": url,
        "trigger_id": team.slack.trigger(TEAM),
        **given,
    }
    return address, payload


async def post(team: Team, request: Signed, **headers: str) -> tuple[int, str]:
    """The answer to a request as it stands."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{team.slack.web_url}/slack/events",
            data=io.BytesIO(request.body),
            headers={**request.headers, **headers},
        ) as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("X-Slack-Signature", "v0=" + "0" * 64, id="forged"),
        pytest.param("X-Slack-Signature", "", id="empty"),
        pytest.param("X-Slack-Signature", "v0=é", id="no-ascii"),
        pytest.param("X-Slack-Request-Timestamp", "soon", id="no-number"),
        pytest.param("X-Slack-Request-Timestamp", "", id="no-time"),
        pytest.param("X-Slack-Request-Timestamp", "1e9", id="scientific"),
        pytest.param("X-Slack-Request-Timestamp", "9" * 400, id="past-all-measure"),
    ],
)
async def test_what_is_not_signed_by_slack_is_refused(team: Team, name: str, value: str) -> None:
    address, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now())
    assert await post(team, request, **{name: value}) == (401, "signature")
    other = signed("slash_commands", payload, team.slack.now(), secret="another" * 4)
    assert await post(team, other) == (401, "signature")
    assert not team.slack.responses[address]


async def test_a_request_without_signature_is_refused(team: Team) -> None:
    _, payload = status_command(team)
    bare = Signed(body=urlencode(payload).encode(), headers={"Content-Type": FORM})
    assert await post(team, bare) == (401, "signature")


@pytest.mark.parametrize(
    ("off", "answer"),
    [
        pytest.param(timedelta(minutes=-5, seconds=-1), 401, id="stale"),
        pytest.param(timedelta(minutes=-4, seconds=-59), 200, id="just-fresh"),
        pytest.param(timedelta(minutes=4, seconds=59), 200, id="clock-ahead"),
        pytest.param(timedelta(minutes=5, seconds=1), 401, id="from-the-future"),
    ],
)
async def test_a_request_is_fresh_for_five_minutes(team: Team, off: timedelta, answer: int) -> None:
    _, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now() + off.total_seconds())
    assert (await post(team, request))[0] == answer


async def test_the_very_same_bytes_are_refused_until_they_are_stale(team: Team) -> None:
    address, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now())
    assert (await post(team, request))[0] == 200
    await team.slack.until(lambda: team.slack.responses[address])
    assert await post(team, request) == (401, "replay")
    team.clock.advance(timedelta(minutes=4))
    assert await post(team, request) == (401, "replay")
    team.clock.advance(timedelta(minutes=2))
    assert await post(team, request) == (401, "signature")
    assert len(team.slack.responses[address]) == 1


async def test_a_retry_is_acknowledged_and_nothing_is_done_twice(team: Team) -> None:
    address, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now())
    assert (await post(team, request))[0] == 200
    await team.slack.until(lambda: team.slack.responses[address])
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert await post(team, request, **again) == (200, "")
    later = signed("slash_commands", payload, team.slack.now() + 60)
    assert await post(team, later, **again) == (200, "")
    await (await team.anyone.type("latest")).messages()
    assert len(team.slack.responses[address]) == 1


async def test_headers_that_nobody_signed_command_nothing(team: Team) -> None:
    address, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now())
    lazy = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "command"}
    assert (await post(team, request, **lazy))[0] == 200
    await team.slack.until(lambda: team.slack.responses[address])


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"payload=%7Bbroken", FORM, id="broken-json-in-form"),
        pytest.param(b"{", "application/json", id="broken-json"),
        pytest.param(b"[1, 2]", "application/json", id="list"),
        pytest.param(b"payload=[]", FORM, id="list-in-form"),
        pytest.param(b"payload=7", FORM, id="number-in-form"),
        pytest.param(b'"words"', "application/json", id="words"),
        pytest.param(b"", "application/json", id="nothing"),
        pytest.param(b"%00=%00", FORM, id="nul"),
        pytest.param(b"\xff\xfe", "application/json", id="no-text"),
        pytest.param(b"{}", "text/plain", id="other-type"),
    ],
)
async def test_a_malformed_body_harms_nothing(team: Team, body: bytes, content_type: str) -> None:
    request = sign(body, content_type, str(int(team.slack.now())))
    status, _ = await post(team, request)
    assert 200 <= status < 500
    assert "Status" in await (await team.anyone.type("status")).said()


async def test_a_body_past_all_measure_is_refused(team: Team) -> None:
    request = sign(b"x" * (1024 * 1024 + 1), FORM, str(int(team.slack.now())))
    assert (await post(team, request))[0] == 413


async def test_slacks_own_trial_of_the_address_is_answered(team: Team) -> None:
    trial = {"type": "url_verification", "challenge": "c-1", "token": "t"}
    status, text = await post(team, signed("events_api", trial, team.slack.now()))
    assert (status, json.loads(text)["challenge"]) == (200, "c-1")


async def test_at_the_end_slack_is_asked_to_come_again(team: Team) -> None:
    await (await team.anyone.type("status")).messages()
    team.stop.set()
    await team.ended.wait()
    _, payload = status_command(team)
    request = signed("slash_commands", payload, team.slack.now())
    assert (await post(team, request))[0] == 503
