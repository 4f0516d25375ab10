"""Input that nobody would choose: the engine answers with what can be said, and names what cannot.

Here everything is the real thing: the decoder, the recogniser where there is sound, and what understands.
"""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from bot.engine.operations import RECOGNISE, UNDERSTAND
from bot.settings import Settings
from tests.engine.serving import ended, engine_in, read
from tests.engine.sounds import DATA, Wave, music, noise, tone

RATE = 16_000
WITHIN = 90.0
PROMISE = "I will send the contract to the printer by Friday."
WORDS = "so we talked about the launch and the budget and what the client said about the photos of the new page "


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    cache = Settings().engine_model_cache.expanduser()
    async with engine_in(tmp_path, recognise=RECOGNISE, understand=UNDERSTAND, model_cache=cache) as client:
        client.timeout = httpx.Timeout(60)
        yield client


def entry(text: str, name: str | None = None, **more: Any) -> dict[str, Any]:
    return {"payload": {"content": text}, **({"from": {"name": name}} if name else {}), **more}


def at(start: str, end: str) -> dict[str, Any]:
    return {"duration": {"startTime": f"2026-03-02T{start}Z", "endTime": f"2026-03-02T{end}Z"}}


async def typed(api: httpx.AsyncClient, *entries: dict[str, Any], **more: Any) -> str:
    """Have a typed conversation understood, and return its id."""
    answer = await api.post("/v1/process/text", json={"messages": entries, **more})
    assert answer.status_code == 201, answer.text
    job = await ended(api, answer.json()["jobId"], WITHIN)
    assert job["status"] == "completed", job
    return str(answer.json()["conversationId"])


async def heard(api: httpx.AsyncClient, sound: bytes, **query: str) -> tuple[str, dict[str, Any]]:
    """Have a recording heard and understood, and return its id and its job."""
    answer = await api.post("/v1/process/audio", params=query, content=sound)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["conversationId"]), await ended(api, answer.json()["jobId"], WITHIN)


async def checked(api: httpx.AsyncClient, conversation_id: str) -> list[dict[str, Any]]:
    """Read all that there is of a conversation, check that nothing of it was invented, and return its work."""
    messages = (await read(api, conversation_id, "messages", verbose=True, sentiment=True))["messages"]
    said = {message["id"]: message["text"] for message in messages}
    assert all(text.strip() for text in said.values())
    people = {member["name"] for member in (await read(api, conversation_id, "members"))["members"]}
    insights: list[dict[str, Any]] = (await read(api, conversation_id, "insights"))["insights"]
    decisions = (await read(api, conversation_id, "decisions"))["decisions"]
    for insight in [*insights, *decisions]:
        assert insight["quote"] in said[insight["messageIds"][0]], insight
    for insight in insights:
        assert not (insight.get("assignee") or {}).get("id") or insight["assignee"]["name"] in people
    for line in (await read(api, conversation_id, "summary"))["summary"]:
        assert {reference["id"] for reference in line["messageRefs"]} <= said.keys()
    for part in ("topics", "entities", "trackers-detected", "analytics", ""):
        await read(api, conversation_id, part)
    for content_type in ("text/markdown", "text/srt"):
        transcript = {"contentType": content_type, "showSpeakerSeparation": True}
        assert (
            await api.post(f"/v1/conversations/{conversation_id}/transcript", json=transcript)
        ).status_code == httpx.codes.OK
    return [each for each in insights if each["type"] != "question"]


async def texts(api: httpx.AsyncClient, conversation_id: str) -> list[str]:
    return [message["text"] for message in (await read(api, conversation_id, "messages"))["messages"]]


# ------------------------------------------------------------------------------------------------------------ written


async def test_a_transcript_without_names_has_work_without_owners(engine: httpx.AsyncClient) -> None:
    conversation_id = await typed(engine, entry("We need a new sign."), entry(PROMISE), entry("Good."))
    (item,) = await checked(engine, conversation_id)
    assert item["quote"] in PROMISE
    assert item["assignee"] == {}
    assert (await read(engine, conversation_id, "members"))["members"] == []


async def test_times_that_run_backwards_change_nothing_of_what_was_said(engine: httpx.AsyncClient) -> None:
    conversation_id = await typed(
        engine,
        entry(PROMISE, "Ana", **at("10:30:00", "10:29:00")),
        entry("Thank you.", "Bo", **at("10:05:00", "10:06:00")),
        entry("Was that all?", "Ana", **at("09:00:00", "08:00:00")),
        entry("It was.", "Bo", **at("23:59:59", "00:00:00")),
    )
    assert await texts(engine, conversation_id) == [PROMISE, "Thank you.", "Was that all?", "It was."]
    (item,) = await checked(engine, conversation_id)
    assert item["from"]["name"] == "Ana"


