"""The tag of a forum's post: the topic's own where there is one, never one for moderators."""

from typing import Any

import pytest

from bot.chat.discord.threads import open_tag, wants_tag_in_vain

NEWS = {"id": 1, "name": "News", "moderated": False}
CHIPS = {"id": 2, "name": "Export Controls", "moderated": False}
STAFF = {"id": 3, "name": "Announcements", "moderated": True}


@pytest.mark.parametrize(
    ("tags", "topic", "tag"),
    [
        pytest.param([NEWS, CHIPS], "export-controls", "2", id="of-the-topic"),
        pytest.param([NEWS, CHIPS], "elections", "1", id="the-first"),
        pytest.param([STAFF, NEWS], "announcements", "1", id="not-the-moderators"),
        pytest.param([STAFF], "elections", None, id="none-is-open"),
        pytest.param([], "elections", None, id="no-tags"),
    ],
)
def test_the_tag_of_a_post(tags: list[dict[str, Any]], topic: str, tag: str | None) -> None:
    assert open_tag({"available_tags": tags}, topic) == tag


@pytest.mark.parametrize(
    ("flags", "tags", "vain"),
    [
        pytest.param(0, [], False, id="no-tag-wanted"),
        pytest.param(1 << 4, [NEWS], False, id="one-is-open"),
        pytest.param(1 << 4, [STAFF], True, id="moderators-only"),
        pytest.param(1 << 4, [], True, id="none"),
    ],
)
def test_a_forum_that_wants_a_tag_in_vain(
    flags: int, tags: list[dict[str, Any]], vain: bool
) -> None:
    assert wants_tag_in_vain({"flags": flags, "available_tags": tags}) == vain
