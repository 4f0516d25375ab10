"""The evidence for an item, verbatim: its sentence, and a neighbour when that tells what, by when or who agreed."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.due_dates import says_then
from bot.engine.insights.merging import Task, leans, matter_of
from bot.engine.insights.sentences import Sentence

LONGEST: Final = 45
"""Of a sentence with more words only the part that matters is quoted; two together have no more."""


ANSWERED: Final = 3
"""The words of who agreed are evidence when they came within so many sentences,"""

AGAIN: Final = 6
"""and those that tell it once more within so many."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they stand in the transcript, and the messages that hold them, agree to them or say it once more."""

    text: str
    message_ids: tuple[str, ...]


def quoted(
    task: Task, sentences: Sequence[Sentence], spoken: Mapping[str, str], unheard: AbstractSet[int] = frozenset()
) -> Quote:
    """Return the evidence for a task.

    Args:
        task: What is to be done.
        sentences: The whole conversation.
        spoken: The text of each message, by its id.
        unheard: The numbers of the sentences that nothing rests on.
    """
    said = task.cue.sentence
    first, last = said, said
    if (leans(task.cue) or says_then(task.cue.work)) and said.number and _tells(sentences[said.number - 1], said):
        first = sentences[said.number - 1]
    if task.also is not None:
        last = sentences[task.also]
    quote = _told(task, sentences[first.number : last.number + 1], spoken)
    # whose words these are is said of a quote once, so who agreed, or told it again, is only pointed at
    after = (sentences[number] for number in _said_after(task, last.number) if number not in unheard)
    ids = (one for sentence in after for one in sentence.message_ids())
    return Quote(quote.text, tuple(dict.fromkeys((*quote.message_ids, *ids))))


def _said_after(task: Task, last: int) -> list[int]:
    """Return the numbers of the sentences after what is quoted in which it is taken on or told again, in order."""
    found = {number for number in task.told_in if 0 < number - last <= AGAIN}
    if task.accepted is not None and 0 < task.accepted - last <= ANSWERED:
        found.add(task.accepted)
    return sorted(found)


def _told(task: Task, chosen: Sequence[Sentence], spoken: Mapping[str, str]) -> Quote:
    if len(chosen) == 1 or sum(len(sentence.text.split()) for sentence in chosen) > LONGEST:
        text, start, end = kept(task.cue)
        return Quote(text, task.cue.sentence.message_ids(start, end))
    return across(chosen, spoken)


def kept(cue: Cue) -> tuple[str, int, int]:
    """Return what is quoted of a cue's sentence and where it is in it: all of it unless it is very long."""
    text = cue.sentence.text
    if len(text.split()) <= LONGEST:
        return text, 0, len(text)
    start, end = cue.start, len(text[: cue.end].rstrip())
    words = list(re.finditer(r"\S+", text[start:end]))[:LONGEST]
    end = start + words[-1].end()
    return text[start:end], start, end


def _tells(earlier: Sentence, later: Sentence) -> bool:
    """Tell whether the sentence before, by the same speaker, says what "them" is, or when "then"."""
    return earlier.speaker == later.speaker and bool(matter_of(earlier.plain)) and not earlier.plain.endswith("?")


def across(chosen: Sequence[Sentence], spoken: Mapping[str, str]) -> Quote:
    """Quote sentences that follow one another, with all that stands between them."""
    ids = tuple(dict.fromkeys(part[0] for sentence in chosen for part in sentence.parts))
    joined = " ".join(spoken[one] for one in ids)
    last = chosen[-1].parts[-1]
    after = len(spoken[last[0]]) - (last[3] + last[2] - last[1])
    return Quote(joined[chosen[0].parts[0][3] : len(joined) - after], ids)
