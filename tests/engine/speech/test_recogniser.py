from pathlib import Path

import numpy as np
import pytest

from bot.engine.media import decode
from bot.engine.models.weights import Origin, Weights, find_weights
from bot.engine.pcm import RATE
from bot.engine.speech import hearing
from bot.engine.speech.hearing import Sound, transcribe
from bot.engine.speech.recogniser import Recogniser
from bot.engine.speech.sentences import sentences
from bot.engine.speech.shelf import Shelf
from bot.engine.speech.transcript import SpeechOptions, Transcript
from bot.errors import BadInput, Failed
from tests.engine.sounds import DATA, music, noise, read_pcm, tone, write_pcm


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    return Recogniser.load(find_weights(None, tmp_path_factory.mktemp("models")))


@pytest.fixture
async def two_people(tmp_path: Path) -> Path:
    pcm = tmp_path / "two.pcm"
    await decode(DATA / "two_people.ogg", pcm)
    return pcm


def nobody_asks(_: float) -> None:
    """Take no notice of progress."""


def first_word_of(transcript: Transcript, text: str) -> float:
    return next(w.start for one in transcript.utterances for w in one.words if text in w.text)


async def test_what_two_people_say_is_heard_with_its_times(recogniser: Recogniser, two_people: Path) -> None:
    progress: list[float] = []

    heard = transcribe(two_people, recogniser, SpeechOptions(), progress.append)

    cut = sentences(heard.utterances)
    assert "I will send the budget to the finance team by Friday." in [sentence.text for sentence in cut]
    assert heard.language == "en"
    assert heard.language_score
    assert heard.language_score > 0.7
    assert heard.seconds == pytest.approx(18.5, abs=0.1)
    assert first_word_of(heard, "budget") == pytest.approx(3.4, abs=0.5)
    assert first_word_of(heard, "Thank") == pytest.approx(11.7, abs=0.4)
    assert all(word.score is not None and 0 <= word.score <= 1 for one in cut for word in one.words)
    assert progress == sorted(progress)
    assert progress[-1] == 1


async def test_names_from_the_vocabulary_are_heard_as_they_are_written(
    recogniser: Recogniser, two_people: Path
) -> None:
    options = SpeechOptions("en-US", ("Kowalczyk", "Zephyrion"))
    heard = transcribe(two_people, recogniser, options, nobody_asks)
    said = " ".join(one.text for one in heard.utterances)
    assert "ask Kowalczyk to review" in said
    assert "Zephyrion contract" in said


async def test_a_recording_in_pieces_says_the_same_at_the_same_times(
    recogniser: Recogniser, two_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "PART_SECONDS", 7.0)
    heard = transcribe(two_people, recogniser, SpeechOptions("en"), nobody_asks)
    assert first_word_of(heard, "budget") == pytest.approx(3.4, abs=0.5)
    assert first_word_of(heard, "Thank") == pytest.approx(11.7, abs=0.4)
    assert "lunch." in heard.utterances[-1].text


async def test_german_is_recognised_as_german(recogniser: Recogniser, tmp_path: Path) -> None:
    pcm = tmp_path / "german.pcm"
    await decode(DATA / "german.ogg", pcm)
    heard = transcribe(pcm, recogniser, SpeechOptions(), nobody_asks)
    assert heard.language == "de"
    assert "Guten Morgen" in heard.utterances[0].text


async def test_a_wrong_language_tag_is_noticed(recogniser: Recogniser, tmp_path: Path, two_people: Path) -> None:
    pcm = tmp_path / "german.pcm"
    await decode(DATA / "german.ogg", pcm)
    said = read_pcm(pcm)
    write_pcm(pcm, np.concatenate([said] * max(1, int(9 * RATE / len(said)) + 1)))
    (part,) = hearing.hear(Sound.of([pcm], Shelf(None)), recogniser, SpeechOptions("en-US"), nobody_asks)
    assert part.language == "de"
    assert "Guten Morgen" in part.utterances[0].text
    (note,) = part.notes
    assert note.text == "This recording was said to be in English. It was heard and written as German."
    (right,) = hearing.hear(Sound.of([two_people], Shelf(None)), recogniser, SpeechOptions("en-US"), nobody_asks)
    assert (right.language, right.notes) == ("en", ())


@pytest.mark.parametrize("language", [None, "en"])
def test_noise_music_silence_and_tones_say_nothing(
    recogniser: Recogniser, tmp_path: Path, language: str | None
) -> None:
    dialled = np.concatenate([tone(0.2, low) + tone(0.2, high) for low, high in [(697, 1209), (852, 1477)] * 30])
    for sound in (noise(15), music(15), noise(15) * 0, tone(15, 425), dialled[: 12 * RATE]):
        progress: list[float] = []
        pcm = write_pcm(tmp_path / "sound.pcm", sound)
        heard = transcribe(pcm, recogniser, SpeechOptions(language, ("Kowalczyk",)), progress.append)
        assert heard == Transcript((), language, None, len(sound) / RATE, 0)
        assert progress == [1]


async def test_whoever_watches_the_progress_can_stop_it(recogniser: Recogniser, two_people: Path) -> None:
    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        transcribe(two_people, recogniser, SpeechOptions("en"), stop)


def test_an_unknown_language_is_refused_before_anything_is_read(recogniser: Recogniser, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="“xx-XX” is not one of"):
        transcribe(tmp_path / "there-is-no-file", recogniser, SpeechOptions("xx-XX"), nobody_asks)


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(Failed, match="my-model from your own folder"):
        Recogniser.load(Weights(tmp_path, "my-model", Origin.OWN))


async def test_two_people_in_two_channels_are_heard_apart_and_in_order(
    recogniser: Recogniser, two_people: Path
) -> None:
    whole = read_pcm(two_people)
    at = int(11.2 * RATE)
    first, second = whole * 0, whole * 0
    first[:at], second[at:] = whole[:at], whole[at:]
    files = [
        write_pcm(two_people.with_name("left.pcm"), first + second / 30),
        write_pcm(two_people.with_name("right.pcm"), second + first / 30),
    ]
    heard = list(hearing.hear(Sound.of(files, Shelf(None)), recogniser, SpeechOptions("en"), nobody_asks))
    said = [sentence for part in heard for sentence in part.sentences]
    voices = [sentence.voice for sentence in said]
    assert set(voices) == {"channel 1", "channel 2"}
    assert voices == sorted(voices, key=str)
    told = " ".join(sentence.utterance.text for sentence in said)
    assert told.count("budget to the finance team") == told.count("before lunch") == 1


async def test_a_recording_that_was_heard_in_part_goes_on_with_the_next_part(
    recogniser: Recogniser, two_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "PART_SECONDS", 7.0)
    sound, asked = Sound.of([two_people], Shelf(two_people.with_name("job"))), SpeechOptions("en")
    first = next(hearing.hear(sound, recogniser, asked, nobody_asks))
    progress: list[float] = []
    rest = list(hearing.hear(sound, recogniser, asked, progress.append, begin=first.until))
    told = " ".join(sentence.utterance.text for part in (first, *rest) for sentence in part.sentences)
    assert told.count("budget to the finance team") == 1
    assert "lunch." in told
    assert min(progress) >= first.until / sound.seconds
