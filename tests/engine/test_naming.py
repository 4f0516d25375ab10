"""Voices get the names that people give themselves."""

import httpx

from tests.engine.serving import ended, read, sent, submitted


async def test_a_voice_is_called_as_somebody_called_themselves_and_says_where(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await sent(
        api, "a: Hi, this is Ana.", "b: Hello.", "a: I will send it on the 9th.", "Whose words?"
    )
    await ended(api, job_id)
    messages = (await read(api, conversation_id, "messages"))["messages"]
    assert [message["from"].get("name") for message in messages] == ["Ana", "Speaker 2", "Ana", None]
    ana, other = (await read(api, conversation_id, "members"))["members"]
    assert (ana["name"], ana["namedIn"]) == ("Ana", messages[0]["id"])
    assert (other["name"], "namedIn" in other) == ("Speaker 2", False)
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert item["assignee"]["name"] == "Ana"


async def test_a_name_of_the_callers_own_stays(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await sent(api, "a: Hi, this is Ana.")
    await ended(api, job_id)
    (ana,) = (await read(api, conversation_id, "members"))["members"]
    renamed = {"id": ana["id"], "name": "Hannah"}
    answer = await api.put(f"/v1/conversations/{conversation_id}/members/{ana['id']}", json=renamed)
    assert answer.status_code == 200
    _, job_id = await sent(api, "b: Hello.", conversation_id=conversation_id)
    await ended(api, job_id)
    assert (await read(api, conversation_id, "members"))["members"][0] == renamed


async def test_speakers_whom_a_transcript_only_numbers_are_named_too(api: httpx.AsyncClient) -> None:
    entries = [
        {"payload": {"content": "My name is Bo Larsen."}, "from": {"name": "Speaker 1"}},
        {"payload": {"content": "This is Ana."}, "from": {"name": "Kim Lee"}},
    ]
    conversation_id, job_id = await submitted(api, {"messages": entries})
    await ended(api, job_id)
    members = (await read(api, conversation_id, "members"))["members"]
    assert [member["name"] for member in members] == ["Bo Larsen", "Kim Lee"]
