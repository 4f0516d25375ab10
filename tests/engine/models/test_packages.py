import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.models.packages import NotInstalled, joined
from bot.engine.models.pins import PinnedModel
from bot.errors import Failed
from tests.engine.models.conftest import CONFIG, FIRST, SECOND

Install = Callable[..., Path]


def join_in_a_process(site: str, model: PinnedModel, cache: Path) -> bytes:
    sys.path.insert(0, site)
    return (joined(model, cache) / "model.bin").read_bytes()


def test_the_parts_become_one_model_and_no_package_code_runs(
    model: PinnedModel, install: Install, tmp_path: Path
) -> None:
    install()
    folder = joined(model, tmp_path / "cache")
    assert (folder / "model.bin").read_bytes() == FIRST + SECOND
    assert (folder / "config.json").read_bytes() == CONFIG


def test_a_model_that_was_made_before_needs_no_packages(model: PinnedModel, install: Install, tmp_path: Path) -> None:
    site = install()
    first = joined(model, tmp_path / "cache")
    for info in site.glob("*.dist-info"):
        (info / "METADATA").unlink()
    assert joined(model, tmp_path / "cache") == first


def test_processes_that_start_together_end_up_with_the_same_whole_model(
    model: PinnedModel, install: Install, tmp_path: Path
) -> None:
    site = install()
    cache = tmp_path / "cache"
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        made = pool.starmap(join_in_a_process, [(str(site), model, cache)] * 4)
    assert made == [FIRST + SECOND] * 4
    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1


def test_what_a_crash_left_behind_is_removed(model: PinnedModel, install: Install, tmp_path: Path) -> None:
    install()
    cache = tmp_path / "cache"
    folder = joined(model, cache)
    half = cache / f".{folder.name}.joined-crashed"
    folder.rename(half)
    (half / "model.bin").write_bytes(FIRST)

    assert (joined(model, cache) / "model.bin").read_bytes() == FIRST + SECOND
    assert not half.exists()


@pytest.mark.parametrize("damage", [b"", FIRST, FIRST + SECOND[:-1] + b"!"])
def test_a_damaged_model_in_the_cache_is_made_anew(
    model: PinnedModel, install: Install, tmp_path: Path, damage: bytes
) -> None:
    install()
    folder = joined(model, tmp_path)
    (folder / "model.bin").write_bytes(damage)
    assert (joined(model, tmp_path) / "model.bin").read_bytes() == FIRST + SECOND


def test_a_package_with_other_bytes_is_refused_and_nothing_is_kept(
    model: PinnedModel, install: Install, tmp_path: Path
) -> None:
    install(second=SECOND + b"malware")
    with pytest.raises(Failed, match="little-model-part2 does not hold the file that was checked"):
        joined(model, tmp_path / "cache")
    assert [path for path in (tmp_path / "cache").iterdir() if path.is_dir()] == []


def test_another_version_counts_as_missing(model: PinnedModel, install: Install, tmp_path: Path) -> None:
    install(version="1.0.1")
    with pytest.raises(NotInstalled, match=r"little-model-part1 is 1\.0\.1, not 1\.0\.0"):
        joined(model, tmp_path / "cache")


def test_a_model_that_no_package_has_says_so(model: PinnedModel, tmp_path: Path) -> None:
    files = tuple(replace(file, parts=()) for file in model.files)
    with pytest.raises(NotInstalled, match="no package with little-model is known"):
        joined(replace(model, files=files), tmp_path / "cache")


def test_a_missing_package_is_named(model: PinnedModel, tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match="little-model-part1 is not installed"):
        joined(model, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
