"""Hears a recording: voice activity, who speaks when, recognition part by part, sentences with their speakers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from pathlib import Path
from threading import Lock

import numpy as np

from bot.engine import pcm as pcm_format
from bot.engine.at_once import at_once
from bot.engine.heard import channel_voice
from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.plain import from_plain, to_plain
from bot.engine.records import Note, Utterance
from bot.engine.speech.channels import Channel, distinct, without_echoes
from bot.engine.speech.chunks import Chunk, Part, parts
from bot.engine.speech.guards import credible
from bot.engine.speech.languages import NAMES
from bot.engine.speech.memory import give_back
from bot.engine.speech.shelf import Shelf
from bot.engine.speech.transcript import Ears, HeardPart, OnProgress, Recognised, SpeechOptions, Tongue, Transcript
from bot.engine.speech.turns import Spoken, Turn, always, spoken
from bot.engine.speech.voice import WINDOW, Samples, VoiceDetector, to_float

# What is lost when a job is cut off, and what is in memory, about 0.7 MB a second: as many parts as are heard at once.
# On eight minutes of speech, parts of 120, 180 and 300 s took the same time.
PART_SECONDS = 120.0
# Speech that is shorter is the end of a word that was cut off.
LEAST_SECONDS = 0.2

# Whisper hears half a minute at once; it listens to more of the recording when the first does not make it sure.
LISTEN_SECONDS = 30
LISTEN_PLACES = 3

# A language tag is wrong when another language is this likely, on average over all places of at least so many seconds.
OTHER_LANGUAGE = 0.85
TELLING_SECONDS = 8

# How much of the work it is to find who speaks: 0.036 s a second of sound, beside 0.04 for recognising what is said.
FINDING_SHARE = 0.45

FindTurns = Callable[[Path, Samples, OnProgress], Sequence[Turn]]
"""Finds who speaks when in a file of raw PCM, given how likely speech is in each window."""

UNTOLD = Note("speakers-unknown", "The voices in this recording could not be told apart: it does not say who spoke.")


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as it lies on disk.

    Attributes:
        channels: Files of raw PCM (see `bot.engine.pcm`), each as long as the others.
        shelf: Where intermediate results are kept.
    """

    channels: tuple[Channel, ...]
    shelf: Shelf

    @classmethod
    def of(cls, files: Sequence[Path], shelf: Shelf) -> "Sound":
        """Return the recording that lies in a file for each channel; channels that only repeat others are left out."""
        channels = [Channel(number, pcm) for number, pcm in enumerate(files, 1)]
        numbers = shelf.plain("channels", lambda: [channel.number for channel in distinct(channels)])
        return cls(tuple(channel for channel in channels if channel.number in numbers), shelf)

    @property
    def seconds(self) -> float:
        """Its length."""
        return max(pcm_format.seconds(channel.pcm) for channel in self.channels)


def hear(
    sound: Sound,
    ears: Ears,
    options: SpeechOptions,
    on_progress: OnProgress,
    *,
    begin: float = 0.0,
    find_turns: FindTurns | None = None,
) -> Iterator[HeardPart]:
    """Yield what is said in a recording, part by part; those that are heard at once are in memory.

    Args:
        sound: The recording. Separate channels are separate speakers.
        ears: What recognises speech.
        options: The caller's.
        on_progress: Told the fraction of the recording that is done.
        begin: Where to begin, in seconds: the end of an earlier part.
        find_turns: Finds the speakers in a recording of one channel; without it they are unknown.

    Raises:
        BadInput: The language is none that can be recognised.
    """
    given = ears.known(options.language)
    samples = int(sound.seconds * RATE)
    likely = _voice_activity(sound)
    cut = parts(likely, samples, PART_SECONDS, round(begin * RATE))
    if not cut:
        return
    finding = FINDING_SHARE if find_turns and len(sound.channels) == 1 else 0.0
    turns = _speakers(sound, likely, find_turns, _share(0.0, finding, on_progress))
    notes: tuple[Note, ...] = (UNTOLD,) if finding and turns[0] and not any(turn.voice for turn in turns[0]) else ()
    recognising = _share(finding, 1 - finding, on_progress)
    settled = given is not None and begin > 0  # with the first part
    tongue, mistaken = (None, ()) if settled else _language(ears, _places(sound, cut), given)
    notes += mistaken
    options = replace(options, language=tongue.code if tongue else given)
    together = _Together(cut, samples, recognising)

    # made one by one: where the language is told with the first part, the second one is asked for in it
    works = (
        partial(_by_channel, sound, part, likely, ears=ears, options=options, on_progress=together.part_of(part))
        for part in cut
    )
    for part, heard in zip(cut, at_once(ears.threads, works), strict=True):
        if options.language is None:
            options = replace(options, language=next((each.language for each in heard if each.language), None))
        said = [spoken(each.utterances, whose) for each, whose in zip(heard, turns, strict=True)]
        yield HeardPart(
            until=part.end / RATE,
            done=min(1.0, finding + (1 - finding) * part.end / samples),
            sentences=_in_order(said),
            utterances=tuple(utterance for each in heard for utterance in each.utterances),
            language=options.language,
            language_score=tongue.score if tongue else None,
            speech_seconds=sum(chunk.seconds for chunk in part.chunks),
            notes=notes,
        )


