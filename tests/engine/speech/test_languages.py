import pytest

from bot.engine.speech.languages import NAMES, whisper_code
from bot.errors import BadInput


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("en-US", "en"), ("en", "en"), (" EN-gb ", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("cmn-Hans-CN", "zh"),
        ("yue-HK", "zh"), ("nb-NO", "no"), ("nn-NO", "nn"), ("iw", "he"), ("jv", "jw"), ("fil-PH", "tl"),
        ("deu", "de"), ("haw", "haw"), ("German", "de"), ("español", "es"), ("haitian creole", "ht"),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_tag_or_its_name(said: str, code: str) -> None:
    assert whisper_code(said) == code


@pytest.mark.parametrize("said", ["", "xx", "xx-YY", "klingon", "english please", "<!channel>", "e" * 500])
def test_an_unknown_language_is_refused_with_how_to_say_it(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        whisper_code(said)
    assert "is not one of the 99" in refused.value.what
    assert len(refused.value.what) < 100
    assert "en-US, de-DE" in refused.value.cure


def test_every_language_is_known_by_its_own_name() -> None:
    assert {whisper_code(name) for name in NAMES.values()} == set(NAMES)
