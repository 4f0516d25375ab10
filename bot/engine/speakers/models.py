"""The two models that tell voices apart, loaded from the weights that ship with the engine."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.engine.capacity import usable_cores
from bot.errors import Failed

WEIGHTS: Final = Path(__file__).parent / "weights"
SEGMENTATION_SHA256: Final = "eef487e2854c8e1f500b106857ab46062875e685ba16eaf1e0d89f560c43fbe1"
EMBEDDING_SHA256: Final = "641666053f4b6d1d35af7c177bbf7a1f0f97c0d19bdcb2232e7b2782a1e1990f"
"""What `bench/export_speakers.py` printed."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VoiceModels:
    """Both models, loaded: `pyannote/segmentation-3.0` and 3D-Speaker's CAM++ for Chinese and English.

    Attributes:
        threads: How many threads ask them at once; each question is answered in the thread that asks.
    """

    segmentation: onnxruntime.InferenceSession
    embedding: onnxruntime.InferenceSession
    threads: int = 1

    @classmethod
    def load(cls, folder: Path = WEIGHTS, threads: int = 0) -> "VoiceModels":
        """Return the models in `folder`, for so many threads at once; 0 is one a core.

        Raises:
            Failed: A file is missing, or is not what was checked.
        """
        return cls(
            _session(folder / "segmentation.onnx", SEGMENTATION_SHA256),
            _session(folder / "embedding.onnx", EMBEDDING_SHA256),
            threads or usable_cores(),
        )

    def segment(self, windows: Floats) -> Floats:
        """Return, of windows of samples, the logarithm of how likely each class of speakers is in each frame."""
        (logits,) = self.segmentation.run(None, {"waveform": windows[:, None, :]})
        return np.asarray(logits, np.float32)

    def embed(self, energies: Floats) -> Floats:
        """Return what a voice is like, from the mel energies of its speech: 192 numbers of length 1 together."""
        level = energies - energies.mean(0, keepdims=True)
        (found,) = self.embedding.run(None, {"features": level[None]})
        vector = np.asarray(found[0], np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def _session(path: Path, sha256: str) -> onnxruntime.InferenceSession:
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise Failed(
            f"The weights that tell voices apart are missing ({path}).", "Install the engine again."
        ) from error
    if hashlib.sha256(weights).hexdigest() != sha256:
        raise Failed(f"{path} is not the file that was checked.", "Install the engine again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # an arena keeps the largest window's memory until the process ends
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
