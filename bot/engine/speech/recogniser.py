"""Speech recognition: Whisper on CTranslate2, a few minutes of speech at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel

from bot.engine import pcm as pcm_format
from bot.engine.models.weights import Weights
from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.records import Utterance, Word
from bot.engine.speech.chunks import Chunk, chunks
from bot.engine.speech.transcript import OnProgress, SpeechOptions, Transcript
from bot.engine.speech.voice import Samples, VoiceDetector, spans, to_float

CHUNK_SECONDS = 180.0
# Whisper hears half a minute at once.
WINDOW_SECONDS = 30
BEAM = 1


class Recogniser:
    """A model in memory, used for one recording after another; not by two threads at once."""

    def __init__(self, model: WhisperModel, voice: VoiceDetector, weights: Weights) -> None:
        self.weights = weights
        self._model = model
        self._voice = voice

    @classmethod
    def load(cls, weights: Weights, *, threads: int = 0) -> "Recogniser":
        """Load `weights` (one to two seconds); `threads` 0 lets the library choose."""
        model = WhisperModel(
            str(weights.folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
        return cls(model, VoiceDetector(), weights)

    def transcribe(self, pcm: Path, options: SpeechOptions, on_progress: OnProgress) -> Transcript:
        """Recognise what is said in a file of raw PCM; whatever `on_progress` raises stops it."""
        seconds = pcm_format.seconds(pcm)
        likely = self._voice.likelihoods(pcm)
        parts = chunks(spans(likely, int(seconds * RATE)), likely, CHUNK_SECONDS)
        speech = sum(part.seconds for part in parts)
        if not parts:
            on_progress(1.0)
            return Transcript((), options.language, None, seconds, 0.0)
        language, score = options.language, None
        if language is None:
            language, score, _ = self._model.detect_language(_sound(pcm, parts[0])[: WINDOW_SECONDS * RATE])
        utterances: list[Utterance] = []
        for part in parts:
            for utterance in self._chunk(_sound(pcm, part), part, language, options.vocabulary):
                utterances.append(utterance)
                on_progress(min(1.0, utterance.end / seconds))
        on_progress(1.0)
        return Transcript(tuple(utterances), language, score, seconds, speech)

    def _chunk(self, sound: Samples, chunk: Chunk, language: str, vocabulary: tuple[str, ...]) -> Iterator[Utterance]:
        segments, _ = self._model.transcribe(
            sound,
            language=language,
            beam_size=BEAM,
            condition_on_previous_text=False,
            word_timestamps=True,
            hallucination_silence_threshold=2,
            hotwords=", ".join(vocabulary) or None,
        )
        for segment in segments:
            yield _utterance(segment, chunk)


def _utterance(segment: Any, chunk: Chunk) -> Utterance:
    words = tuple(
        Word(word.word.strip(), *chunk.in_recording(word.start, word.end), score=float(word.probability))
        for word in segment.words or ()
    )
    start, end = chunk.in_recording(segment.start, segment.end)
    if words:
        start, end = words[0].start, words[-1].end
    return Utterance(start, end, segment.text.strip(), words)


def _sound(pcm: Path, chunk: Chunk) -> Samples:
    heard = []
    with pcm.open("rb") as file:
        for span in chunk.spans:
            file.seek(span.start * SAMPLE_BYTES)
            heard.append(to_float(file.read(len(span) * SAMPLE_BYTES)))
    return np.concatenate(heard)
