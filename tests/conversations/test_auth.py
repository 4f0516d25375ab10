import asyncio
from typing import Any

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.conversations.auth import TokenAuth
from bot.conversations.client import ConversationsClient, open_client
from bot.errors import Failed, Unavailable
from tests.conversations.server import APP_ID, CONVERSATION, JOB, SECRET, Server

URL = httpx.URL("http://engine")


class Hands:
    """A clock whose hands are moved by the test."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def test_one_token_serves_many_requests_at_once(client: ConversationsClient, server: Server) -> None:
    await asyncio.gather(*(client.read(CONVERSATION) for _ in range(10)))
    assert server.tokens == 1


async def test_a_token_that_was_forgotten_is_renewed_once_for_all_who_wait(
    client: ConversationsClient, server: Server
) -> None:
    await client.job(JOB)
    server.good.clear()
    await asyncio.gather(*(client.job(JOB) for _ in range(30)))
    assert server.tokens == 2


@pytest.mark.parametrize(
    ("life", "good_for"), [(86400, 86400 - 300), (100, 90), ("200", 180), (0, 0), (-5, 0), (None, 10**9)]
)
async def test_a_token_is_renewed_shortly_before_it_ends(server: Server, life: Any, good_for: float) -> None:
    server.life = life
    clock = Hands()
    auth = TokenAuth(URL, APP_ID, SECRET, now=clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server.app()), base_url=URL, auth=auth) as http:
        await http.get(f"/v1/job/{JOB}")
        clock.at += max(0.0, good_for - 1)
        await http.get(f"/v1/job/{JOB}")
        assert server.tokens == (1 if good_for else 2)
        clock.at += 2
        await http.get(f"/v1/job/{JOB}")
        assert server.tokens == (1 if life is None else 2 if good_for else 3)


async def test_a_token_that_stays_refused_ends_after_one_more_try(client: ConversationsClient, server: Server) -> None:
    refusal = {"message": "Token validation failed for provided token."}
    server.answers[f"GET /v1/job/{JOB}"] = [JSONResponse(refusal, 401), JSONResponse(refusal, 401)]
    with pytest.raises(Failed, match="credentials") as caught:
        await client.job(JOB)
    assert "CONVERSATION_API_ID and CONVERSATION_API_SECRET" in caught.value.cure
    assert server.requests.count(f"GET /v1/job/{JOB}") == 2


async def test_wrong_credentials_name_the_settings(server: Server) -> None:
    async with open_client("http://engine", APP_ID, "wrong", httpx.ASGITransport(server.app())) as client:
        with pytest.raises(Failed, match="CONVERSATION_API_SECRET"):
            await client.job(JOB)
    assert server.requests == ["POST /oauth2/token:generate"]


@pytest.mark.parametrize(
    "response",
    [PlainTextResponse("<html>Log in</html>"), JSONResponse({}), JSONResponse({"accessToken": 3}), JSONResponse(["a"])],
)
async def test_a_page_instead_of_a_token_says_which_setting_to_check(
    client: ConversationsClient, server: Server, response: Response
) -> None:
    server.answers["POST /oauth2/token:generate"] = [response]
    with pytest.raises(Failed, match="CONVERSATION_API_URL"):
        await client.job(JOB)


async def test_a_server_that_cannot_give_a_token_now_may_give_one_later(
    client: ConversationsClient, server: Server
) -> None:
    server.answers["POST /oauth2/token:generate"] = [JSONResponse({}, 503)]
    with pytest.raises(Unavailable):
        await client.job(JOB)
    await client.job(JOB)


async def test_a_request_that_is_given_up_leaves_the_token_to_others(server: Server) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()
    inner = httpx.ASGITransport(server.app())

    async def answer(request: httpx.Request) -> httpx.Response:
        if not asked.is_set():
            asked.set()
            await go_on.wait()
        return await inner.handle_async_request(request)

    async with open_client("http://engine", APP_ID, SECRET, httpx.MockTransport(answer)) as client:
        given_up = asyncio.create_task(client.job(JOB))
        await asked.wait()
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        await client.job(JOB)
    assert given_up.cancelled()
