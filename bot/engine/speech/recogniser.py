"""Speech recognition: Whisper on CTranslate2, a few minutes of speech at a time."""

from collections.abc import Iterable
from typing import Any

import ctranslate2
from faster_whisper import WhisperModel

from bot.engine.capacity import usable_cores
from bot.engine.models.weights import Weights
from bot.engine.pcm import RATE
from bot.engine.records import Utterance, Word
from bot.engine.speech.languages import whisper_code
from bot.engine.speech.memory import share_one_pool
from bot.engine.speech.transcript import SURE, OnProgress, Recognised, SpeechOptions, Tongue
from bot.engine.speech.voice import Samples
from bot.errors import BadInput, Failed

# Word errors with one, two and five beams: 7.0, 6.5 and 6.8 % on clean speech (401 words), 17.0, 17.4 and 16.9 % on the
# same with noise and echo. In time two beams cost 1.15 and five 1.6 of one; a single one falls into loops more easily.
SETTINGS = {
    "beam_size": 2,
    # Without this a wrong turn in one half minute is taken over by the next.
    "condition_on_previous_text": False,
    "word_timestamps": True,
    # Seconds of silence around improbable words that make them an invention.
    "hallucination_silence_threshold": 2.0,
    # What to try when the text is improbable or runs in circles; higher ones only take longer to fail.
    "temperature": (0.0, 0.2, 0.4),
}


class Recogniser:
    """A model in memory, for one recording after another.

    Attributes:
        weights: Which model it is, and where it came from.
        threads: How many threads may ask it at once.
    """

    def __init__(self, model: WhisperModel, weights: Weights, threads: int) -> None:
        self.weights = weights
        self.threads = threads
        self._model = model

    @classmethod
    def load(cls, weights: Weights, *, threads: int = 0) -> "Recogniser":
        """Load `weights`, which takes one to two seconds, for `threads` threads at once (0: one for each core).

        Each piece of speech has one thread to itself. Two that share a piece wait for each other more than they work:
        on two cores a second of sound took them 0.115 s, one alone 0.07 s, and two with a piece each 0.041 s.

        Raises:
            Failed: They are no Whisper model for CTranslate2.
        """
        share_one_pool()
        # second tries are drawn at random: each thread begins with the same draws in every process
        ctranslate2.set_random_seed(0)
        threads = threads or usable_cores()
        try:
            model = WhisperModel(
                str(weights.folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=1,
                num_workers=threads,
                local_files_only=True,
            )
        except Exception as error:  # three libraries read the files, each with errors of its own
            raise Failed(
                f"The speech model {weights} cannot be loaded.",
                "Check that it is a Whisper model converted for CTranslate2.",
            ) from error
        return cls(model, weights, threads)

    def known(self, language: str | None) -> str | None:
        """Return Whisper's code for a language that the caller gave."""
        code = whisper_code(language) if language else None
        if code and code not in self._model.supported_languages:
            raise BadInput(
                f"The speech model on this server ({self.weights.name}) knows English only.",
                "Share a recording in English, or ask the operator for a model of more languages.",
            )
        return code

    def listen(self, places: Iterable[Samples], sure: float = SURE) -> Tongue:
        """Detect the language from speech: from its beginning, and when that is unclear from later places too."""
        if not self._model.model.is_multilingual:
            return Tongue("en", 1.0)
        sums: dict[str, float] = {}
        best, score = "", 0.0
        for heard, sound in enumerate(places, start=1):
            for code, likely in self._model.detect_language(sound)[2]:
                sums[code] = sums.get(code, 0.0) + likely
            best = max(sums, key=sums.__getitem__)
            score = sums[best] / heard
            if score >= sure:
                break
        return Tongue(best, score)

    def recognise(self, sound: Samples, options: SpeechOptions, on_progress: OnProgress) -> Recognised:
        """Recognise a piece of speech."""
        hotwords = ", ".join(options.vocabulary) or None
        segments, _ = self._model.transcribe(sound, language=options.language, hotwords=hotwords, **SETTINGS)
        utterances: list[Utterance] = []
        for segment in segments:
            utterances.append(_utterance(segment))
            on_progress(min(1.0, float(segment.end) * RATE / len(sound)))
        return Recognised(tuple(utterances))


def _utterance(segment: Any) -> Utterance:
    words = tuple(
        Word(word.word.strip(), float(word.start), float(word.end), float(word.probability))
        for word in segment.words or ()
        if word.word.strip()
    )
    return Utterance(float(segment.start), float(segment.end), segment.text.strip(), words)
