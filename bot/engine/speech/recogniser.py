"""Speech recognition: Whisper on CTranslate2, a few minutes of speech at a time."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from bot.engine import pcm as pcm_format
from bot.engine.models.weights import Weights
from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.records import Utterance, Word
from bot.engine.speech.chunks import Chunk, chunks
from bot.engine.speech.guards import credible
from bot.engine.speech.languages import whisper_code
from bot.engine.speech.memory import share_one_pool
from bot.engine.speech.transcript import OnHeard, OnProgress, SpeechOptions, Transcript
from bot.engine.speech.voice import Samples, VoiceDetector, spans, to_float
from bot.errors import BadInput, Failed

# Memory grows with it, by about 1 MB a second; shorter ones waste more of the last, half-empty window of Whisper's.
CHUNK_SECONDS = 300.0

# Word errors with one, two and five beams: 7.0, 6.5 and 6.8 % on clean speech (401 words), 17.0, 17.4 and 16.9 % on the
# same with noise and echo. That is no difference; in time two beams cost 1.1 and five 1.6 of one.
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

# Whisper hears half a minute at once; it listens to more of the recording when the first does not make it sure.
LISTEN_SECONDS = 30
LISTEN_PLACES = 3
SURE = 0.7

# Beyond this many threads a model of this size gains nothing.
MOST_THREADS = 8


def usable_cores() -> int:
    """Return how many threads recognition should have on this machine."""
    return min(MOST_THREADS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Recogniser:
    """A model in memory, for one recording after another; not for two threads at once.

    Attributes:
        weights: Which model it is, and where it came from.
    """

    def __init__(self, model: WhisperModel, voice: VoiceDetector, weights: Weights) -> None:
        self.weights = weights
        self._model = model
        self._voice = voice

    @classmethod
    def load(cls, weights: Weights, *, threads: int = 0) -> "Recogniser":
        """Load `weights`, which takes one to two seconds, to run on `threads` threads (0: one for each core).

        Raises:
            Failed: They are no Whisper model for CTranslate2.
        """
        share_one_pool()
        threads = threads or usable_cores()
        try:
            model = WhisperModel(
                str(weights.folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except Exception as error:  # three libraries read the files, each with errors of its own
            raise Failed(
                f"The speech model {weights} cannot be loaded.",
                "Check that it is a Whisper model converted for CTranslate2.",
            ) from error
        return cls(model, VoiceDetector(), weights)

    def transcribe(
        self, pcm: Path, options: SpeechOptions, on_progress: OnProgress, on_heard: OnHeard | None = None
    ) -> Transcript:
        """Recognise what is said in a file of raw PCM (see `bot.engine.pcm`).

        Args:
            pcm: The file; never more than a few minutes of it are in memory.
            options: The caller's.
            on_progress: Told how far it is; whatever it raises ends the recognition.
            on_heard: Given each utterance of the transcript as soon as it is heard; likewise.

        Raises:
            BadInput: The language is none that this model knows.
        """
        given = self._known(options.language)
        ctranslate2.set_random_seed(0)  # second tries are drawn at random: the same recording gives the same text
        seconds = pcm_format.seconds(pcm)
        likely = self._voice.likelihoods(pcm)
        parts = chunks(spans(likely, int(seconds * RATE)), likely, CHUNK_SECONDS)
        if not parts:
            on_progress(1.0)
            return Transcript((), given, None, seconds, 0.0)
        language, score = (given, None) if given else self._listen(pcm, parts)
        heard: list[Utterance] = []
        reached = 0.0
        for part in parts:
            for utterance in credible(self._chunk(_sound(pcm, part), part, language, options.vocabulary)):
                heard.append(utterance)
                if on_heard:
                    on_heard(utterance)
                reached = max(reached, utterance.end)  # neighbouring utterances may overlap a little
                on_progress(min(1.0, reached / seconds))
        on_progress(1.0)
        return Transcript(tuple(heard), language, score, seconds, sum(part.seconds for part in parts))

    def _known(self, language: str | None) -> str | None:
        code = whisper_code(language) if language else None
        if code and code not in self._model.supported_languages:
            raise BadInput(
                f"The speech model on this server ({self.weights.name}) knows English only.",
                "Share a recording in English, or ask the operator for a model of more languages.",
            )
        return code

    def _listen(self, pcm: Path, parts: tuple[Chunk, ...]) -> tuple[str, float]:
        """Detect the language from speech: from its beginning, and when that is unclear from later places too."""
        if not self._model.model.is_multilingual:
            return "en", 1.0
        sums: dict[str, float] = {}
        best, score = "", 0.0
        places = [parts[index * len(parts) // LISTEN_PLACES] for index in range(LISTEN_PLACES)]
        for heard, part in enumerate(dict.fromkeys(places), start=1):
            sound = _sound(pcm, part)[: LISTEN_SECONDS * RATE]
            for code, likely in self._model.detect_language(sound)[2]:
                sums[code] = sums.get(code, 0.0) + likely
            best = max(sums, key=sums.__getitem__)
            score = sums[best] / heard
            if score >= SURE:
                break
        return best, score

    def _chunk(self, sound: Samples, chunk: Chunk, language: str, vocabulary: tuple[str, ...]) -> Iterator[Utterance]:
        hotwords = ", ".join(vocabulary) or None
        segments, _ = self._model.transcribe(sound, language=language, hotwords=hotwords, **SETTINGS)
        for segment in segments:
            yield _utterance(segment, chunk)


def _utterance(segment: Any, chunk: Chunk) -> Utterance:
    words = tuple(
        Word(word.word.strip(), *chunk.in_recording(float(word.start), float(word.end)), score=float(word.probability))
        for word in segment.words or ()
        if word.word.strip()
    )
    start, end = (
        (words[0].start, words[-1].end) if words else chunk.in_recording(float(segment.start), float(segment.end))
    )
    return Utterance(start, end, segment.text.strip(), words)


def _sound(pcm: Path, chunk: Chunk) -> Samples:
    heard = []
    with pcm.open("rb") as file:
        for span in chunk.spans:
            file.seek(span.start * SAMPLE_BYTES)
            heard.append(to_float(file.read(len(span) * SAMPLE_BYTES)))
    return np.concatenate(heard)
