import base64
import json
from datetime import timedelta
from pathlib import Path

import httpx

from bot.engine.apps import App
from bot.engine.tokens import Tokens
from tests.clocks import SettableClock
from tests.engine.serving import CREDENTIALS, engine_in

REFUSED = {"message": "Token validation failed for provided token."}


def claims(token: str) -> dict[str, object]:
    head, body, signature = token.split(".")
    assert head
    assert signature
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


async def test_a_token_looks_like_a_jwt_and_says_when_it_ends(tmp_path: Path) -> None:
    clock = SettableClock()
    async with engine_in(tmp_path, clock=clock) as api:
        body = (await api.post("/oauth2/token:generate", json=CREDENTIALS)).json()
    assert body.keys() == {"accessToken", "expiresIn"}
    assert body["expiresIn"] == 86_400
    assert claims(body["accessToken"])["exp"] == int((clock.moment + timedelta(days=1)).timestamp())


async def test_asking_again_gives_the_same_token_with_less_time_left(tmp_path: Path) -> None:
    clock = SettableClock()
    async with engine_in(tmp_path, clock=clock) as api:
        first = (await api.post("/oauth2/token:generate", json=CREDENTIALS)).json()
        clock.move(hours=2)
        second = (await api.post("/oauth2/token:generate", json=CREDENTIALS)).json()
        assert second == {"accessToken": first["accessToken"], "expiresIn": 86_400 - 7_200}
        clock.move(hours=21, minutes=55)
        assert (await api.post("/oauth2/token:generate", json=CREDENTIALS)).json()["expiresIn"] == 86_400


async def test_a_token_ends(tmp_path: Path) -> None:
    clock = SettableClock()
    async with engine_in(tmp_path, clock=clock) as api:
        assert (await api.get("/v1/conversations")).status_code == 200
        clock.move(days=1)
        answer = await api.get("/v1/conversations")
        assert answer.status_code == 401
        assert answer.json() == REFUSED


async def test_the_old_header_is_accepted_and_the_new_one_counts_first(api: httpx.AsyncClient) -> None:
    token = api.headers.pop("Authorization").removeprefix("Bearer ")
    cases = [
        ({"x-api-key": token}, 200),
        ({"Authorization": f"bearer {token}"}, 200),
        ({"Authorization": f"Bearer {token}", "x-api-key": "wrong"}, 200),
        ({"Authorization": "Bearer wrong", "x-api-key": token}, 401),
        ({"Authorization": f"Basic {token}"}, 401),
        ({"Authorization": f"Bearer {token[:-4]}AAAA"}, 401),
        ({"Authorization": "Bearer é"}, 401),
        ({}, 401),
    ]
    for headers, status in cases:
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        assert (await api.get("/v1/conversations", headers=raw)).status_code == status, headers


async def test_wrong_credentials_are_told_from_missing_ones(api: httpx.AsyncClient) -> None:
    cases = [
        ({**CREDENTIALS, "appSecret": "wrong"}, 401),
        ({**CREDENTIALS, "appId": "sömebody"}, 401),
        ({"type": "application", "appId": "x"}, 400),
        ({**CREDENTIALS, "type": "password"}, 400),
        ({}, 400),
    ]
    for body, status in cases:
        answer = await api.post("/oauth2/token:generate", json=body)
        assert answer.status_code == status, body
        assert isinstance(answer.json()["message"], str)


def test_a_token_outlives_a_restart_but_not_a_new_secret() -> None:
    clock = SettableClock()
    app, other = App("app", "secret"), App("other app", "secret")
    token, _ = Tokens([other, app], clock).current("app")
    assert Tokens([app, other], clock).owner(token) == "app"
    assert Tokens([App("app", "another")], clock).owner(token) is None
    assert Tokens([other], clock).owner(token) is None
