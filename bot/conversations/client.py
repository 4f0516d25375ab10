"""The client of the conversation API: sends recordings and transcripts, and reads what was understood of them."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from bot.conversations.auth import TOKEN_PATH, TokenAuth
from bot.conversations.failures import NOT_THE_API, UnknownThere, nothing_was_sent, perhaps_taken, refusal, unreachable
from bot.conversations.uploads import Upload, media_type
from bot.conversations.wire import (
    read_conversation,
    read_job,
    read_submission,
    write_messages,
    write_options,
)
from bot.domain.conversation import Conversation
from bot.domain.recordings import MediaKind
from bot.errors import BadInput, Failed
from bot.ports import EngineJob, Submission, SubmitOptions, TranscriptLine

# httpx's pool slows down beyond this many.
_CONNECTIONS = 20
# The answer to a submit comes after the whole file has been taken in.
_TIMEOUT = httpx.Timeout(connect=10.0, read=120.0, write=60.0, pool=60.0)
_PARTS = ("messages", "members", "action-items", "follow-ups", "questions", "decisions", "topics", "summary")
# A conversation that is too short for a summary has none; decisions are the embedded engine's own.
_OPTIONAL = frozenset({"decisions", "summary"})
_ASKED = {"topics": {"parentRefs": "true"}}
_PATHS = {MediaKind.AUDIO: "/v1/process/audio", MediaKind.VIDEO: "/v1/process/video"}


class ConversationsClient:
    """Speaks the conversation API with one server; see `open_client`, which makes one."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def submit_media(self, path: Path, kind: MediaKind, options: SubmitOptions) -> Submission:
        """Send a recording's bytes, straight from disk.

        Raises:
            Busy: The server has too many jobs; this one was not created.
            BadInput: The server takes no such file or parameter.
            Unavailable: It could not be reached, and has not taken the recording.
            Failed: It refused for good, or nobody knows whether it took the recording.
        """
        try:
            size = await asyncio.to_thread(lambda: path.stat().st_size)
        except OSError as error:
            raise Failed("The recording is no longer on this machine.", "Share it again.") from error
        parameters = write_options(options) | {"enableSummary": "true", "enableSpeakerDiarization": "true"}
        if options.language:
            parameters["languageCode"] = options.language
        if options.speakers:
            parameters["diarizationSpeakerCount"] = str(options.speakers)
        headers = {"Content-Length": str(size)}
        if kind is MediaKind.VIDEO and (found := await media_type(path)):
            headers["Content-Type"] = found
        upload = Upload(path, size)
        request = self._http.build_request("POST", _PATHS[kind], params=parameters, headers=headers, content=upload)
        return read_submission(await self._submit(request, upload))

    async def submit_transcript(self, lines: Sequence[TranscriptLine], options: SubmitOptions) -> Submission:
        """Send what was said; raises as `submit_media`."""
        messages = write_messages(lines, options.started_at)
        if not messages:
            raise BadInput("The transcript holds no words.", "Share one that does.")
        body = write_options(options) | {"enableSummary": True, "messages": messages}
        return read_submission(await self._submit(self._http.build_request("POST", "/v1/process/text", json=body)))

    async def job(self, engine_job_id: str) -> EngineJob:
        """Return how far a job is.

        Raises:
            Unavailable: The server could not be reached.
            Failed: It does not know the job.
        """
        return read_job(await self._get(f"/v1/job/{_segment(engine_job_id)}"))

    async def read(self, conversation_id: str) -> Conversation:
        """Return everything that was understood of a conversation.

        Raises:
            Unavailable: The server could not be reached.
            Failed: It does not know the conversation, or answered with something else.
        """
        root = f"/v1/conversations/{_segment(conversation_id)}"
        conversation = await self._get(root)
        pages: dict[str, Any] = {}
        try:
            async with asyncio.TaskGroup() as together:
                for part in _PARTS:
                    together.create_task(self._page(pages, root, part))
        except ExceptionGroup as several:
            raise several.exceptions[0] from None  # the first one cancelled the others
        return read_conversation(conversation_id, conversation, pages)

    async def forget(self, conversation_id: str) -> None:
        """Delete a conversation; one that is gone already is no error.

        Raises:
            Unavailable: The server could not be reached.
            Failed: It refused.
        """
        request = self._http.build_request("DELETE", f"/v1/conversations/{_segment(conversation_id)}")
        response = await self._send(request)
        if not response.is_success and response.status_code != httpx.codes.NOT_FOUND:
            raise refusal(response)

    async def _page(self, pages: dict[str, Any], root: str, part: str) -> None:
        try:
            pages[part] = await self._get(f"{root}/{part}", _ASKED.get(part))
        except UnknownThere:
            if part not in _OPTIONAL:
                raise

    async def _get(self, path: str, asked: Mapping[str, str] | None = None) -> Any:
        response = await self._send(self._http.build_request("GET", path, params=asked))
        if not response.is_success:
            raise refusal(response)
        return _body(response)

    async def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._http.send(request)
        except httpx.RequestError as error:
            raise unreachable(error) from error

    async def _submit(self, request: httpx.Request, upload: Upload | None = None) -> Any:
        """Send what must not be sent twice: the API has no key that would tell the server that it is the same again."""
        try:
            response = await self._http.send(request)
        except httpx.RequestError as error:
            asked_for_token = error.request.url.path.endswith(TOKEN_PATH)
            cut_short = upload is not None and not upload.handed_over
            if asked_for_token or cut_short or nothing_was_sent(error):
                raise unreachable(error) from error
            raise perhaps_taken("The conversation server broke off before it answered.") from error
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise perhaps_taken(f"The conversation server had an error of its own ({response.status_code}).")
        if not response.is_success:
            raise refusal(response)
        return _body(response)


@asynccontextmanager
async def open_client(
    base_url: str, app_id: str, secret: str, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[ConversationsClient]:
    """Open a client of the server at `base_url`, and close it when the block ends.

    Args:
        base_url: Where the server is, with a path of its own when it has one.
        app_id: The application's id there.
        secret: The application's secret there.
        transport: What carries the requests, such as `httpx.ASGITransport` to a server in this process; None for the
            network, through the proxies that the environment names, except to this machine itself.

    Raises:
        BadInput: `base_url` is no address of a server.
    """
    url = _base(base_url)
    async with httpx.AsyncClient(
        base_url=url,
        auth=TokenAuth(url, app_id, secret),
        transport=transport,
        trust_env=not _is_this_machine(url.host),
        timeout=_TIMEOUT,
        limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
        headers={"Accept": "application/json"},
    ) as http:
        yield ConversationsClient(http)


def _base(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url.strip().rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise BadInput(f"CONVERSATION_API_URL is “{base_url}”.", "It is an address such as https://engine.example.com.")
    return url


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _segment(identity: str) -> str:
    return quote(identity, safe="")


def _body(response: httpx.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        raise Failed("The conversation server answered with something that is no JSON.", NOT_THE_API) from error
