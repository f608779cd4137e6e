"""What Slack refuses of blocks: its SDK's models, CONTRACTS.md's limits, and unknown fields."""

import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

SUM = 13_200
"""Characters of all blocks at which Slack was seen to refuse (bolt-js#2509)."""
MOST = {"message": 50, "modal": 100, "home": 100}
RICH_SECTIONS = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_preformatted",
    "rich_text_quote",
}
RICH_PARTS = {
    "text": {"text", "style"},
    "link": {"url", "text", "style"},
    "date": {"timestamp", "format", "fallback"},
    "user": {"user_id"},
    "usergroup": {"usergroup_id"},
}
INTERACTIVE_TEXT = 75


class Refused(Exception):
    """Slack's word for what is wrong, and where."""

    def __init__(self, word: str, why: str) -> None:
        self.word, self.why = word, why
        super().__init__(f"{word}: {why}")


def units(text: str) -> int:
    """Length in UTF-16 code units; fails on half a surrogate pair, which is no text."""
    return len(text.encode("utf-16-le")) // 2


def check_blocks(blocks: object, surface: str = "message") -> None:
    """Raise Refused where Slack would refuse the blocks."""
    if not isinstance(blocks, list) or not blocks:
        raise Refused("invalid_blocks", "not a list with something in it")
    if len(blocks) > MOST[surface]:
        raise Refused("invalid_blocks", f"{len(blocks)} blocks")
    for block in blocks:
        _check_model(block)
        _check_block(block)
    if sum(units(text) for text in strings(blocks)) > SUM:
        raise Refused("msg_blocks_too_long", "the sum of the blocks")
    ids = [one["block_id"] for one in blocks if "block_id" in one]
    if len(ids) != len(set(ids)):
        raise Refused("invalid_blocks", "a block_id twice")


def strings(node: object) -> Iterator[str]:
    """All strings that are values, except type names."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key != "type":
                yield from strings(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from strings(value)


def shown(blocks: Iterable[Mapping[str, Any]]) -> str:
    """The characters that people see, without structure."""
    keys = ("text", "fallback")
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                if key in keys and isinstance(value, str):
                    found.append(value)
                else:
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(list(blocks))
    return "".join(found)


def _check_model(block: dict[str, Any]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model = Block.parse(json.loads(json.dumps(block)))
            if model is None:
                raise Refused("invalid_blocks", f"no block type {block.get('type')}")
            model.validate_json()
            back = model.to_dict()
    except SlackObjectFormationError as error:
        raise Refused("invalid_blocks", str(error)) from None
    if back != block:
        raise Refused("invalid_blocks", f"unknown or lost fields: {block} became {back}")


def _check_block(block: dict[str, Any]) -> None:
    if units(block.get("block_id", "")) > 255:
        raise Refused("invalid_blocks", "block_id over 255")
    check = _CHECKS.get(block["type"])
    if check is not None:
        check(block)


def _check_section(block: dict[str, Any]) -> None:
    if "text" in block:
        _check_text(block["text"], 3_000)
    for one in block.get("fields", ()):
        _check_text(one, 2_000)
    if "accessory" in block:
        _check_element(block["accessory"])


def _check_context(block: dict[str, Any]) -> None:
    if not 0 < len(block["elements"]) <= 10:
        raise Refused("invalid_blocks", "a context of none or over 10")
    for one in block["elements"]:
        _check_text(one, 3_000)


def _check_actions(block: dict[str, Any]) -> None:
    if not 0 < len(block["elements"]) <= 25:
        raise Refused("invalid_blocks", "actions of none or over 25")
    ids = [one["action_id"] for one in block["elements"]]
    if len(ids) != len(set(ids)):
        raise Refused("invalid_blocks", "an action_id twice in a block")
    for one in block["elements"]:
        _check_element(one)


def _check_input(block: dict[str, Any]) -> None:
    _check_text(block["label"], 2_000)
    if "hint" in block:
        _check_text(block["hint"], 2_000)
    _check_element(block["element"])


def _check_text(text: dict[str, Any], most: int) -> None:
    if text["type"] not in {"plain_text", "mrkdwn"}:
        raise Refused("invalid_blocks", f"no text object: {text}")
    if not 0 < units(text["text"]) <= most or not text["text"].strip():
        raise Refused("invalid_blocks", f"text of {units(text['text'])}, at most {most}")


def _check_element(element: dict[str, Any]) -> None:
    if units(element.get("action_id", "")) > 255:
        raise Refused("invalid_blocks", "action_id over 255")
    if element["type"] == "button":
        _check_text(element["text"], INTERACTIVE_TEXT)
        if units(element.get("value", "")) > 2_000:
            raise Refused("invalid_blocks", "a button's value over 2,000")
    options = [
        *element.get("options", ()),
        *element.get("initial_options", ()),
        *([element["initial_option"]] if "initial_option" in element else ()),
    ]
    check_options(options)


def check_options(options: Sequence[dict[str, Any]]) -> None:
    """Options of a select, also those that an external one is given."""
    if len(options) > 100:
        raise Refused("invalid_blocks", f"{len(options)} options")
    for option in options:
        _check_text(option["text"], 75)
        if not 0 < units(option["value"]) <= 75:
            raise Refused("invalid_blocks", "an option's value is 1 to 75 characters")


def _check_rich(elements: list[dict[str, Any]]) -> None:
    if not elements:
        raise Refused("invalid_blocks", "rich text without elements")
    for one in elements:
        if one["type"] not in RICH_SECTIONS:
            raise Refused("invalid_blocks", f"no rich text: {one['type']}")
        if not one["elements"]:
            raise Refused("invalid_blocks", "a rich text element without elements")
        if one["type"] == "rich_text_list":
            _check_rich(one["elements"])
            continue
        for part in one["elements"]:
            _check_part(part)


def _check_part(part: dict[str, Any]) -> None:
    known = RICH_PARTS.get(part["type"])
    if known is None or set(part) - known - {"type"}:
        raise Refused("invalid_blocks", f"no part of rich text: {part}")
    if part["type"] in {"text", "link"} and not part["text"]:
        raise Refused("invalid_blocks", "an empty text")
    if part["type"] == "link" and not part["url"].startswith(("http://", "https://")):
        raise Refused("invalid_blocks", f"no address: {part['url']}")
    if units(part.get("url", "")) > 3_000:
        raise Refused("invalid_blocks", "an address over 3,000")


_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "rich_text": lambda block: _check_rich(block["elements"]),
    "header": lambda block: _check_text(block["text"], 150),
    "section": _check_section,
    "context": _check_context,
    "actions": _check_actions,
    "input": _check_input,
}
