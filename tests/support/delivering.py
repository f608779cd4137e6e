"""The outbox over a newsroom's database, with one real sender."""

from bot.alerts.conditions import Rules
from bot.alerts.delivery import Kit, Tally
from bot.alerts.drafting import Drafts
from bot.alerts.outbox import Outbox
from bot.alerts.senders import Sender
from bot.clock import Clock
from bot.store import alerts, outbox, stories, turns
from tests.support.newsroom import Newsroom


async def deliver(office: Newsroom, sender: Sender, clock: Clock) -> Tally:
    """Let the outbox post and edit all that is due."""
    kit = Kit(
        store=office.store,
        alerts=alerts,
        deliveries=outbox,
        turns=turns,
        drafts=Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=Rules()),
        senders={sender.platform: sender},
        clock=clock,
    )
    return await Outbox(kit).run_once()
