"""Discord's own description of its API, where it is there: does a request keep to it?

The document is looser than Discord's documentation in places; there the documentation's limits of
CONTRACTS.md, section 1, are looked at besides.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from jsonschema.protocols import Validator

Json = dict[str, Any]
_FILE = Path("shared", "specs", "discord-openapi.json")
_CONTENT, _EMBEDS_TOGETHER = 2000, 6000
_IDS = frozenset({"roles", "users", "message_id", "recipient_id", "applied_tags"})


def problems(method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a request to this path below the API's base; none without the document."""
    document = described()
    if document is None:
        return []
    operation = _operation(document, method, path)
    if operation is None:
        return [f"{method} {path}: there is no such operation"]
    content = operation.get("requestBody", {}).get("content", {})
    said = []
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        found = _validator(json.dumps(schema, sort_keys=True)).iter_errors(_with_ids(body))
        said += [f"{method} {path}: {error.json_path}: {error.message[:300]}" for error in found]
    return said + [f"{method} {path}: {each}" for each in _over_documented(body)]


@cache
def described() -> Json | None:
    """The document, looked for beside the checkout and above; None where it is not there."""
    for folder in Path(__file__).resolve().parents:
        if (file := folder / _FILE).is_file():
            return dict(json.loads(file.read_text(encoding="utf-8")))
    return None


def _operation(document: Json, method: str, path: str) -> Json | None:
    for template, operations in document["paths"].items():
        if method.lower() in operations and _pattern(template).fullmatch(path):
            return dict(operations[method.lower()])
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]+\}", template)
    return re.compile("[^/]+".join(map(re.escape, parts)))


@cache
def _validator(schema: str) -> Validator:
    document = described()
    assert document is not None
    whole = {**json.loads(schema), "components": document["components"]}
    return jsonschema.Draft202012Validator(whole)


def _with_ids(body: Any) -> Any:
    """The body with ids as strings: the client writes numbers, which Discord takes as well."""
    if isinstance(body, list):
        return [_with_ids(each) for each in body]
    if not isinstance(body, dict):
        return body
    made = {k: _as_text(v) if k in _IDS else _with_ids(v) for k, v in body.items()}
    for file in made.get("attachments") or ():
        file["id"] = str(file["id"])
    return made


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return str(value) if isinstance(value, int) else value


def _over_documented(body: Any) -> Iterator[str]:
    if not isinstance(body, dict):
        return
    for each in (body, body.get("message"), body.get("data")):
        if not isinstance(each, dict):
            continue
        if len(each.get("content") or "") > _CONTENT:
            yield "content over 2,000 characters"
        if sum(map(_size, each.get("embeds") or ())) > _EMBEDS_TOGETHER:
            yield "embeds over 6,000 characters together"


def _size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text")]
    texts += [text for f in embed.get("fields", ()) for text in (f["name"], f["value"])]
    return sum(len((text or "").strip()) for text in texts)