def transcribe(pcm: Path, ears: Ears, options: SpeechOptions, on_progress: OnProgress) -> Transcript:
    """Return all that is said in a file of raw PCM, for those who need no speakers and can wait."""
    sound = Sound.of([pcm], Shelf(None))
    heard = list(hear(sound, ears, options, on_progress))
    on_progress(1.0)
    return Transcript(
        tuple(utterance for part in heard for utterance in part.utterances),
        heard[-1].language if heard else ears.known(options.language),
        heard[-1].language_score if heard else None,
        sound.seconds,
        sum(part.speech_seconds for part in heard),
    )


def _voice_activity(sound: Sound) -> list[Samples]:
    """Return how likely speech is, by channel."""
    voice = VoiceDetector()
    likely = [
        sound.shelf.samples(f"voice{channel.number}", partial(voice.likelihoods, channel.pcm))
        for channel in sound.channels
    ]
    return without_echoes(likely, sound.channels)


def _speakers(
    sound: Sound, likely: Sequence[Samples], find_turns: FindTurns | None, on_progress: OnProgress
) -> list[Sequence[Turn]]:
    """Return who speaks when, by channel."""
    if len(sound.channels) > 1:
        return [always(channel_voice(channel.number)) for channel in sound.channels]
    if find_turns is None:
        return [always(None)]
    kept = sound.shelf.plain(
        "turns", lambda: to_plain(tuple(find_turns(sound.channels[0].pcm, likely[0], on_progress)))
    )
    give_back()
    return [from_plain(tuple[Turn, ...], kept)]


def _language(ears: Ears, places: Iterator[Samples], given: str | None) -> tuple[Tongue | None, tuple[Note, ...]]:
    """Return the language that was listened for, where none was given or another one is spoken, and a note of that."""
    if given is None:
        return ears.listen(places), ()
    heard = ears.listen((place for place in places if len(place) >= TELLING_SECONDS * RATE), inf)
    if heard is None or heard.code == given or heard.score < OTHER_LANGUAGE:
        return None, ()
    said, spoken_one = NAMES[given], NAMES[heard.code]
    note = Note("other-language", f"This recording was said to be in {said}. It was heard and written as {spoken_one}.")
    return heard, (note,)


def _places(sound: Sound, cut: Sequence[Part]) -> Iterator[Samples]:
    """Yield some half minutes of speech, from different places."""
    chosen = dict.fromkeys(index * len(cut) // LISTEN_PLACES for index in range(LISTEN_PLACES))
    for index in chosen:
        longest = max(range(len(sound.channels)), key=lambda number: cut[index].chunks[number].seconds)
        yield read_sound(sound.channels[longest].pcm, cut[index].chunks[longest])[: LISTEN_SECONDS * RATE]


class _Together:
    """Adds up how far parts are that are heard at once.

    Args:
        parts: What is heard.
        samples: How long the recording is; what lies before the parts was heard before.
        on_progress: Told how much of it is done, by one thread at a time.
    """

    def __init__(self, parts: Sequence[Part], samples: int, on_progress: OnProgress) -> None:
        self._before = parts[0].start
        self._done = dict.fromkeys(parts, 0.0)
        self._samples = samples
        self._on_progress = on_progress
        self._lock = Lock()

    def part_of(self, part: Part) -> OnProgress:
        """Return what is told how much of a part is done."""

        def told(done: float) -> None:
            with self._lock:
                self._done[part] = done * (part.end - part.start)
                self._on_progress((self._before + sum(self._done.values())) / self._samples)

        return told


def _by_channel(
    sound: Sound, part: Part, likely: Sequence[Samples], *, ears: Ears, options: SpeechOptions, on_progress: OnProgress
) -> list[Recognised]:
    """Return what is said in each channel of a part."""
    speech = sum(chunk.seconds for chunk in part.chunks)
    done = 0.0
    heard: list[Recognised] = []
    for channel, chunk, voice in zip(sound.channels, part.chunks, likely, strict=True):
        if chunk.seconds < LEAST_SECONDS:
            heard.append(Recognised(()))
            continue
        found = ears.recognise(
            read_sound(channel.pcm, chunk), options, _share(done / speech, chunk.seconds / speech, on_progress)
        )
        utterances = tuple(credible(map(chunk.placed, found.utterances), partial(_voiced, voice), options.vocabulary))
        heard.append(replace(found, utterances=utterances))
        done += chunk.seconds
    return heard


def _voiced(likely: Samples, utterance: Utterance) -> float:
    """Return how likely speech was on average while something was said."""
    first = int(utterance.start * RATE) // WINDOW
    inside = likely[first : max(first + 1, round(utterance.end * RATE / WINDOW))]
    return float(inside.mean()) if len(inside) else 0.0


def _in_order(said: Sequence[tuple[Spoken, ...]]) -> tuple[Spoken, ...]:
    """Return the sentences of all channels by their time."""
    return tuple(sorted((each for channel in said for each in channel), key=lambda each: each.utterance.start))


def _share(before: float, size: float, on_progress: OnProgress) -> OnProgress:
    """Return what is told the progress of a share of the work, and tells that of the whole."""
    return lambda done: on_progress(min(1.0, before + size * done))


def read_sound(pcm: Path, chunk: Chunk) -> Samples:
    """Return the speech of a chunk."""
    heard = []
    with pcm.open("rb") as file:
        for span in chunk.spans:
            file.seek(span.start * SAMPLE_BYTES)
            heard.append(to_float(file.read(len(span) * SAMPLE_BYTES)))
    return np.concatenate(heard)
