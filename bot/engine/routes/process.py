"""`/v1/process/…` and `/v1/job/…`: submits, appends, and how far they are."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine.containers import AUDIO, media_type_of
from bot.engine.ids import unique_id
from bot.engine.jobs import Jobs, Submit
from bot.engine.parameters import of_query, read_parameters, read_url
from bot.engine.problems import Problem, bad_request, no_job
from bot.engine.routes.reading import notes_of
from bot.engine.storage import Storage
from bot.engine.stored import Status
from bot.engine.tokens import caller
from bot.engine.typed import read_entries
from bot.engine.uploads import discard, media_type, read_json, save
from bot.engine.wire import job_body
from bot.ports import Database

UNSAID = frozenset({"", "application/octet-stream", "application/x-www-form-urlencoded", "binary/octet-stream"})
"""What clients send as `Content-Type` when they were not told what a file is."""

WRONG_ENDPOINT = (
    "Detected MIME Type as 'video/mp4'. This endpoint only supports audio files. "
    "For video files please use /v1/process/video or /v1/process/video/url endpoints."
)
NO_RECORDING = frozenset({"text/html", "application/pdf", "application/zip"})


@dataclass(frozen=True, slots=True)
class ProcessRoutes:
    """The endpoints that take conversations in.

    Attributes:
        database: Where jobs are looked up.
        jobs: Takes the submits.
        folder: Where uploads are kept until they are understood.
        largest_upload: Bytes.
        takes_urls: Whether there is something that fetches addresses.
    """

    database: Database
    jobs: Jobs
    folder: Path
    largest_upload: int
    takes_urls: bool

    def routes(self) -> list[Route]:
        """Return the routes below `/v1`."""
        routes = [
            Route("/process/text", self.text, methods=["POST"]),
            Route("/process/text/{conversation_id}", self.text, methods=["PUT"]),
        ]
        for kind in ("audio", "video"):
            routes += [
                Route(f"/process/{kind}/url", self.address, methods=["POST"]),
                Route(f"/process/{kind}/url/{{conversation_id}}", self.address, methods=["PUT"]),
                Route(f"/process/{kind}", self.upload, methods=["POST"]),
                Route(f"/process/{kind}/{{conversation_id}}", self.upload, methods=["PUT"]),
            ]
        return [*routes, Route("/job/{job_id}", self.job, methods=["GET"])]

    async def text(self, request: Request) -> Response:
        """Take a typed conversation."""
        given = await _given(request)
        parameters = read_parameters(given)
        entries = read_entries(given.get("messages"), parameters.utc_offset)
        return await self._taken(request, Submit("text", given, parameters, entries=entries))

    async def address(self, request: Request) -> Response:
        """Take the address of a recording."""
        given = await _given(request)
        parameters = read_parameters(given)
        url = read_url(given, "url")
        if url is None:
            raise bad_request('"url" is required')
        if not self.takes_urls:
            raise bad_request("This engine takes no addresses. Send the recording's bytes instead.")
        return await self._taken(request, Submit(_kind(request), given, parameters, url=url))

    async def upload(self, request: Request) -> Response:
        """Take a recording's bytes."""
        try:
            given = of_query(request.url.query)
            parameters = read_parameters(given)
            said = _said_type(request)
            await self.jobs.check_room(caller(request), request.path_params.get("conversation_id"))
            job_id = unique_id()
            target = self.folder / f"{job_id}.upload"
            size = await save(request, target, self.largest_upload)
        except Problem:
            if "expect" not in request.headers:
                await discard(request.receive)
            raise
        try:
            await asyncio.to_thread(_check, target, size, said, _kind(request))
            return await self._taken(
                request, Submit(_kind(request), given, parameters, file=target.name, job_id=job_id)
            )
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    async def job(self, request: Request) -> Response:
        """Say how far a job is."""
        job_id = request.path_params["job_id"]
        async with self.database.reading() as tx:
            job = await Storage(tx).job(job_id)
            conversation = job and await Storage(tx).conversation(job.conversation_id)
            if not job or not conversation or conversation.app_id != caller(request):
                raise no_job(job_id)
            notes = await notes_of(tx, job.conversation_id) if job.status is Status.COMPLETED else ()
        return JSONResponse(job_body(job, notes))

    async def _taken(self, request: Request, sent: Submit) -> Response:
        job = await self.jobs.submit(sent, caller(request), request.path_params.get("conversation_id"))
        return JSONResponse({"conversationId": job.conversation_id, "jobId": job.id}, 201)


async def _given(request: Request) -> Mapping[str, Any]:
    """Return the parameters of a JSON submit; some clients send a few of them as a query."""
    return {**of_query(request.url.query), **await read_json(request)}


def _kind(request: Request) -> str:
    return "video" if "/process/video" in request.url.path else "audio"


def _said_type(request: Request) -> str | None:
    """Return what the caller says that the bytes are, when that is something this endpoint takes."""
    said = media_type(request)
    if said in UNSAID:
        return None
    if said.startswith("multipart/"):
        raise bad_request("Multipart uploads are not supported. Send the file's bytes as the body.")
    if _kind(request) == "audio" and said in AUDIO:
        return said
    if _kind(request) == "video" and said.startswith("video/"):
        return None
    takes = "one of " + ", ".join(sorted(AUDIO)) if _kind(request) == "audio" else "video/mp4"
    raise bad_request(f"Content-Type '{said[:80]}' is not supported. It must be {takes}, or be left out.")


def _check(path: Path, size: int, said: str | None, kind: str) -> None:
    """Refuse bytes that are certainly not for this endpoint."""
    if size == 0:
        raise bad_request("The recording is empty: 0 bytes arrived.")
    found = media_type_of(path)
    if found in NO_RECORDING:
        raise bad_request(f"Detected MIME Type as '{found}', which is no recording.")
    if kind == "audio" and found == "video/mp4":
        raise bad_request(WRONG_ENDPOINT)
    if said and found and found not in AUDIO[said]:
        raise bad_request(
            f"Content-Type is '{said}', but the bytes are '{found}'. Leave it out to have them looked at."
        )
