"""`python -m bot demo`, running while a browser looks at it."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

_STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo.

    Attributes:
        address: Of its page, with a slash at the end.
        process: The program.
    """

    address: str
    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """End it as a power switch does."""
        self.process.kill()
        await self.process.wait()


@contextlib.asynccontextmanager
async def demo(folder: Path, *words: str, port: int = 0) -> AsyncIterator[Demo]:
    """Run a demo until the block ends; `folder` takes what it keeps while it runs."""
    (folder / "tmp").mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(folder / "tmp"), "XDG_STATE_HOME": str(folder / "state")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), "--no-open", *words,
        env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    try:
        async with asyncio.timeout(_STARTS_WITHIN):
            first = (await process.stdout.readline()).decode().split()
        assert first, "the demo ended before it said where it is"
        yield Demo(first[-1], process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
