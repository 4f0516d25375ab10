import asyncio
import hashlib
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.conversations.client import ConversationsClient, open_client
from bot.domain.recordings import MediaKind
from bot.errors import BadInput, Busy, Failed, FollowthroughError, Unavailable
from bot.ports import EngineState, SubmitOptions, TranscriptLine
from tests.conversations.server import APP_ID, CONVERSATION, JOB, SECRET, Server

OPTIONS = SubmitOptions(name="Plan & prices", started_at=datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
LINES = (TranscriptLine("Ana", "I'll send the offer tomorrow.", 0.0, 2.0),)


class Broken(httpx.AsyncBaseTransport):
    """A network that hands out a token, and breaks at everything else: after `pieces` of a body, None for all of it."""

    def __init__(self, error: type[httpx.TransportError], pieces: int | None = None) -> None:
        self.error = error
        self.pieces = pieces
        self.submits = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth2/token:generate":
            return httpx.Response(200, json={"accessToken": "a.b.c", "expiresIn": 86400})
        self.submits += 1
        taken = 0
        assert isinstance(request.stream, httpx.AsyncByteStream)
        async for _ in request.stream:
            taken += 1
            if taken == self.pieces:
                break
        raise self.error("broken", request=request)


# ----------------------------------------------------------------------------------------------------------- recordings


async def test_a_recording_arrives_whole_with_what_is_known_of_it(
    client: ConversationsClient, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(bytes(range(256)) * 5000)
    options = SubmitOptions(
        name="Plan & prices 100 %",
        started_at=datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=2))),
        language="de-DE",
        speakers=3,
        webhook_url="https://bot.example.com/hook?t=a+b&u=1",
    )
    submission = await client.submit_media(path, MediaKind.AUDIO, options)
    assert (submission.conversation_id, submission.engine_job_id) == (CONVERSATION, JOB)
    assert server.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert server.query == {
        "name": "Plan & prices 100 %",
        "startTime": "2026-03-02T00:30:00.000+02:00",
        "languageCode": "de-DE",
        "webhookUrl": "https://bot.example.com/hook?t=a+b&u=1",
        "enableSummary": "true",
        "enableSpeakerDiarization": "true",
        "diarizationSpeakerCount": "3",
    }
    assert "content-type" not in server.headers  # the API sniffs what is not named


async def test_a_video_is_called_by_the_only_name_that_the_api_knows(
    client: ConversationsClient, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "meeting"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(100))
    await client.submit_media(path, MediaKind.VIDEO, OPTIONS)
    assert server.requests[-1] == "POST /v1/process/video"
    assert server.headers["content-type"] == "video/mp4"
    path.write_bytes(b"\x1aE\xdf\xa3" + bytes(100))
    await client.submit_media(path, MediaKind.VIDEO, OPTIONS)
    assert "content-type" not in server.headers