async def test_empty_messages_and_strange_letters_are_passed_over(engine: httpx.AsyncClient) -> None:
    odd = [
        "",
        "   ",
        "\n\n",
        "...",
        "\u200b",
        "🙂🙂",
        "\x00\x1b[31m",
        "\u202egnihton",
        "?!?",
        "ａｂｃ",
        "́" * 500,
        "<b></b>",
    ]
    around = [entry(text, "Ana") for text in odd]
    conversation_id = await typed(engine, *around, entry(PROMISE, "Bo"), *around, entry("", None))
    assert PROMISE in await texts(engine, conversation_id)
    (item,) = await checked(engine, conversation_id)
    assert item["from"]["name"] == "Bo"


async def test_a_line_of_50_000_words_is_cut_into_what_can_be_read(engine: httpx.AsyncClient) -> None:
    line = (WORDS * 2_500).split()[:50_000]
    conversation_id = await typed(engine, entry(" ".join(line), "Ana"))
    pieces = await texts(engine, conversation_id)
    assert " ".join(pieces).split() == line
    assert max(map(len, pieces)) <= 2_000
    assert await checked(engine, conversation_id) == []


async def test_junk_without_an_end_holds_nobody_up(engine: httpx.AsyncClient) -> None:
    junk = ["." * 100_000 + "x", "A" * 50_000, "[" * 20_000, "I'll " * 3_000, "Bob: " * 3_000, "a@b." * 3_000]
    conversation_id = await typed(engine, *(entry(each, "Ana") for each in junk))
    await checked(engine, conversation_id)


async def test_10_000_speakers_are_told_apart(engine: httpx.AsyncClient) -> None:
    crowd = [
        entry(f"I am the one who sits in place {number}.", f"First{number} Last{number}") for number in range(10_000)
    ]
    crowd[5_000] = entry(PROMISE, "First5000 Last5000")
    conversation_id = await typed(engine, *crowd)
    work = await checked(engine, conversation_id)
    assert [item["from"]["name"] for item in work] == ["First5000 Last5000"]
    assert len((await read(engine, conversation_id, "members"))["members"]) == 10_000


async def test_text_under_the_wrong_language_tag_is_named_and_nothing_is_made_of_it(engine: httpx.AsyncClient) -> None:
    german = [
        "Ich schicke den Vertrag bis Freitag an die Druckerei.",
        "Gut, und wer ruft die Kundin an?",
        "Das mache ich.",
    ]
    conversation_id = await typed(engine, *(entry(each, "Ana") for each in german * 4), languageCode="en-US")
    assert await checked(engine, conversation_id) == []
    notes = (await read(engine, conversation_id))["notes"]
    assert {note["code"] for note in notes} >= {"language-transcript-only"}


# -------------------------------------------------------------------------------------------------------------- heard


def recording(sound: Wave, folder: Path, kind: str = "flac", rate: int = RATE) -> bytes:
    """Return a file of one channel."""
    path = folder / f"sound.{kind}"
    samples = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    with av.open(path, "w") as file:
        stream: Any = file.add_stream({"flac": "flac", "wav": "pcm_mulaw"}[kind], rate=rate)
        stream.layout = "mono"
        for first in range(0, len(samples), rate):
            frame = av.AudioFrame.from_ndarray(samples[None, first : first + rate], format="s16", layout="mono")
            frame.rate = rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path.read_bytes()


def spoken(name: str, rate: int = RATE) -> Wave:
    """Return the sound of a recording that ships with the tests."""
    resampler = av.AudioResampler("s16", "mono", rate)
    with av.open(DATA / name) as file:
        frames = [part for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]) / 32768


def words_of(messages: Sequence[str]) -> set[str]:
    return {word.strip(".,!?").lower() for message in messages for word in message.split()}


async def test_where_nobody_speaks_nothing_is_heard(engine: httpx.AsyncClient, tmp_path: Path) -> None:
    sound = np.concatenate([np.zeros(600 * RATE), music(10), noise(5), tone(5)])
    conversation_id, job = await heard(engine, recording(sound, tmp_path))
    assert (job["status"], job["statusCode"]) == ("failed", 400)
    assert job["message"].startswith("No speech was found in this recording.")
    assert await texts(engine, conversation_id) == []
    assert (await read(engine, conversation_id, "insights"))["insights"] == []


async def test_people_on_the_telephone_who_speak_at_once_are_heard_as_far_as_it_goes(
    engine: httpx.AsyncClient, tmp_path: Path
) -> None:
    people, german = spoken("two_people.ogg", 8_000), spoken("german.ogg", 8_000)
    clear, second = people[: 7 * 8_000], people[11 * 8_000 :][: len(german)]
    both = np.concatenate([clear, german[: len(second)] + second])
    conversation_id, job = await heard(engine, recording(both, tmp_path, "wav", 8_000), mode="phone")
    assert job["status"] == "completed"
    assert words_of(await texts(engine, conversation_id)) >= {"budget", "friday"}
    await checked(engine, conversation_id)


async def test_speech_under_the_wrong_language_tag_is_named(engine: httpx.AsyncClient, tmp_path: Path) -> None:
    conversation_id, job = await heard(
        engine, recording(np.tile(spoken("german.ogg"), 2), tmp_path), languageCode="en-US"
    )
    assert job["status"] == "completed"
    assert "other-language" in {note["code"] for note in job["notes"]}
    await checked(engine, conversation_id)
