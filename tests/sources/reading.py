"""What a transcript says, as the tests compare it."""

from bot.sources.transcripts.transcript import read_transcript

Heard = tuple[str | None, str, float | None, float | None]

# what the sample transcripts say, whatever their format
PAPER = ("Ines Vega", "We go with the recycled paper.")
SAMPLE = ("Robert", "I'll ask the printer for a sample.")


def heard(text: str | bytes) -> list[Heard]:
    """Return each line's speaker, words, start and end."""
    data = text if isinstance(text, bytes) else text.encode()
    return [(line.speaker, line.text, line.start, line.end) for line in read_transcript(data)]


def said(text: str | bytes) -> list[tuple[str | None, str]]:
    """Return each line's speaker and words."""
    return [(speaker, words) for speaker, words, _, _ in heard(text)]
