"""Which sources an operator switched on or off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.errors import BadInput
from bot.links.source import Action, Source
from bot.links.table import SOURCES


@dataclass(frozen=True, slots=True)
class Switches:
    """What the settings `SOURCES_ON` and `SOURCES_OFF` say.

    Attributes:
        on: Ids of sources whose pages are read though that is off by itself.
        off: Ids of sources from which nothing is had; this wins.
    """

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, on: Iterable[str], off: Iterable[str]) -> Self:
        """Read the two settings.

        Raises:
            BadInput: A name is no source's id.
        """
        return cls(_ids("SOURCES_ON", on), _ids("SOURCES_OFF", off))

    def closed(self, source: Source) -> bool:
        """Say whether nothing is had from a source."""
        return source.id in self.off

    def reads_page(self, source: Source) -> bool:
        """Say whether yt-dlp may read a source's page, when it is installed."""
        wanted = not source.forbidden or source.id in self.on
        return source.action is Action.RESOLVE and bool(source.extractors) and wanted and not self.closed(source)


def _ids(setting: str, names: Iterable[str]) -> frozenset[str]:
    known = {source.id for source in SOURCES if source.action is not Action.NOT_A_RECORDING}
    given = frozenset(name.lower() for name in names)
    wrong = sorted(given - known)
    if wrong:
        raise BadInput(f"{setting} names “{wrong[0]}”, which is no source.", f"It takes: {', '.join(sorted(known))}.")
    return given
