from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.evaluation.diarization import Spoken
from bot.evaluation.voices import captioned_voices, read_voices
from tests.evaluation.corpora import corpus

RTTM = """SPEAKER one 1 3.168 0.800 <NA> <NA> Ana <NA> <NA>
SPEAKER two 1 0.5 0.25 <NA> <NA> Bo <NA> <NA>
SPEAKER without_sound 1 0.5 0.25 <NA> <NA> Bo <NA> <NA>
"""


def test_recordings_are_found_beside_the_file_that_describes_them(tmp_path: Path) -> None:
    files = {
        "diarization/clips/all.rttm": RTTM,
        "diarization/clips/one.flac": "",
        "diarization/clips/two.wav": "",
        "diarization/call.rttm": "SPEAKER sample 1 1 2 <NA> <NA> Ana <NA> <NA>\n",
        "diarization/call.wav": "",
        "diarization/mix.json": [[0, 1.5, "2033"]],
        "diarization/mix.flac": "",
    }
    found = {each.path.name: each for each in read_voices(corpus(tmp_path, files))}
    assert {name: each.data for name, each in found.items()} == {
        "one.flac": "clips",
        "two.wav": "clips",
        "call.wav": "call",
        "mix.flac": "mix",
    }
    assert found["one.flac"].spoken == (Spoken(3.168, 3.968, "Ana"),)
    assert found["call.wav"].spoken == (Spoken(1.0, 3.0, "Ana"),)
    assert found["mix.flac"].spoken == (Spoken(0.0, 1.5, "2033"),)
    assert read_voices(None) == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rttm", "SPEAKER a 1 soon 1 <NA> <NA> Ana"),
        ("a.json", "{}x"),
        ("a.json", [[1, 2]]),
        ("a.json", [["a", 2, "x"]]),
    ],
)
def test_a_description_that_is_none_is_named(tmp_path: Path, name: str, content: object) -> None:
    with pytest.raises(BadInput, match=name):
        read_voices(corpus(tmp_path, {f"diarization/{name}": content, "diarization/a.wav": ""}))


def test_captions_say_who_speaks_when(tmp_path: Path) -> None:
    first = "00:01:00.400 --> 00:01:01.500\n<v Laura Ray>Good morning."
    vtt = f"WEBVTT - x\n\n{first}\n\n01:02.000 --> 01:03.000\n<v Bo>Hi.\n"
    (tmp_path / "a.vtt").write_text(vtt)
    assert captioned_voices(tmp_path / "a.wav", tmp_path / "a.vtt", "set").spoken == (
        Spoken(60.4, 61.5, "Laura Ray"),
        Spoken(62.0, 63.0, "Bo"),
    )
