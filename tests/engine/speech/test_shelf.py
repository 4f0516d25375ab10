from pathlib import Path

import numpy as np

from bot.engine.speech.shelf import Shelf


def test_what_was_reckoned_is_not_reckoned_again(tmp_path: Path) -> None:
    made: list[str] = []

    def numbers() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        made.append("numbers")
        return np.arange(3, dtype=np.float32)

    def turns() -> list[list[float]]:
        made.append("turns")
        return [[0.5, 1.5]]

    for _ in range(2):
        shelf = Shelf(tmp_path / "job")
        assert shelf.samples("voice1", numbers).tolist() == [0, 1, 2]
        assert shelf.plain("turns", turns) == [[0.5, 1.5]]
    assert made == ["numbers", "turns"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job.turns.json", "job.voice1.f32"]


def test_half_a_file_that_a_crash_left_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "job.turns.json.partial").write_text("[[0.5")
    assert Shelf(tmp_path / "job").plain("turns", list) == []


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    assert Shelf(None).plain("turns", lambda: [1]) == [1]
    assert list(tmp_path.iterdir()) == []
