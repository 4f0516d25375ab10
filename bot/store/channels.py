"""The table `channels`: what to do with pasted links, where somebody set it."""

from datetime import datetime

from bot.domain.channels import ChannelMode
from bot.ports import Transaction
from bot.store.moments import to_text

GET = "SELECT mode FROM channels WHERE team = :team AND channel = :channel"
SET = """
    INSERT INTO channels (team, channel, mode, set_by, set_at) VALUES (:team, :channel, :mode, :set_by, :set_at)
    ON CONFLICT (team, channel)
    DO UPDATE SET mode = excluded.mode, set_by = excluded.set_by, set_at = excluded.set_at
"""


async def mode(tx: Transaction, team: str, channel: str) -> ChannelMode:
    """Return the mode of a channel; `ask` unless it was set."""
    row = await tx.fetch_one(GET, {"team": team, "channel": channel})
    return ChannelMode(row["mode"]) if row else ChannelMode.ASK


async def set_mode(tx: Transaction, team: str, channel: str, mode: ChannelMode, *, user: str, now: datetime) -> None:
    """Set the mode of a channel."""
    values = {"team": team, "channel": channel, "mode": mode.value, "set_by": user, "set_at": to_text(now)}
    tx.write(SET, values)
