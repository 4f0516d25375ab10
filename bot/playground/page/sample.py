"""The file that waits in the composer, to try the app with."""

from pathlib import Path

from bot.playground import changes as c
from bot.playground import sample
from bot.playground.people import People
from bot.playground.records import Json, Message

_WORDS = "Here is the recording of this week's meeting."


class Sample:
    """Offers a recording until somebody shared it.

    Attributes:
        path: The file, or None when nothing is offered.
        words: What is said with it.
    """

    def __init__(self, path: Path | None = sample.RECORDING, words: str = _WORDS) -> None:
        self.path = path
        self.words = words
        self._size = path.stat().st_size if path else 0
        self._waiting = True

    def shown(self) -> Json | None:
        """Show what waits."""
        if self.path is None:
            return None
        return {
            "name": self.path.name,
            "url": "/page/sample",
            "size": self._size,
            "text": self.words,
            "waiting": self._waiting,
        }

    def follow(self, change: c.Change) -> None:
        """Notice that it was shared, by whichever way."""
        if isinstance(change, c.FileShared) and self.path and change.file.name == self.path.name:
            self._waiting = False

    async def share(self, slack: People, me: str, channel: str, thread_ts: str | None) -> Message:
        """Share it."""
        files = [self.path] if self.path else []
        return await slack.say(me, channel, self.words, thread_ts=thread_ts, files=files)
