"""What an app says through a response_url."""

from typing import Any

import httpx
import pytest

from bot.playground import Playground


@pytest.fixture
async def url(slack: Playground) -> str:
    """A command's response_url, in a channel that the app is not in."""
    await slack.command("ana", "design", "/process x")
    return str(slack.deliveries[0].payload["response_url"])


async def post(url: str, body: dict[str, Any]) -> tuple[int, str]:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(url, json=body)
        return answer.status_code, answer.text


async def test_an_answer_is_for_the_person_unless_it_says_otherwise(slack: Playground, url: str) -> None:
    before = len(slack.ephemerals("ana"))
    assert await post(url, {"text": "for you"}) == (200, "ok")
    assert [each.text for each in slack.ephemerals("ana")[before:]] == ["for you"]
    await post(url, {"text": "for all", "response_type": "in_channel"})
    assert [each.text for each in slack.messages("design")] == ["for all"]


async def test_it_works_five_times(slack: Playground, url: str) -> None:
    for _ in range(5):
        assert await post(url, {"text": "again"}) == (200, "ok")
    assert await post(url, {"text": "once more"}) == (404, "used_url")
    assert [(each.method, each.error) for each in slack.refused] == [("response_url", "used_url")]


async def test_it_works_for_half_an_hour(slack: Playground, url: str) -> None:
    slack.clock.forward(30 * 60 + 1)
    assert await post(url, {"text": "late"}) == (404, "expired_url")


async def test_what_slack_refuses_is_refused_here_too(url: str) -> None:
    assert await post(url, {"text": ""}) == (400, "no_text")
    assert await post(url, {"text": "x", "blocks": [{"type": "headline"}]}) == (400, "invalid_blocks")
    assert await post(url + "x", {"text": "x"}) == (404, "no_service")
