"""Slack's requests over HTTP as it writes and signs them."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.support.slack.workspace import SIGNING_SECRET, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A request's body and headers."""

    body: bytes
    headers: dict[str, str]


def signed(kind: str, payload: Json, now: float, secret: str = SIGNING_SECRET) -> Signed:
    """Commands come as a form, interactions as a form with JSON in it, events as JSON."""
    form = "application/x-www-form-urlencoded"
    match kind:
        case "slash_commands":
            return sign(urlencode(payload).encode(), form, str(int(now)), secret)
        case "interactive":
            body = urlencode({"payload": json.dumps(payload)}).encode()
            return sign(body, form, str(int(now)), secret)
    return sign(json.dumps(payload).encode(), "application/json", str(int(now)), secret)


def sign(body: bytes, content_type: str, timestamp: str, secret: str = SIGNING_SECRET) -> Signed:
    """The body under Slack's signature of this time."""
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    return Signed(body=body, headers=headers)
