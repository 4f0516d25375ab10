"""Sentences that say alike are near one another, and the model is the one that was checked."""

from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from bot.engine.insights import meaning
from bot.engine.insights.meaning import Meanings
from bot.errors import Failed


def test_what_says_alike_is_nearer_than_what_does_not() -> None:
    said = ["I'll send the invoice.", "I will mail the bill.", "The cat is asleep."]
    promise, same, other = Meanings().embed(said)[:, : meaning.HALF]
    assert promise @ same > promise @ other + 0.3


def test_how_something_is_put_tells_a_promise_from_what_was_done() -> None:
    said = ["I'll send the invoice.", "She's going to call them.", "I sent the invoice.", "She called them."]
    put = Meanings().embed(said)[:, meaning.HALF :]
    promise, other_promise, done, other_done = (one - put.mean(axis=0) for one in put)
    assert promise @ other_promise > promise @ other_done
    assert done @ other_done > done @ other_promise


def test_a_text_means_the_same_whatever_is_read_with_it() -> None:
    long = "and then we went on " * 30
    assert np.allclose(Meanings().embed(["Yes."]), Meanings().embed([long, "Yes.", "No."])[1:2], atol=1e-3)


@pytest.mark.parametrize("text", ["", "   ", "x" * 50_000, "word " * 50_000, "😀", "\x00"])
def test_no_text_is_too_strange_to_have_a_meaning(text: str) -> None:
    found = Meanings().embed([text])
    assert found.shape == (1, meaning.WIDTH)
    assert np.linalg.norm(found[:, : meaning.HALF]) == pytest.approx(1, abs=1e-3)


def test_no_texts_have_no_meanings() -> None:
    assert Meanings().embed([]).shape == (0, meaning.WIDTH)


def test_a_model_that_is_not_the_one_that_was_checked_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / meaning.MODEL).parent.mkdir()
    (tmp_path / meaning.MODEL).write_bytes(b"other weights")
    monkeypatch.setattr(metadata.PathDistribution, "locate_file", lambda _self, path: tmp_path / str(path))
    with pytest.raises(Failed, match="does not hold the file that was checked"):
        meaning.encoder.__wrapped__()
