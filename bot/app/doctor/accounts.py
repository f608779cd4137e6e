"""What the configured platforms say of our accounts, and how people invite them."""

from bot.app.discord import discord_account, discord_invitation
from bot.app.doctor.finding import Finding, broken, warning, well
from bot.errors import PlatformRefused, SendError
from bot.settings import Settings


async def check(settings: Settings, *, online: bool) -> list[Finding]:
    """Where to invite the bot; only with `online` is the platform asked whether it knows us."""
    link = discord_invitation(settings)
    if not online:
        return [well("Discord", f"invite the bot with {link}")] if link else []
    try:
        account = await discord_account(settings)
    except PlatformRefused as error:
        return [broken("Discord", "it does not know the token", str(error))]
    except SendError as error:
        mend = "Look whether this machine reaches discord.com, and DISCORD_API_URL where it is set."
        return [warning("Discord", f"it could not be asked: {error}", mend)]
    if account is None:
        return []
    name, link = account
    return [well("Discord", f"it knows us as {name}; invite the bot with {link}")]
