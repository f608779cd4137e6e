"""What the config says reaches the parts that need it."""

from pathlib import Path

from tests.support.whole import whole


async def test_a_new_workspace_begins_with_the_operators_numbers(tmp_path: Path) -> None:
    toml = "[alerts]\nposts_an_hour = 7\nbreaking = 0.8\n"
    async with whole(tmp_path, toml=toml) as wire:
        await wire.say("/subscribe")
        settings = await wire.say("/settings")
    assert "7" in settings
    assert "0.8" in settings
