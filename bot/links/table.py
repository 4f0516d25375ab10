"""Every source, in the order in which they are tried: the first row that matches counts."""

from itertools import chain
from typing import Final

from bot.links import anywhere, box, dropbox, exporting, google, loom, microsoft, slack, videos, zoom
from bot.links.address import Address
from bot.links.source import Found, Source

#: A row that lists its hosts is looked at for links to these only, in the order of this table; within a module, what
#: certainly is no recording comes first.
SOURCES: Final[tuple[Source, ...]] = (
    *slack.SOURCES,
    *zoom.SOURCES,
    *google.SOURCES,
    *microsoft.SOURCES,
    *dropbox.SOURCES,
    *box.SOURCES,
    *loom.SOURCES,
    *videos.SOURCES,
    *exporting.SOURCES,
    *anywhere.SOURCES,
)

_BY_HOST: Final = {
    host: tuple(source for source in SOURCES if host in source.hosts)
    for host in chain.from_iterable(source.hosts for source in SOURCES)
}

HOST_TAILS: Final = frozenset(".".join(host.rsplit(".", 2)[-2:]) for host in _BY_HOST)
"""The last two parts of every host in the table."""


def source_of(address: Address) -> tuple[Source, Found | None]:
    """Return the source of a link, and what its pattern found; None where the link's shape alone told."""
    host = address.host
    while host:
        for source in _BY_HOST.get(host, ()):
            found = source.find(address)
            if found is not None:
                return source, found
        host = host.partition(".")[2]
    return anywhere.shape_of(address), None
