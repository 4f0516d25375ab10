"""Sizes as people read them."""

_MB = 1_000_000


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> size_in_words(84_200_000)
    '84 MB'
    """
    if size < _MB:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MB:.1f} MB" if size < 10 * _MB else f"{size / _MB:.0f} MB"
