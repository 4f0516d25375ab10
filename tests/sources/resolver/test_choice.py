from typing import Any

from bot.domain.recordings import MediaKind
from bot.sources.accounts.account import Media
from bot.sources.resolver.choice import files_of
from bot.sources.resolver.resolved import Stream


def page(*files: dict[str, Any], language: str = "") -> dict[str, Any]:
    formats = [each for each in files if "id" in each]
    captions = [each for each in files if "id" not in each]
    return {"title": "Weekly", "seconds": 60.0, "language": language, "formats": formats, "subtitles": captions}


def film(id_: str, *, height: int = 720, protocol: str = "https", **more: Any) -> dict[str, Any]:
    return sound(id_, picture=True, height=height, protocol=protocol, **more)


def sound(id_: str, **more: Any) -> dict[str, Any]:
    plain = {"picture": False, "sound": True, "size": None, "rate": None, "height": None, "language": ""}
    return {"id": id_, "url": f"https://media.example/{id_}", "headers": {}, "protocol": "https", **plain, **more}


def caption(language: str, ending: str = "vtt", *, automatic: bool = False, protocol: str = "") -> dict[str, Any]:
    url = f"https://media.example/{language}.{ending}{'?a' if automatic else ''}"
    return {
        "language": language,
        "automatic": automatic,
        "ending": ending,
        "protocol": protocol,
        "url": url,
        "headers": {},
    }


def order(*files: dict[str, Any], language: str = "") -> list[str]:
    found = files_of(page(*files, language=language))
    return [each.url.rpartition("/")[2] if isinstance(each, Media) else f"stream {each.id}" for each in found]


def test_words_come_before_sound_and_sound_before_pictures() -> None:
    assert order(film("film"), sound("sound"), caption("en")) == ["en.vtt", "sound", "film"]


def test_what_comes_in_pieces_comes_after_what_comes_in_one() -> None:
    streamed = sound("a", protocol="m3u8_native")
    assert order(film("v", protocol="m3u8_native"), streamed, film("f")) == ["stream a", "f", "stream v"]
    assert order(streamed, sound("b")) == ["b", "stream a"]


def test_the_lightest_that_speech_can_be_heard_in_is_taken() -> None:
    assert order(sound("high", rate=256), sound("low", rate=16), sound("mid", rate=64)) == ["mid", "high", "low"]
    assert order(film("hd", height=1080), film("sd", height=360)) == ["sd", "hd"]


def test_a_person_wrote_better_captions_than_a_machine_in_the_language_that_is_spoken() -> None:
    assert order(caption("en", automatic=True), caption("en"), language="en-US") == ["en.vtt", "en.vtt?a"]


def test_captions_in_another_language_than_was_spoken_are_left() -> None:
    assert order(caption("es"), caption("en", automatic=True), language="en") == ["en.vtt?a"]


def test_of_a_machines_hundred_translations_only_the_original_counts() -> None:
    translated = [caption(code, automatic=True) for code in ("de", "fr", "en", "en-orig")]
    assert order(*translated) == ["en-orig.vtt?a"]
    assert order(*translated[:3]) == []
    assert order(translated[0]) == ["de.vtt?a"]


def test_chapters_and_chats_are_no_transcript() -> None:
    kept = [caption("transcript"), caption("cc"), caption("chapter"), caption("live_chat", "json")]
    assert order(*reversed(kept)) == ["transcript.vtt", "cc.vtt"]


def test_captions_of_a_kind_that_is_not_read_are_left() -> None:
    assert order(caption("en", "ttml"), caption("en", "json"), caption("en", "srt")) == ["en.srt", "en.json"]
    assert order(caption("en", protocol="m3u8_native")) == []


def test_pictures_without_sound_are_no_recording() -> None:
    assert order(film("silent", sound=False)) == []


def test_a_stream_keeps_what_is_known_of_it() -> None:
    (found,) = files_of(page(sound("hls-audio", protocol="http_dash_segments", size=5e6)))
    assert found == Stream("hls-audio", "Weekly", MediaKind.AUDIO, 5_000_000, 60.0)
