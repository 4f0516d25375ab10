"""Sentences while they are heard: the same as of the whole transcript, each as soon as nothing can change it."""

from collections.abc import Callable

from bot.engine.records import Utterance
from bot.engine.speech.sentences import LONG_PAUSE_SECONDS, MOST_WORDS, sentences

# A recording without long pauses is looked at each time so many words are waiting; the last ones may still change.
WAITING_WORDS = 120
UNSURE_WORDS = MOST_WORDS + 10


class SentenceStream:
    """Takes utterances and gives sentences.

    Args:
        give: Called with one or more sentences at a time, in order.
    """

    def __init__(self, give: Callable[[tuple[Utterance, ...]], None]) -> None:
        self._give = give
        self._waiting: list[Utterance] = []

    def hear(self, utterance: Utterance) -> None:
        """Take the next utterance."""
        if self._waiting and utterance.start - self._waiting[-1].end >= LONG_PAUSE_SECONDS:
            self.end()
        self._waiting.append(utterance)
        if sum(len(each.words) for each in self._waiting) >= WAITING_WORDS:
            self._give_sure()

    def end(self) -> None:
        """Give what is left."""
        self._out(sentences(self._waiting))
        self._waiting = []

    def _give_sure(self) -> None:
        """Give the sentences that what follows cannot change, and keep the others."""
        cut = sentences(self._waiting)
        kept, words = len(cut), 0
        while kept and words < UNSURE_WORDS:
            kept -= 1
            words += len(cut[kept].words)
        self._out(cut[:kept])
        self._waiting = list(cut[kept:])

    def _out(self, cut: tuple[Utterance, ...]) -> None:
        if cut:
            self._give(cut)
