"""What Slack itself made: the words of a clip, and canvases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import NeedsPerson, Obstacle, Unavailable
from bot.ports import Fetched, Preview
from bot.sources.door import Door
from bot.sources.fetch import RecordingFetcher
from bot.sources.slack_files import CanvasText, SlackFile, SlackFiles
from bot.sources.transcripts.transcript import read_transcript
from tests.clocks import SettableClock
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, LocalServer, page

TOKEN = "xoxb-for-tests"
PATH = "/files-pri/T1-F1/download/call.wav"
WORDS = (
    b"WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nPlease book the studio,\n\n00:00:02.500 --> 00:00:04.000\nand soon.\n"
)
VTT = "/files-tmb/T1-F1-abc/call.vtt"


RECORDING = Recording(RecordingKind.SLACK_FILE, "F1", "call.wav")


def fetcher(
    door: Door, file: SlackFile, canvas: CanvasText | None = None, at: datetime | None = None
) -> RecordingFetcher:
    async def info(_: str) -> SlackFile:
        return file

    clock = SettableClock() if at is None else SettableClock(at)
    return RecordingFetcher(door, clock, slack=SlackFiles(info, TOKEN, canvas=canvas))


async def fetch(
    door: Door, folder: Path, file: SlackFile, canvas: CanvasText | None = None, at: datetime | None = None
) -> Fetched:
    async def no_progress(_: int, __: int | None) -> None: ...

    return await fetcher(door, file, canvas, at).fetch(RECORDING, folder, no_progress)


async def look(door: Door, file: SlackFile) -> Preview:
    return await fetcher(door, file).look(RECORDING)


MADE_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def a_clip(size: int) -> SlackFile:
    url, words = f"https://files.slack.com{PATH}", f"https://files.slack.com{VTT}"
    return SlackFile("call.wav", "audio/wav", size, url, transcript=words, made_at=MADE_AT)


async def test_slacks_own_words_of_a_clip_come_before_its_sound(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes |= {PATH: Answer(tone), VTT: Answer(WORDS)}
    got = await fetch(OneServerInternet(server), tmp_path, a_clip(len(tone)))
    assert (got.kind, got.name, got.recorded_on) == (MediaKind.TRANSCRIPT, "call.wav", date(2026, 3, 3))
    (line,) = read_transcript(got.path.read_bytes())
    assert (line.speaker, line.text) == (None, "Please book the studio, and soon.")
    assert [asked.target for asked in server.asked] == [VTT]
    assert [asked.headers.get("authorization") for asked in server.asked] == [f"Bearer {TOKEN}"]


async def test_slack_is_given_a_little_time_to_write_down_a_clips_words(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes |= {PATH: Answer(tone), VTT: Answer(WORDS)}
    door, early = OneServerInternet(server), replace(a_clip(len(tone)), transcript="", transcribing=True)
    with pytest.raises(Unavailable) as waiting:
        await fetch(door, tmp_path, early, at=MADE_AT + timedelta(seconds=2))
    assert waiting.value.after is not None
    assert waiting.value.after < 30
    assert server.asked == []
    late = await fetch(door, tmp_path, early, at=MADE_AT + timedelta(minutes=1))
    assert late.kind is MediaKind.AUDIO
    assert (await fetch(door, tmp_path, a_clip(len(tone)))).kind is MediaKind.TRANSCRIPT


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"WEBVTT\n\n"),
        Answer(b"WEBVTT\n\n00:00.000 --> 00:02.000\n...\n"),
        Answer(b"", 404),
        Answer(b"", 503),
        page("Sign in"),
        Answer(b"\x89PNG\r\n\x1a\n"),
    ],
)
async def test_without_words_of_slacks_the_clip_itself_is_had(
    server: LocalServer, tmp_path: Path, tone: bytes, answer: Answer
) -> None:
    server.routes |= {PATH: Answer(tone), VTT: answer}
    got = await fetch(OneServerInternet(server), tmp_path, a_clip(len(tone)))
    assert got.kind is MediaKind.AUDIO
    assert got.path.read_bytes() == tone
    left = list(tmp_path.iterdir())  # noqa: ASYNC240 - one folder, in a test
    assert left == [got.path], "nothing of the words is left"


async def test_the_token_is_not_sent_for_words_that_lie_elsewhere(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes |= {PATH: Answer(tone), VTT: Answer(WORDS)}
    file = replace(a_clip(len(tone)), transcript=f"https://words.example{VTT}")
    assert (await fetch(OneServerInternet(server), tmp_path, file)).kind is MediaKind.AUDIO
    assert [asked.target for asked in server.asked] == [PATH]


def a_canvas() -> SlackFile:
    url = f"https://files.slack.com{PATH}"
    return SlackFile("Huddle notes: 3-3-26", "application/vnd.slack-docs", 900, url, canvas=True)


async def test_a_canvas_is_read_as_text(server: LocalServer, tmp_path: Path) -> None:
    async def read(file_id: str) -> str:
        assert file_id == "F1"
        return "# Action items\n- [ ] Mei books the studio by Friday"

    got = await fetch(OneServerInternet(server), tmp_path, a_canvas(), canvas=read)
    assert (got.kind, got.name) == (MediaKind.TRANSCRIPT, "Huddle notes: 3-3-26.txt")
    assert [line.text for line in read_transcript(got.path.read_bytes())] == [
        "Action items.",
        "Mei books the studio by Friday.",
    ]
    assert server.asked == [], "its bytes are a page for people"


async def test_a_canvas_that_may_not_be_read_says_what_helps(server: LocalServer, tmp_path: Path) -> None:
    with pytest.raises(NeedsPerson) as nobody_to_ask:
        await fetch(OneServerInternet(server), tmp_path, a_canvas())
    assert "Copy its text" in nobody_to_ask.value.cure
    with pytest.raises(NeedsPerson) as hidden:
        await fetch(OneServerInternet(server), tmp_path, replace(a_canvas(), access="check_file_info"))
    assert "another workspace" in hidden.value.what


async def test_a_look_at_a_file_says_what_slack_says_and_takes_no_byte(server: LocalServer) -> None:
    seen = await look(OneServerInternet(server), replace(a_clip(1000), seconds=83.5))
    assert (seen.source, seen.kind, seen.size, seen.seconds) == ("Slack clip", MediaKind.TRANSCRIPT, 1000, 83.5)
    seen = await look(OneServerInternet(server), a_canvas())
    assert (seen.source, seen.name, seen.kind) == ("Slack canvas", "Huddle notes: 3-3-26", MediaKind.TRANSCRIPT)
    seen = await look(OneServerInternet(server), replace(a_clip(10**13), transcript="", made_at=None))
    assert (seen.source, seen.kind, seen.obstacle) == ("Slack file", MediaKind.AUDIO, Obstacle.TOO_LARGE)
    seen = await look(OneServerInternet(server), replace(a_clip(1000), access="check_file_info"))
    assert seen.obstacle is Obstacle.PRIVATE
    assert "Upload the file itself" in seen.cure
    assert server.asked == []