async def test_a_large_recording_is_never_held_in_memory(
    client: ConversationsClient, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "long.wav"
    size = 200 * 1024 * 1024
    with path.open("wb") as file:
        file.truncate(size)
    tracemalloc.start()
    try:
        await client.submit_media(path, MediaKind.AUDIO, OPTIONS)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert server.received == size
    assert peak < 16 * 1024 * 1024


async def test_a_recording_that_was_deleted_meanwhile_is_asked_for_again(
    client: ConversationsClient, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(Failed, match="Share it again"):
        await client.submit_media(tmp_path / "gone.wav", MediaKind.AUDIO, OPTIONS)
    assert server.requests == []


async def test_a_recording_is_sent_from_its_beginning_again_with_a_new_token(
    client: ConversationsClient, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(b"sound" * 1000)
    await client.job(JOB)
    server.good.clear()  # as after the server's restart
    await client.submit_media(path, MediaKind.AUDIO, OPTIONS)
    assert server.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert server.tokens == 2


async def test_an_upload_that_was_cut_short_can_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(b"sound" * 1_000_000)
    network = Broken(httpx.WriteError, pieces=2)
    async with open_client("http://engine", APP_ID, SECRET, network) as client:
        with pytest.raises(Unavailable):
            await client.submit_media(path, MediaKind.AUDIO, OPTIONS)


async def test_an_upload_that_broke_off_after_its_last_byte_may_have_been_taken(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(b"sound" * 1000)
    network = Broken(httpx.ReadTimeout)
    async with open_client("http://engine", APP_ID, SECRET, network) as client:
        with pytest.raises(Failed, match="may or may not have taken"):
            await client.submit_media(path, MediaKind.AUDIO, OPTIONS)
    assert network.submits == 1


# ---------------------------------------------------------------------------------------------------------- transcripts


async def test_a_transcript_is_sent_as_messages(client: ConversationsClient, server: Server) -> None:
    submission = await client.submit_transcript(LINES, OPTIONS)
    assert submission.engine_job_id == JOB
    assert server.body["name"] == "Plan & prices"
    assert server.body["startTime"] == "2026-03-02T10:00:00.000+00:00"
    (message,) = server.body["messages"]
    assert message["payload"]["content"] == "I'll send the offer tomorrow."
    assert message["duration"]["endTime"] == "2026-03-02T10:00:02.000Z"


async def test_a_transcript_without_words_is_not_sent(client: ConversationsClient, server: Server) -> None:
    with pytest.raises(BadInput, match="no words"):
        await client.submit_transcript((TranscriptLine("Ana", "  ", 0.0, 1.0),), OPTIONS)
    assert server.requests == []


# --------------------------------------------------------------------------------------------------- never submit twice


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_submit_that_met_a_server_error_is_not_sent_again(
    client: ConversationsClient, server: Server, status: int
) -> None:
    server.answers["POST /v1/process/text"] = [JSONResponse({"message": "oops"}, status)]
    with pytest.raises(Failed, match="may or may not have taken") as caught:
        await client.submit_transcript(LINES, OPTIONS)
    assert "try again" in caught.value.cure
    assert server.requests.count("POST /v1/process/text") == 1


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteTimeout])
async def test_a_submit_that_was_not_answered_is_not_sent_again(error: type[httpx.TransportError]) -> None:
    network = Broken(error)
    async with open_client("http://engine", APP_ID, SECRET, network) as client:
        with pytest.raises(Failed, match="may or may not have taken"):
            await client.submit_transcript(LINES, OPTIONS)
    assert network.submits == 1


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
async def test_a_submit_that_never_left_can_be_tried_again(error: type[httpx.TransportError]) -> None:
    async with open_client("http://engine", APP_ID, SECRET, Broken(error)) as client:
        with pytest.raises(Unavailable, match="could not be reached"):
            await client.submit_transcript(LINES, OPTIONS)


async def test_a_submit_whose_token_was_not_answered_can_be_tried_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    async with open_client("http://engine", APP_ID, SECRET, httpx.MockTransport(answer)) as client:
        with pytest.raises(Unavailable):
            await client.submit_transcript(LINES, OPTIONS)


# ------------------------------------------------------------------------------------------------------------- refusals


async def test_a_full_server_is_busy_and_has_not_taken_it(client: ConversationsClient, server: Server) -> None:
    message = "This API has a limit of maximum of 2 number of concurrent jobs per account."
    server.answers["POST /v1/process/text"] = [JSONResponse({"statusCode": 429, "message": message}, 429)]
    with pytest.raises(Busy) as caught:
        await client.submit_transcript(LINES, OPTIONS)
    assert caught.value.after is None
    await client.submit_transcript(LINES, OPTIONS)


async def test_a_server_that_says_how_long_to_wait_is_heard(client: ConversationsClient, server: Server) -> None:
    server.answers[f"GET /v1/job/{JOB}"] = [JSONResponse({}, 429, {"Retry-After": "7"})]
    with pytest.raises(Busy) as caught:
        await client.job(JOB)
    assert caught.value.after == 7


@pytest.mark.parametrize(
    ("response", "kind", "sentence"),
    [
        (
            JSONResponse({"message": '"name" is not allowed to be empty'}, 400),
            BadInput,
            "name is not allowed to be empty.",
        ),
        (JSONResponse(["?"], 400), BadInput, "did not say why"),
        (JSONResponse({}, 402), Failed, "no balance"),
        (JSONResponse({}, 403), Failed, "CONVERSATION_API_ID"),
        (JSONResponse({}, 404), Failed, "CONVERSATION_API_URL"),
        (JSONResponse({}, 413), BadInput, "too large"),
        (JSONResponse({}, 418), Failed, "418"),
        (RedirectResponse("https://login.example.com"), Failed, "307"),
        (PlainTextResponse("<html>Welcome</html>"), Failed, "no JSON"),
        (PlainTextResponse("[" * 100_000), Failed, "no JSON"),
        (JSONResponse({"id": 1}, 201), Failed, "under which id"),
        (Response(b"no gzip at all", headers={"Content-Encoding": "gzip"}), Failed, "may or may not have taken"),
    ],
)
async def test_a_refusal_says_what_happened(
    client: ConversationsClient, server: Server, response: Response, kind: type[FollowthroughError], sentence: str
) -> None:
    server.answers["POST /v1/process/text"] = [response]
    with pytest.raises(kind) as caught:
        await client.submit_transcript(LINES, OPTIONS)
    assert sentence in str(caught.value)


async def test_a_server_error_on_a_look_can_be_tried_again(client: ConversationsClient, server: Server) -> None:
    server.answers[f"GET /v1/job/{JOB}"] = [JSONResponse({"message": "oops"}, 502)]
    with pytest.raises(Unavailable):
        await client.job(JOB)
    assert (await client.job(JOB)).state is EngineState.IN_PROGRESS


async def test_a_look_that_broke_off_can_be_tried_again() -> None:
    async with open_client("http://engine", APP_ID, SECRET, Broken(httpx.ReadError)) as client:
        with pytest.raises(Unavailable, match="broke off"):
            await client.read(CONVERSATION)


async def test_an_unknown_job_is_for_good(client: ConversationsClient) -> None:
    with pytest.raises(Failed, match="Job with 17 not found"):
        await client.job("17")


async def test_an_id_cannot_lead_to_another_place(client: ConversationsClient, server: Server) -> None:
    with pytest.raises(Failed, match="does not know"):
        await client.job(f"../conversations/{CONVERSATION}")
    assert server.requests == ["POST /oauth2/token:generate"]  # the conversation was not touched


# -------------------------------------------------------------------------------------------------------------- reading


async def test_a_conversation_is_read_in_a_handful_of_calls(client: ConversationsClient, server: Server) -> None:
    conversation = await client.read(CONVERSATION)
    assert [item.owner for item in conversation.action_items] == ["Steve"]
    assert [sentence.text for sentence in conversation.summary] == ["Steve completes the analysis."]
    assert len(server.requests) == 10  # a token, the conversation, and its eight parts


async def test_a_server_without_the_extensions_is_read_without(client: ConversationsClient, server: Server) -> None:
    assert "decisions" not in server.pages
    conversation = await client.read(CONVERSATION)
    assert (conversation.decisions, conversation.chapters, conversation.notes) == ((), (), ())
    assert [question.answer for question in conversation.questions] == [None]


async def test_a_conversation_that_has_no_summary_is_read_without(client: ConversationsClient, server: Server) -> None:
    del server.pages["summary"]
    assert (await client.read(CONVERSATION)).summary == ()


async def test_one_part_that_cannot_be_read_is_the_error_of_the_whole(
    client: ConversationsClient, server: Server
) -> None:
    server.answers[f"GET /v1/conversations/{CONVERSATION}/topics"] = [JSONResponse({}, 503)]
    with pytest.raises(Unavailable, match="503"):
        await client.read(CONVERSATION)


async def test_a_conversation_is_forgotten_once_or_twice(client: ConversationsClient, server: Server) -> None:
    await client.forget(CONVERSATION)
    assert server.requests[-1] == f"DELETE /v1/conversations/{CONVERSATION}"
    await client.forget("0000000000000000")


async def test_a_conversation_that_the_server_would_not_delete_is_no_silent_success(
    client: ConversationsClient, server: Server
) -> None:
    server.answers[f"DELETE /v1/conversations/{CONVERSATION}"] = [JSONResponse({}, 500)]
    with pytest.raises(Unavailable):
        await client.forget(CONVERSATION)


# ----------------------------------------------------------------------------------------------------- the real network


@pytest.mark.parametrize(
    "address", ["", "engine.example.com", "ftp://engine", "http://", "http://engine:port", "file:///etc"]
)
async def test_an_address_that_is_none_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(BadInput, match="CONVERSATION_API_URL"):
        async with open_client(address, APP_ID, SECRET):
            pass


async def test_a_host_that_does_not_exist_says_which_setting_to_check() -> None:
    async with open_client("http://engine.invalid", APP_ID, SECRET) as client:
        with pytest.raises(Unavailable) as caught:
            await client.job(JOB)
    assert caught.value.what == "The conversation server's host, engine.invalid, was not found."
    assert "CONVERSATION_API_URL" in caught.value.cure


async def test_a_server_that_hangs_up_in_the_middle_may_have_taken_the_recording(tmp_path: Path) -> None:
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        seen.append(head.splitlines()[0])
        size = next(
            int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")
        )
        await reader.readexactly(size)
        if b"token:generate" in head:
            body = b'{"accessToken": "a.b.c", "expiresIn": 86400}'
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    path = tmp_path / "call.wav"
    path.write_bytes(b"sound" * 100_000)
    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening, open_client(f"http://127.0.0.1:{port}/engine/", APP_ID, SECRET) as client:
        with pytest.raises(Failed, match="may or may not have taken"):
            await client.submit_media(path, MediaKind.AUDIO, OPTIONS)
    assert seen[0].startswith(b"POST /engine/oauth2/token:generate ")
    assert [line.split(b"?")[0] for line in seen[1:]] == [b"POST /engine/v1/process/audio"]


async def test_a_port_where_nobody_listens_can_be_tried_again() -> None:
    listening = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    listening.close()
    await listening.wait_closed()
    async with open_client(f"http://127.0.0.1:{port}", APP_ID, SECRET) as client:
        with pytest.raises(Unavailable, match="could not be reached"):
            await client.submit_transcript(LINES, OPTIONS)


async def test_a_proxy_is_not_asked_for_this_very_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    listening = await asyncio.start_server(proxy, "127.0.0.1", 0)
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    async with listening:
        async with open_client("http://localhost:1", APP_ID, SECRET) as near:
            with pytest.raises(Unavailable):
                await near.job(JOB)
        assert asked == []
        async with open_client("http://engine.invalid", APP_ID, SECRET) as far:
            with pytest.raises(Unavailable):
                await far.job(JOB)
    assert asked[0].startswith(b"POST http://engine.invalid/")
