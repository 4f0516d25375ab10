import json
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from bot.engine import models
from bot.engine.models.pins import SIZES, PinnedModel
from bot.engine.models.weights import Origin, find_weights
from bot.errors import Failed

Install = Callable[..., Path]


def test_your_own_folder_comes_first(model: PinnedModel, install: Install, tmp_path: Path) -> None:
    install()
    own = tmp_path / "whisper-large"
    own.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (own / name).touch()
    found = find_weights(own, tmp_path / "cache", model)
    assert (found.folder, found.name, found.origin) == (own, "whisper-large", Origin.OWN)
    assert str(found) == f"whisper-large from your own folder ({own})"


def test_a_folder_of_your_own_that_lacks_something_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    own = tmp_path / "model"
    own.mkdir()
    (own / "model.bin").touch()
    with pytest.raises(Failed) as refused:
        find_weights(own, tmp_path / "cache")
    assert refused.value.what == f"ENGINE_MODEL_PATH is {own}, which has no config.json and no tokenizer.json."
    assert "CTranslate2" in refused.value.cure


def test_installed_packages_come_before_the_hub(
    model: PinnedModel, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    install()
    assert find_weights(None, tmp_path, model).origin is Origin.PACKAGES


def test_an_operator_who_forbids_the_hub_reads_what_else_there_is(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(Failed) as refused:
        find_weights(None, tmp_path, model)
    assert "little-model-part1 is not installed, and HF_HUB_OFFLINE forbids" in refused.value.what
    assert "ENGINE_MODEL_PATH" in refused.value.cure


def test_a_cache_that_cannot_be_written_is_named(model: PinnedModel, install: Install, tmp_path: Path) -> None:
    install()
    (tmp_path / "file").touch()
    with pytest.raises(Failed, match="cannot be put together"):
        find_weights(None, tmp_path / "file" / "cache", model)


def test_the_notice_names_every_package_that_is_used() -> None:
    notice = (Path(models.__file__).with_name("NOTICE.md")).read_text()
    for model in SIZES.values():
        assert f"{model.hub}@{model.revision[:7]}" in notice
        for file in model.files:
            assert file.sha256 in notice
    for part in (part for file in SIZES["base"].files for part in file.parts):
        assert part.distribution in notice
        assert metadata.version(part.distribution) == part.version


def test_the_pins_are_what_the_model_needs(tmp_path: Path) -> None:
    found = find_weights(None, tmp_path)
    assert found.origin is Origin.PACKAGES
    assert json.loads((found.folder / "config.json").read_text())["lang_ids"]
