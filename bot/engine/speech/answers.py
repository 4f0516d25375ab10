"""Reads what a transcription server answers; nothing in it is trusted.

Servers differ: some give segments and words, some only one of them, some nothing but text; OpenAI's own words come
without the punctuation that the text has.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.records import Utterance, Word
from bot.engine.speech.languages import whisper_code
from bot.engine.speech.transcript import Recognised
from bot.errors import BadInput

# Whisper's own rule for a segment that only fills a silence.
LIKELY_SILENCE = 0.6
UNLIKELY_WORDS = -1.0
# A segment's words may begin a little before it, as the server has it.
REACH_SECONDS = 0.5


class NotReadable(Exception):
    """The answer is none; the message says why."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word as the server gives it."""

    text: str
    start: float
    end: float
    score: float | None


def read_answer(body: bytes, seconds: float) -> Recognised:
    """Return what a server heard in a piece of speech.

    Args:
        body: Its answer: `verbose_json` or `json`.
        seconds: Length of the speech; times beyond it are brought back.

    Raises:
        NotReadable: It is neither.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotReadable("it is no JSON") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        raise NotReadable("it has no text")
    words = list(_words(answer.get("words"), seconds))
    segments = answer.get("segments")
    if not isinstance(segments, list) or not segments:
        segments = [{"text": answer["text"], "start": 0.0, "end": seconds}]
    utterances = [found for each in segments if (found := _utterance(each, words, seconds)) is not None]
    return Recognised(tuple(utterances), _language(answer.get("language")))


def _utterance(segment: Any, words: Sequence[_Timed], seconds: float) -> Utterance | None:
    if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
        raise NotReadable("a segment has no text")
    text = " ".join(segment["text"].split())
    start, end = _time(segment.get("start"), seconds), _time(segment.get("end"), seconds)
    likely, silent = _number(segment.get("avg_logprob")), _number(segment.get("no_speech_prob"))
    if not text or (silent is not None and silent > LIKELY_SILENCE and (likely or 0.0) < UNLIKELY_WORDS):
        return None
    if start is None or end is None or end < start:
        start, end = 0.0, seconds
    score = math.exp(min(0.0, likely)) if likely is not None else None
    own = list(_words(segment.get("words"), seconds)) or _inside(words, start, end)
    return Utterance(start, end, text, tuple(_placed(text, own, start, end, score)))


def _inside(words: Sequence[_Timed], start: float, end: float) -> list[_Timed]:
    return [word for word in words if start - REACH_SECONDS <= word.start and word.end <= end + REACH_SECONDS]


def _placed(text: str, words: Sequence[_Timed], start: float, end: float, score: float | None) -> Iterator[Word]:
    """Yield the words of a text, with the times of those that the server gave, and reckoned times for the rest."""
    cuts: list[tuple[int, _Timed]] = []
    at = 0
    plain = text.casefold() if len(text.casefold()) == len(text) else text
    for word in words:
        found = plain.find(word.text.casefold(), at)
        if word.text and found >= 0:
            cuts.append((found, word))
            at = found + len(word.text)
    if not cuts:
        yield from _reckoned(text, start, end, score)
        return
    if cuts[0][0]:
        yield from _reckoned(text[: cuts[0][0]], min(start, cuts[0][1].start), cuts[0][1].start, score)
    for index, (begin, word) in enumerate(cuts):
        stop, until = (cuts[index + 1][0], cuts[index + 1][1].start) if index + 1 < len(cuts) else (len(text), end)
        piece = text[begin:stop].strip()
        sure = word.score if word.score is not None else score
        if " " in piece:  # words that the server left out, before the next one that it gave
            yield from _reckoned(piece, word.start, max(word.end, until), sure)
        else:
            yield Word(piece, word.start, word.end, sure)


def _reckoned(text: str, start: float, end: float, score: float | None) -> Iterator[Word]:
    """Give each word its share of a stretch, by its length."""
    parts = text.split()
    letters = sum(map(len, parts))
    for part in parts:
        until = start + (max(start, end) - start) * len(part) / letters
        letters -= len(part)
        yield Word(part, start, until, score)
        start = until


def _words(given: Any, seconds: float) -> Iterator[_Timed]:
    """Yield words with times that can be, in order."""
    last = 0.0
    for each in given if isinstance(given, list) else ():
        if not isinstance(each, dict) or not isinstance(each.get("word"), str):
            continue
        start, end = _time(each.get("start"), seconds), _time(each.get("end"), seconds)
        if start is None or end is None:
            continue
        start = max(start, last)
        last = max(start, end)
        score = _number(each.get("probability"))
        yield _Timed(each["word"].strip(), start, last, None if score is None else min(1.0, max(0.0, score)))


def _time(value: Any, seconds: float) -> float | None:
    number = _number(value)
    return None if number is None else min(max(0.0, number), seconds)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


def _language(said: Any) -> str | None:
    if not isinstance(said, str) or not said.strip():
        return None
    try:
        return whisper_code(said)
    except BadInput:
        return None
