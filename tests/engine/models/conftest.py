"""A small model in two packages that are really installed, in a folder of their own."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.engine.models.pins import Part, PinnedFile, PinnedModel

FIRST, SECOND, CONFIG = b"the first half " * 1000, b"and the second " * 1000, b"{}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def model() -> PinnedModel:
    first = Part("little-model-part1", "1.0.0", "little_model_part1/model.bin.part1", sha256(FIRST))
    second = Part("little-model-part2", "1.0.0", "little_model_part2/model.bin.part2", sha256(SECOND))
    config = Part("little-model-part1", "1.0.0", "little_model_part1/config.json", sha256(CONFIG))
    return PinnedModel(
        "little-model",
        "nobody/little-model",
        "0" * 40,
        (
            PinnedFile("model.bin", sha256(FIRST + SECOND), len(FIRST + SECOND), (first, second)),
            PinnedFile("config.json", sha256(CONFIG), len(CONFIG), (config,)),
        ),
    )


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return what installs the two packages; their code must never run."""
    site = tmp_path / "site-packages"
    monkeypatch.syspath_prepend(str(site))

    def put(version: str = "1.0.0", second: bytes = SECOND) -> Path:
        for number, files in (
            (1, {"model.bin.part1": FIRST, "config.json": CONFIG}),
            (2, {"model.bin.part2": second}),
        ):
            package = site / f"little_model_part{number}"
            package.mkdir(parents=True)
            (package / "__init__.py").write_text("raise SystemExit('this code must not run')")
            for name, content in files.items():
                (package / name).write_bytes(content)
            info = site / f"little_model_part{number}-{version}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: little-model-part{number}\nVersion: {version}\n"
            )
        return site

    return put
