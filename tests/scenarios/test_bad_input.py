"""What people share by mistake, and what sites answer: each ends with a sentence that says what to do."""

import asyncio
import io
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.domain.jobs import JobState
from bot.slack.blocks.ids import Press
from tests.engine.sounds import Wave, music
from tests.scenarios.house import ONE_ITEM, RECORDING, House, Room
from tests.sources.servers import Answer, Asked, Route, page, redirect

pytestmark = pytest.mark.asyncio(loop_scope="module")

LETTERS = "Zoë: I'll send the café's invoice to Müller by Friday.\nBjörn: Thank you, that is très important.\n"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 2000


@pytest.fixture(autouse=True)
def many_shares(house: House) -> None:
    """Let all of this module's shares come in one minute, which is more than Slack takes of one workspace."""
    house.slack.rules.rate_limits = False


def wav(sound: Wave) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes((sound * 32767).astype("<i2").tobytes())
    return file.getvalue()


def ten_hours() -> bytes:
    """A WAV file that promises ten hours and holds three seconds."""
    promised = 10 * 3600 * 32_000
    riff = b"RIFF" + struct.pack("<I", promised + 36) + b"WAVE"
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16_000, 32_000, 2, 16)
    return riff + form + b"data" + struct.pack("<I", promised) + bytes(96_000)


def check_it_needs_somebody(text: str, *words: str) -> None:
    assert " needs you, <@U0PLAYANA01>:\n" in text
    for each in words:
        assert each in text
    lines = text.splitlines()
    assert 2 <= len(lines) <= 3
    assert all(line.endswith((".", ":")) for line in lines), lines
    assert len(text) < 400


SITES: dict[str, tuple[Route, tuple[str, ...]]] = {
    "a web page": (page("<h1>Our videos</h1>"), ("web page", "download the recording there", "drop the file here")),
    "a sign-in page": (page("<form><input type=password></form>"), ("passcode", "drop the file here")),
    "a redirect to a sign-in": (redirect("/login?next=meeting"), ("asks to sign in", "drop the file here")),
    "nothing": (Answer(b"gone", 404), ("nothing at that link", "Check the link")),
    "a refusal": (Answer(b"no", 403), ("private, or has expired", "open to anyone with the link")),
    "a redirect to the cloud's metadata": (
        redirect("http://169.254.169.254/latest/meta-data/iam"),
        ("private network", "Share a link that works from anywhere"),
    ),
    "a redirect into the network": (redirect("https://192.168.0.1/x.mp4"), ("private network",)),
    "a redirect to a file of the machine": (redirect("file:///etc/passwd"), ("Only web links",)),
    "a redirect to itself": (lambda asked: redirect(asked.target), ("round in circles",)),
    "no bytes": (Answer(b""), ("is empty (0 bytes)", "Record or export it again")),
    "a PDF": (Answer(PDF), ("That is a PDF, not a recording", "Share an audio or video file, or a transcript")),
    "unknown bytes": (
        Answer(bytes(range(256)) * 40),
        ("a kind of file that I do not know", "Share an audio or video file"),
    ),
}


@pytest.mark.parametrize("name", SITES)
async def test_a_link_that_leads_to_no_recording_says_what_to_do(house: House, name: str) -> None:
    room, (route, words) = house.room(), SITES[name]
    await house.slack.command("ana", room.id, f"/process {house.serve('meeting.mp4', route)}")
    check_it_needs_somebody((await room.ended()).text, *words)
    (job,) = await house.jobs(room)
    assert job.state is JobState.NEEDS_YOU
    assert not room.refused()


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.8/meeting.mp4",
        "http://169.254.169.254/latest/meta-data/meeting.mp4",
        "https://[::ffff:127.0.0.1]/meeting.mp4",
        "https://localhost/meeting.mp4",
        "http://2130706433/meeting.mp4",
    ],
)
async def test_an_address_inside_the_network_is_not_gone_to(house: House, url: str) -> None:
    room = house.room()
    await house.slack.command("ana", room.id, f"/process {url}")
    check_it_needs_somebody((await room.ended()).text, "Share")


Shared = tuple[str, Callable[[], bytes], tuple[str, ...]]

