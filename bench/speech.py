"""How fast, how small and how right speech recognition is, beside the bare recogniser on the same audio.

Run with `python -m bench.speech [--corpus PATH] [--hours 2]`. Both sides run in processes of their own, in turns, with
the same model, threads and settings; loading the model is left out, decoding is not. Memory is the peak of the process.
`--hours` repeats the corpus to a recording of that length, and measures that too (ours only: the bare recogniser would
hold all of it in memory). A corpus is a folder of recordings, with what is said in `NAME.txt` or `references.json`.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from faster_whisper import WhisperModel

from bot.engine.capacity import usable_cores
from bot.engine.media import decode
from bot.engine.models.weights import Weights, find_weights
from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.speech.hearing import transcribe
from bot.engine.speech.recogniser import SETTINGS, Recogniser
from bot.engine.speech.sentences import sentences
from bot.engine.speech.transcript import SpeechOptions
from bot.engine.speech.voice import VoiceRules
from bot.evaluation.wer import word_errors
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DEFAULT_CORPUS = ROOT / "bot/playground/sample"
AUDIO = {".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus"}
ROUNDS = 2
MOST_HOURS = 24
MB = 1024  # ru_maxrss counts kilobytes on Linux


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over some recordings: wall and CPU seconds, peak memory in MB, and the text of each."""

    wall: float
    cpu: float
    memory: float
    seconds: float
    texts: dict[str, str]


def ours(weights: Weights) -> Callable[[Path], tuple[float, str]]:
    """Return what turns a recording into its length and text, as the engine does it."""
    recogniser = Recogniser.load(weights, threads=usable_cores())
    folder = tempfile.TemporaryDirectory()

    def read(path: Path) -> tuple[float, str]:
        pcm = Path(folder.name) / "sound.pcm"
        media = asyncio.run(decode(path, pcm, limit_seconds=MOST_HOURS * 3600))
        transcript = transcribe(pcm, recogniser, SpeechOptions(), lambda _: None)
        return media.seconds, " ".join(sentence.text for sentence in sentences(transcript.utterances))

    return read


def bare(weights: Weights) -> Callable[[Path], tuple[float, str]]:
    """Return the same for faster-whisper alone."""
    model = WhisperModel(str(weights.folder), device="cpu", compute_type="int8", cpu_threads=usable_cores())

    rules = VoiceRules()
    voice = {
        "threshold": rules.begin,
        "neg_threshold": rules.stop,
        "min_silence_duration_ms": int(rules.silence * 1000),
        "min_speech_duration_ms": int(rules.least * 1000),
        "speech_pad_ms": int(rules.pad * 1000),
    }

    def read(path: Path) -> tuple[float, str]:
        segments, info = model.transcribe(str(path), vad_filter=True, vad_parameters=voice, **SETTINGS)
        return info.duration, " ".join(segment.text.strip() for segment in segments)

    return read


SIDES = {"ours": ours, "bare": bare}


def run(side: str, paths: Sequence[Path]) -> Run:
    """Measure one side in this process."""
    read = SIDES[side](find_weights(None, Settings().engine_model_cache))
    started, cpu = time.perf_counter(), _cpu()
    heard = {path.name: read(path) for path in paths}
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / MB
    seconds = sum(length for length, _ in heard.values())
    texts = {name: text for name, (_, text) in heard.items()}
    return Run(time.perf_counter() - started, _cpu() - cpu, memory, seconds, texts)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def apart(side: str, paths: Sequence[Path]) -> Run:
    """Measure one side in a process of its own."""
    command = [sys.executable, "-m", "bench.speech", "--side", side, *map(str, paths)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    return Run(**json.loads(done.stdout))


def references(corpus: Path) -> dict[str, str]:
    """Return what is said in each recording of which that is known."""
    listed = corpus / "references.json"
    known = {entry["file"]: entry["ref"] for entry in json.loads(listed.read_text())} if listed.exists() else {}
    return known | {
        path.name: path.with_suffix(".txt").read_text()
        for path in corpus.iterdir()
        if path.suffix in AUDIO and path.with_suffix(".txt").exists()
    }


def lengthen(paths: Sequence[Path], hours: float, target: Path) -> None:
    """Write a recording of so many hours, the corpus again and again with a pause between."""
    pause = bytes(3 * RATE * SAMPLE_BYTES)
    pcm = target.with_suffix(".pcm")
    parts = []
    for path in paths:
        asyncio.run(decode(path, pcm))
        parts.append(pcm.read_bytes() + pause)
    left = int(hours * 3600 * RATE * SAMPLE_BYTES)
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(SAMPLE_BYTES)
        out.setframerate(RATE)
        while left > 0:
            for part in parts:
                out.writeframesraw(part)
                left -= len(part)


def report(corpus: Path, hours: float) -> None:
    """Measure and print the tables."""
    paths = sorted(path for path in corpus.iterdir() if path.suffix in AUDIO)
    assert paths, f"{corpus} has no recordings"
    print(f"{len(paths)} recordings of {corpus}; whisper-base int8, {usable_cores()} threads, {SETTINGS}\n")
    runs: dict[str, list[Run]] = {side: [] for side in SIDES}
    for _ in range(ROUNDS):
        for side in SIDES:
            runs[side].append(apart(side, paths))
    best = {side: min(done, key=lambda one: one.wall) for side, done in runs.items()}
    print(f"{'':22}{'seconds':>9}{'RTF':>8}{'wall':>8}{'CPU':>8}{'memory':>10}")
    _row("faster-whisper alone", best["bare"], best["bare"])
    _row("ours, decoding and all", best["ours"], best["bare"])
    if hours:
        with tempfile.TemporaryDirectory() as folder:
            long = Path(folder) / "long.wav"
            lengthen(paths, hours, long)
            _row(f"ours, {hours:g} hours", apart("ours", [long]), None)
    known = references(corpus)
    if known:
        print(f"\n{'words that are wrong':22}{'said':>9}{'alone':>8}{'ours':>8}")
        for name, said in sorted(known.items()):
            errors = {side: word_errors(said, best[side].texts[name]) for side in SIDES}
            print(f"{name[:21]:22}{errors['ours'].said:>9}{errors['bare'].rate:>8.1%}{errors['ours'].rate:>8.1%}")


def _row(name: str, done: Run, against: Run | None) -> None:
    wall = f"{done.wall / against.wall:.2f}x" if against else "–"
    cpu = f"{done.cpu / against.cpu:.2f}x" if against else "–"
    rtf = done.wall / done.seconds
    print(f"{name:22}{done.seconds:>9.0f}{rtf:>8.3f}{wall:>8}{cpu:>8}{done.memory:>7.0f} MB", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--hours", type=float, default=0.0)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.side:
        print(json.dumps(asdict(run(said.side, said.paths))))
        return
    report(said.corpus, said.hours)


if __name__ == "__main__":
    main()
