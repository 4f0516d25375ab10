"""The example app in a process of its own: `python -m bot.playground.example`.

Two settings point it at a playground: `SLACK_API_URL` (default: http://127.0.0.1:8765/api/) and `SLACK_BOT_TOKEN`
(default: xoxb-playground); Socket Mode takes `SLACK_APP_TOKEN` (default: xapp-playground) besides.
"""

import asyncio
import contextlib
import os

from bot.playground.example import connected


async def main() -> None:
    """Run until somebody stops it."""
    async with connected(
        os.environ.get("SLACK_API_URL", "http://127.0.0.1:8765/api/"),
        os.environ.get("SLACK_BOT_TOKEN", "xoxb-playground"),
        os.environ.get("SLACK_APP_TOKEN", "xapp-playground"),
    ):
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
