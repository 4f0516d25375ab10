"""What is known of a recording before it is heard: its name, what it is, and about how long it will take."""

from bot.domain.jobs import Job
from bot.domain.sizes import size_in_words
from bot.domain.timing import Estimate
from bot.slack.blocks.words import length, shorten

_NAME = 120
_SOURCE = 60
_MINUTE = 60


def name_of(job: Job) -> str:
    """Return what people know the recording by."""
    looked_up = job.preview.name if job.preview else ""
    names = (shorten(name, _NAME) for name in (job.title or "", looked_up, job.recording.name))
    return next(filter(None, names), "The recording")


def facts_of(job: Job, takes: Estimate | None) -> str:
    """Return in one line what a look told; empty when nobody looked.

    For example: `Zoom recording · video · 84 MB · 42 min · takes about 8 min`.
    """
    preview = job.preview
    if preview is None:
        return ""
    source = shorten(preview.source, _SOURCE)
    facts = [source] if source and source != name_of(job) else []
    if preview.kind is not None and preview.kind.value not in source.lower():
        facts.append(preview.kind.value)
    if preview.size:
        facts.append(size_in_words(preview.size))
    if preview.seconds:
        facts.append(length(preview.seconds))
    if takes is not None:
        facts.append(_time(takes))
    return " · ".join(facts)


def _time(takes: Estimate) -> str:
    often = "less than a minute" if takes.seconds < _MINUTE else f"about {length(takes.seconds)}"
    return f"may take {often}" if takes.guessed else f"takes {often}"
