import wave
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.evaluation.recordings import captioned, read_recordings, without_speech
from bot.evaluation.speech import SpeechModels
from tests.evaluation.corpora import corpus


def test_a_corpus_says_what_is_said_in_a_list_or_in_a_file_beside_the_sound(tmp_path: Path) -> None:
    references = [{"set": "easy", "file": "one.wav", "ref": "Ask not."}]
    files = {
        "audio/references.json": references,
        "audio/one.wav": "",
        "audio/two.flac": "",
        "audio/two.txt": "\ufeffaudio.wav\tOnce the test is complete.",
        "audio/unknown.flac": "",
        "audio/LICENSE.txt": "free",
    }
    found = read_recordings(corpus(tmp_path, files))
    assert [(each.path.name, each.data, each.said) for each in found] == [
        ("one.wav", "easy", "Ask not."),
        ("two.flac", "two", "Once the test is complete."),
    ]
    assert read_recordings(None) == ()


@pytest.mark.parametrize("references", ["[", {"one.wav": "Ask not."}, [{"file": "one.wav"}], [3]])
def test_references_that_are_none_are_named(tmp_path: Path, references: object) -> None:
    with pytest.raises(BadInput, match="is no list of recordings"):
        read_recordings(corpus(tmp_path, {"audio/references.json": references}))


def test_a_reference_to_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"names gone\.wav, which is not there"):
        read_recordings(corpus(tmp_path, {"audio/references.json": [{"set": "a", "file": "gone.wav", "ref": "x"}]}))


def test_of_captions_only_the_words_are_said(tmp_path: Path) -> None:
    first = "1\n00:00:00.400 --> 00:00:01.689\n<v Laura>Good morning, 7 people."
    vtt = f"WEBVTT - A title\n\n{first}\n\n00:02.000 --> 00:03.000\nHi."
    (tmp_path / "a.vtt").write_text(vtt)
    assert captioned(tmp_path / "a.wav", tmp_path / "a.vtt", "set").said == "Good morning, 7 people. Hi."


def test_what_nobody_says_is_sound_all_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    made, again = without_speech(one), without_speech(other)
    assert [each.path.read_bytes() for each in made] == [each.path.read_bytes() for each in again]
    with wave.open(str(made[2].path)) as file:
        assert file.getnframes() == 30 * file.getframerate() == 480_000


def test_the_size_that_is_used_is_measured_first_and_then_what_else_is_there(tmp_path: Path) -> None:
    assert SpeechModels(tmp_path, "small", tmp_path).sizes() == ("small",), "a model of one's own is the only one"
    first, *others = SpeechModels(None, "large-v3", tmp_path).sizes()
    assert first == "large-v3"
    assert "base" in others, "it is installed"
