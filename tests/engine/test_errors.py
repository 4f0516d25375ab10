"""Errors as the contract has them: the status, and a body with a message."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.engine.routes import process
from tests.engine.serving import ended, engine_in, said, sent, sound, submitted

NO_CONVERSATION = {"message": "The conversationId is either invalid or does not exist."}
TEXT = said("Anna: Hello.")

BAD_TEXTS: list[tuple[Any, str]] = [
    ([], "The body must be a JSON object."),
    ({}, '"messages" is required'),
    ({"messages": {}}, '"messages" must be an array'),
    ({"messages": []}, '"messages" holds no words'),
    ({"messages": [{"payload": {}}]}, '"messages.payload.content" is required'),
    ({"messages": [{"payload": {"content": "  "}}]}, '"messages" holds no words'),
    ({"messages": [{"payload": {"content": "x"}, "from": "me"}]}, '"messages.from" must be an object'),
    (
        {"messages": [{"payload": {"content": "x"}, "duration": {"startTime": "soon"}}]},
        '"startTime" must be a valid ISO 8601 date',
    ),
    ({**TEXT, "confidenceThreshold": 1.5}, '"confidenceThreshold" must be a number from 0 to 1'),
    ({**TEXT, "confidenceThreshold": "high"}, '"confidenceThreshold" must be a number from 0 to 1'),
    ({**TEXT, "detectPhrases": "perhaps"}, '"detectPhrases" must be a boolean'),
    ({**TEXT, "webhookUrl": "ftp://x"}, '"webhookUrl" must be a valid uri'),
    ({**TEXT, "entities": [{"text": "x"}]}, '"entities.customType" is required'),
    ({**TEXT, "entities": "x"}, '"entities" must be an array'),
    ({**TEXT, "trackers": [{"vocabulary": ["x"]}]}, '"trackers.name" is required'),
    ({**TEXT, "startTime": "yesterday"}, '"startTime" must be a valid ISO 8601 date'),
    ({**TEXT, "timezoneOffset": 100_000}, '"timezoneOffset" must be a number from -840 to 840'),
    ({**TEXT, "name": 7}, '"name" must be a string'),
    ({**TEXT, "metadata": {"a": 1}}, '"metadata.a" must be a string of at most 128 characters'),
]


@pytest.mark.parametrize(("body", "message"), BAD_TEXTS)
async def test_a_wrong_parameter_is_named(api: httpx.AsyncClient, body: Any, message: str) -> None:
    answer = await api.post("/v1/process/text", json=body)
    assert answer.status_code == 400
    assert answer.json() == {"message": message}


@pytest.mark.parametrize("body", [b"{", b'"\\ud800"', b'{"messages": "\\ud800"}', b"[" * 100_000, b"\xff\xfe"])
async def test_a_body_that_is_no_json_is_refused(api: httpx.AsyncClient, body: bytes) -> None:
    answer = await api.post("/v1/process/text", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json() == {"message": "The body must be valid JSON."}


async def test_a_language_that_nobody_knows_is_refused_with_what_to_say_instead(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/process/audio", params={"languageCode": "tlh-XX"}, content=sound())
    assert answer.status_code == 400
    assert "tlh-XX" in answer.json()["message"]
    assert "en-US" in answer.json()["message"]


async def test_what_does_not_exist_is_answered_as_documented(api: httpx.AsyncClient) -> None:
    unknown = "/v1/conversations/1234567890123456"
    for method, path in [
        ("GET", unknown),
        ("DELETE", unknown),
        ("GET", f"{unknown}/messages"),
        ("GET", f"{unknown}/summary"),
        ("GET", f"{unknown}/action-items"),
    ]:
        answer = await api.request(method, path)
        assert answer.status_code == 404, path
        assert answer.json() == NO_CONVERSATION
    assert (await api.put("/v1/process/text/1234567890123456", json=TEXT)).json() == NO_CONVERSATION
    append = await api.put("/v1/process/audio/1234567890123456", content=sound())
    assert (append.status_code, append.json()) == (404, NO_CONVERSATION)
    job = await api.get("/v1/job/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")
    assert job.status_code == 404
    assert job.json() == {"message": "Job with id 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d not found"}


async def test_endpoints_that_are_out_of_scope_answer_404_with_a_message(api: httpx.AsyncClient) -> None:
    for path in ["/", "/v1", "/v1/nothing", "/v1/manage/trackers", "/v1/conversations/1/experiences", "/oauth2/x"]:
        answer = await api.post(path, json={})
        assert answer.status_code == 404, path
        assert answer.json()["message"]


async def test_a_wrong_method_answers_405(api: httpx.AsyncClient) -> None:
    for method, path in [("GET", "/v1/process/text"), ("DELETE", "/v1/job/x"), ("GET", "/oauth2/token:generate")]:
        answer = await api.request(method, path)
        assert answer.status_code == 405
        assert answer.json()["message"]


async def test_the_limit_of_jobs_answers_429_and_creates_nothing(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with engine_in(tmp_path, max_jobs=2) as api:
        jobs = [(await sent(api, f"WAIT {gate}", "Hello."))[1] for _ in range(2)]
        for answer in [
            await api.post("/v1/process/text", json=TEXT),
            await api.post("/v1/process/audio", content=sound()),
        ]:
            assert answer.status_code == 429
            assert answer.json() == {
                "statusCode": 429,
                "message": "This API has a limit of maximum of 2 number of concurrent jobs per account. If you are "
                "looking to scale, and need more concurrent jobs than this limit, please contact us at "
                "support@symbl.ai",
            }
        assert list((tmp_path / "recordings").glob("*.upload")) != []
        gate.touch()
        for job in jobs:
            assert (await ended(api, job))["status"] == "completed"
        assert list((tmp_path / "recordings").iterdir()) == []
        _, job = await submitted(api, TEXT)
        assert (await ended(api, job))["status"] == "completed"


async def test_a_body_that_is_too_large_answers_413_and_leaves_nothing(tmp_path: Path) -> None:
    async with engine_in(tmp_path, largest_upload=10_000) as api:
        answer = await api.post("/v1/process/audio", content=sound(2))
        assert answer.status_code == 413
        assert answer.json() == {"message": "The request is larger than the limit of 10000 bytes."}

        async def unannounced() -> Any:
            for _ in range(20):
                yield bytes(1_000)

        assert (await api.post("/v1/process/audio", content=unannounced())).status_code == 413
        huge = {"messages": [{"payload": {"content": "x" * 17_000_000}}]}
        assert (await api.post("/v1/process/text", json=huge)).status_code == 413
        assert list((tmp_path / "recordings").iterdir()) == []


async def test_a_mistake_of_ours_answers_500_and_shows_nothing_of_our_inside(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_job: object) -> None:
        raise ZeroDivisionError("secret inside")

    _, job = await submitted(api, TEXT)
    monkeypatch.setattr(process, "job_body", broken)
    answer = await api.get(f"/v1/job/{job}")
    assert answer.status_code == 500
    assert answer.json().keys() == {"message"}
    assert "secret" not in answer.text
    assert "Zero" not in answer.text
    trouble = answer.json()["message"].rstrip(".").rpartition(" ")[2]
    assert [record for record in caplog.records if getattr(record, "trouble", None) == trouble and record.exc_info]


@pytest.mark.parametrize(
    ("kind", "content", "content_type", "message"),
    [
        ("audio", b"", "", "The recording is empty"),
        ("audio", b"<!DOCTYPE html><html></html>", "", "Detected MIME Type as 'text/html'"),
        ("video", b"%PDF-1.7", "", "Detected MIME Type as 'application/pdf'"),
        ("audio", sound(), "audio/mpeg", "Content-Type is 'audio/mpeg', but the bytes are 'audio/wav'"),
        ("audio", sound(), "audio/flac", "Content-Type 'audio/flac' is not supported"),
        ("audio", sound(), "multipart/form-data; boundary=x", "Multipart uploads are not supported"),
        ("video", sound(), "text/plain", "Content-Type 'text/plain' is not supported"),
    ],
)
async def test_bytes_that_are_no_recording_are_refused_at_once(
    api: httpx.AsyncClient, kind: str, content: bytes, content_type: str, message: str
) -> None:
    answer = await api.post(f"/v1/process/{kind}", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(message)


async def test_a_content_type_that_says_nothing_has_the_bytes_looked_at(api: httpx.AsyncClient) -> None:
    query = {"customVocabulary": json.dumps(["Hello."])}
    for content_type in [
        "",
        "application/octet-stream",
        "audio/wav",
        "audio/wave",
        "application/x-www-form-urlencoded",
    ]:
        headers = {"Content-Type": content_type}
        answer = await api.post("/v1/process/audio", params=query, content=sound(), headers=headers)
        assert answer.status_code == 201, content_type
        assert (await ended(api, answer.json()["jobId"]))["status"] == "completed"


async def test_a_recording_without_words_fails_as_the_callers_input(api: httpx.AsyncClient) -> None:
    _, job_id = await sent(api)
    job = await ended(api, job_id)
    assert (job["status"], job["statusCode"]) == ("failed", 400)
    assert job["message"].startswith("No speech was found in this recording.")


async def test_bytes_that_nobody_can_decode_fail_with_a_plain_reason(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/process/audio", content=b"\x00\x01\x02 nothing that is known" * 50)
    job = await ended(api, answer.json()["jobId"])
    assert (job["status"], job["statusCode"]) == ("failed", 400)
    assert job["message"].endswith(".")
    assert "Error" not in job["message"]


async def test_a_refusal_of_the_recogniser_is_the_jobs_message(api: httpx.AsyncClient) -> None:
    _, job_id = await sent(api, "REFUSE")
    job = await ended(api, job_id)
    assert job["message"] == "This recording is not to be had. Send another one."
    assert job["statusCode"] == 400


async def test_an_engine_without_a_fetcher_says_so_at_once(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/process/audio/url", json={"url": "https://files.example.com/a.mp3"})
    assert answer.status_code == 400
    assert answer.json() == {"message": "This engine takes no addresses. Send the recording's bytes instead."}
    assert (await api.post("/v1/process/audio/url", json={})).json() == {"message": '"url" is required'}


async def test_lists_beyond_their_limits_are_refused_with_the_limit(api: httpx.AsyncClient) -> None:
    many = [{"name": f"tracker {number}", "vocabulary": ["word"] * 1_000} for number in range(26)]
    cases: list[tuple[dict[str, Any], str]] = [
        ({**TEXT, "trackers": many}, '"trackers" must contain less than or equal to 25000 words in all'),
        (
            {**TEXT, "customVocabulary": ["x"] * 1_001},
            '"customVocabulary" must contain less than or equal to 1000 items',
        ),
        ({**TEXT, "name": "x" * 1_001}, '"name" length must be less than or equal to 1000 characters long'),
        ({"messages": [{}] * 50_001}, '"messages" must contain less than or equal to 50000 items'),
        (said("x" * 1_000_001), '"messages.payload.content" must have at most 1000000 characters'),
    ]
    for body, message in cases:
        answer = await api.post("/v1/process/text", json=body)
        assert (answer.status_code, answer.json()) == (400, {"message": message})
    event = {"type": "started_speaking", "user": {"name": "Ana"}, "offset": {"seconds": 0}}
    answer = await api.put("/v1/conversations/1/speakers", json={"speakerEvents": [event] * 20_001})
    assert answer.json() == {"message": '"speakerEvents" must contain less than or equal to 20000 items'}
