"""The real program, started as an operator starts it, against a playground's Slack; killed as a power cut kills it."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from bot.playground.playground import Playground

ROOT = Path(__file__).parents[2]
_START_SECONDS = 30.0


class BotProcess:
    """`python -m bot serve` in Socket Mode, with a data directory that outlives it."""

    def __init__(self, slack: Playground, data_dir: Path, **settings: str) -> None:
        self._slack = slack
        self._data_dir = data_dir
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self.kills = 0

    async def start(self) -> None:
        """Start it and wait until Slack has its connection, or it was killed before: its first task may come first."""
        environment = os.environ | {
            "SLACK_BOT_TOKEN": self._slack.bot_token,
            "SLACK_APP_TOKEN": self._slack.app_token,
            "SLACK_API_URL": self._slack.url,
            "DATA_DIR": str(self._data_dir),
            "LOG_LEVEL": "ERROR",
            **self._settings,
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=ROOT, env=environment
        )
        connected = asyncio.ensure_future(self._slack.connected(within=_START_SECONDS))
        ended = asyncio.ensure_future(self._process.wait())
        done, waiting = await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        if connected in done:
            await connected
        else:
            assert self.kills, f"it ended by itself, with {self._process.returncode}"

    def kill(self) -> None:
        """End it as a power switch does, now: it can do nothing about it."""
        if self.is_alive and self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self.kills += 1

    @property
    def is_alive(self) -> bool:
        """Whether it runs, as far as is known."""
        return self._process is not None and self._process.returncode is None

    async def gone(self) -> None:
        """Wait until a killed process is gone and Slack has noticed."""
        assert self._process is not None
        await self._process.wait()
        await self._slack.wait_for(lambda: self._slack.connections == 0)

    async def stop(self) -> int:
        """End it politely and return its exit status."""
        assert self._process is not None
        if self.is_alive:
            self._process.terminate()
        return await self._process.wait()

    def job_states(self) -> list[str]:
        """Read the jobs' states from its database, as an engineer would."""
        path = self._data_dir / "followthrough.db"
        if not path.exists():
            return []
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            try:
                return [state for (state,) in connection.execute("SELECT state FROM jobs ORDER BY created_at")]
            except sqlite3.OperationalError:
                return []  # it is just being made


async def until(told: Callable[[], bool], within: float = 60.0) -> None:
    """Wait until `told` says yes."""
    async with asyncio.timeout(within):
        while not told():  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.01)
