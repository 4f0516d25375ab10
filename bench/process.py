"""The real bot in a process of its own, on a playground's Slack."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.playground import Playground, running


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that is connected: its Slack, its process id, and its data directory."""

    slack: Playground
    pid: int
    data_dir: Path


@asynccontextmanager
async def running_bot() -> AsyncIterator[RunningBot]:
    """Run `python -m bot serve` in Socket Mode until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(port=0) as slack:
            environment = os.environ | {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_APP_TOKEN": slack.app_token,
                "SLACK_API_URL": slack.url,
                "DATA_DIR": folder,
                "LOG_LEVEL": "ERROR",
            }
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", env=environment)
            try:
                await slack.connected(within=60)
                yield RunningBot(slack, process.pid, Path(folder))
            finally:
                process.terminate()
                await process.wait()
