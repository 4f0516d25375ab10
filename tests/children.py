"""Programs that the tests start in order to kill them."""

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


class Child:
    """A Python program that prints lines."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> str:
        """Wait for its next line; fails when it ended."""
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode().strip()
        assert line, "the program ended before it said what the test waits for"
        return line

    async def kill(self) -> None:
        """End it as a power switch does: it can do nothing about it."""
        self._process.send_signal(signal.SIGKILL)
        assert await self._process.wait() == -signal.SIGKILL


async def started(program: str, *arguments: str) -> Child:
    """Start a program given as text."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    return Child(process)
