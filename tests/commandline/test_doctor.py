import json
from pathlib import Path

import pytest

from bot.__main__ import main

DRIVE = "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/view?usp=sharing"


def told(capsys: pytest.CaptureFixture[str], url: str, *more: str) -> dict[str, str | None]:
    main(["doctor", "--source", url, "--offline", "--json", *more])
    found: dict[str, str | None] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("url", "source", "action", "asked"),
    [
        ("https://media.example/a.mp4?t=1", "media", "direct", "https://media.example/a.mp4?t=1"),
        ("https://media.example/a.vtt", "transcript", "direct", "https://media.example/a.vtt"),
        (
            DRIVE,
            "google-drive",
            "rewrite",
            "https://drive.usercontent.google.com/download?id=1aBcDeFgHiJkLmNoPqRsTuVwXyZ&export=download&confirm=t",
        ),
        (
            "https://www.dropbox.com/scl/fi/abc/planning.mp4?dl=0",
            "dropbox",
            "rewrite",
            "https://www.dropbox.com/scl/fi/abc/planning.mp4?dl=1",
        ),
        ("https://zoom.us/rec/share/abc", "zoom", "resolve", "https://zoom.us/rec/share/abc"),
        ("https://otter.ai/u/abc", "otter", "sign-in", "https://otter.ai/u/abc"),
        ("https://zoom.us/j/81234567890", "zoom-invite", "not-a-recording", None),
        ("https://www.example.com/news", "web-page", "unknown", "https://www.example.com/news"),
    ],
)
def test_the_doctor_says_what_a_link_is_and_what_would_be_asked(
    capsys: pytest.CaptureFixture[str], url: str, source: str, action: str, asked: str | None
) -> None:
    found = told(capsys, url)
    assert (found["source"], found["action"], found["url"]) == (source, action, asked)
    assert found["identity"]


def test_two_links_to_one_recording_have_one_identity(capsys: pytest.CaptureFixture[str]) -> None:
    other = "https://drive.google.com/uc?export=download&id=1aBcDeFgHiJkLmNoPqRsTuVwXyZ"
    assert told(capsys, DRIVE)["identity"] == told(capsys, other)["identity"]


def test_the_doctor_shows_no_passcode_and_no_signature(capsys: pytest.CaptureFixture[str]) -> None:
    for url in (
        "https://zoom.us/rec/share/abc?pwd=Sesame77",
        "https://b.s3.amazonaws.com/a?X-Amz-Signature=Sesame77&X-Amz-Date=20260304T100000Z",
        "https://ines:Sesame77@media.example/a.mp4",
    ):
        for words in (["--json"], []):
            main(["doctor", "--source", url, "--offline", *words])
            assert "Sesame77" not in capsys.readouterr().out


def test_an_invitation_is_refused_with_what_to_do_and_a_bad_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--source", "https://meet.google.com/abc-defg-hij", "--offline"]) == 1
    assert "After the call, share the recording's link" in capsys.readouterr().out


def test_what_is_no_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--source", "planning.mp4", "--offline"]) == 2
    assert "https://" in capsys.readouterr().err


def test_the_page_about_sources_is_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources", "--markdown"])
    kept = Path(__file__).parents[2] / "docs" / "sources.md"
    written = capsys.readouterr().out
    assert written == kept.read_text("utf-8"), "write it again: python -m bot sources --markdown > docs/sources.md"


def test_every_source_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("zoom ") and "resolve" in line for line in lines)
    assert any(line.startswith("web-page ") for line in lines)