FILES: dict[str, Shared] = {
    "an empty upload": ("standup.mp3", bytes, ("is empty (0 bytes)", "Upload the file again")),
    "a page saved as a recording": (
        "standup.mp4",
        lambda: page("Sign in").body,
        ("web page", "Upload the recording or its transcript"),
    ),
    "a transcript of numbers": ("standup.txt", lambda: b"1\n2\n3\n4\n", ("not a transcript", "“Name: words”")),
    "captions without words": ("standup.vtt", lambda: b"WEBVTT\n\n", ("Share",)),
}
SOUNDS: tuple[Shared, ...] = (
    ("corrupt.mp3", lambda: b"ID3\x04" + bytes(range(256)) * 400, ("is damaged", "share a working copy")),
    ("half.ogg", lambda: RECORDING.read_bytes()[:300], ("damaged, or is no recording",)),
    ("silence.wav", lambda: wav(np.zeros(64_000)), ("No speech was found", "Check that it has sound")),
    ("music.wav", lambda: wav(music(6.0)), ("No speech was found", "somebody speaks")),
    ("ten_hours.wav", ten_hours, ("No speech was found",)),
)


async def check_it_ends_in_words(house: House, shared: Shared) -> None:
    room, (called, content, words) = house.room(), shared
    message = await house.slack.say("ana", room.id, "From today", files=[(called, content())])
    ended = await room.ended()
    check_it_needs_somebody(ended.text, *words)
    assert ended.thread_ts == message.ts
    (job,) = await house.jobs(room)
    assert job.state is JobState.NEEDS_YOU
    assert not room.refused()


@pytest.mark.parametrize("name", FILES)
async def test_a_file_that_is_no_recording_says_what_to_do(house: House, name: str) -> None:
    await check_it_ends_in_words(house, FILES[name])


async def test_sounds_in_which_nobody_speaks_say_so_and_are_never_made_up_for(house: House) -> None:
    await asyncio.gather(*(check_it_ends_in_words(house, each) for each in SOUNDS))


async def test_an_unknown_language_says_how_to_name_one(house: House) -> None:
    room, link = house.room(), house.serve("call.ogg", RECORDING.read_bytes())
    await house.slack.command("ana", room.id, f"/process {link} lang=tlh")
    check_it_needs_somebody((await room.ended()).text, "“tlh”", "de-DE", "leave it out")
    answer = await house.slack.command("ana", room.id, f"/process {link} lang=klingonese!")
    assert "“klingonese!” is no language code; write lang=en" in answer.text


async def test_transcripts_in_other_encodings_keep_their_letters(house: House) -> None:
    async def shared(encoding: str) -> Room:
        room = house.room()
        await house.slack.say("ana", room.id, encoding, files=[("standup.txt", LETTERS.encode(encoding))])
        await room.items()
        return room

    for room in await asyncio.gather(*(shared(each) for each in ("utf-16", "cp1252", "utf-8-sig"))):
        assert "Zoë, Björn" in room.posted()[1].text
        assert "“I'll send the café's invoice to Müller by Friday.” Zoë, 00:00" in room.posted()[2].text


async def test_a_site_that_has_trouble_is_tried_again(house: House) -> None:
    async def shared(trouble: Answer, words: str) -> None:
        over = asyncio.Event()

        def answer(_: Asked) -> Answer:
            return Answer(ONE_ITEM) if over.is_set() else trouble

        room = house.room()
        await house.slack.command("ana", room.id, f"/process {house.serve('one.txt', answer)}")
        await room.told(f"one.txt: 127.0.0.1 {words} I keep trying.")
        over.set()
        assert len(await room.items()) == 1
        assert len(room.heads()) == 2, "the progress and one thread"

    busy = Answer(b"", 429, {"Retry-After": "1"})
    await asyncio.gather(
        shared(Answer(b"", 503), "has trouble of its own (503)."), shared(busy, "asks to come back later.")
    )


async def test_what_was_cured_is_tried_again_with_its_button_by_anybody(house: House) -> None:
    room = house.room()
    link = house.serve("one.txt", Answer(b"not yet", 404))
    await house.slack.command("ana", room.id, f"/process {link}")
    stopped = await room.ended()
    assert "needs you" in stopped.text
    house.site.routes[link.removeprefix(house.site.url(""))] = Answer(ONE_ITEM)
    assert (await house.slack.press("bo", room.id, stopped.ts, Press.TRY_AGAIN)).acknowledged
    await room.told("is done")
    assert room.posted()[0].ts == stopped.ts, "the same message, edited in place"
    assert len(await room.items()) == 1


async def test_the_data_directory_keeps_no_recording_once_all_is_told(house: House) -> None:
    await house.slack.settled()
    assert not kept(house.settings.data_dir)


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "recordings").rglob("*") if path.is_file()]
