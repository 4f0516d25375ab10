"""What a conversation answers once it is understood: the contract's fields, and what may be changed."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.clocks import SettableClock
from tests.engine.serving import ended, engine_in, read, said, sent, submitted

MEETING = said(
    "Anna: Good morning. We have a great plan!",
    "Ben: I will send the budget to Carla. Is that a problem?",
    "Anna: No, thanks.",
    name="Planning",
    startTime="2026-02-03T10:00:00+01:00",
    detectPhrases="True",
    enableSummary=True,
)


async def understood(api: httpx.AsyncClient, body: dict[str, Any]) -> str:
    conversation_id, job_id = await submitted(api, body)
    assert (await ended(api, job_id))["status"] == "completed"
    return conversation_id


async def test_a_conversation_says_what_it_is_called_when_it_was_and_who_spoke(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, {**MEETING, "metadata": {"team": "sales"}})
    body = await read(api, conversation_id)
    assert (body["id"], body["type"], body["name"]) == (conversation_id, "meeting", "Planning")
    assert body["startTime"] == "2026-02-03T09:00:00.000Z"
    assert [(member["name"], member["email"]) for member in body["members"]] == [
        ("Anna", "anna@example.com"),
        ("Ben", "ben@example.com"),
    ]
    assert body["metadata"] == {"team": "sales"}
    messages = (await read(api, conversation_id, "messages"))["messages"]
    assert body["endTime"] == messages[-1]["endTime"]
    assert (await read(api, conversation_id, "members"))["members"] == body["members"]


async def test_without_a_name_a_conversation_is_called_by_its_id(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, said("Hello there."))
    assert (await read(api, conversation_id))["name"] == conversation_id


async def test_each_sentence_is_a_message_with_its_time_and_speaker(api: httpx.AsyncClient) -> None:
    messages = (await read(api, await understood(api, MEETING), "messages"))["messages"]
    assert [(message["from"]["name"], message["text"]) for message in messages] == [
        ("Anna", "Good morning."),
        ("Anna", "We have a great plan!"),
        ("Ben", "I will send the budget to Carla."),
        ("Ben", "Is that a problem?"),
        ("Anna", "No, thanks."),
    ]
    assert messages[0]["timeOffset"] == 0
    assert messages[0]["startTime"] == "2026-02-03T09:00:00.000Z"
    # 7 words at 150 a minute are 2.8 seconds
    assert messages[2]["timeOffset"] == 2.8
    assert all("words" not in message and "sentiment" not in message for message in messages)
    assert len({message["id"] for message in messages}) == 5


async def test_given_times_are_kept_and_shared_by_the_sentences_of_an_entry(api: httpx.AsyncClient) -> None:
    body = said("Anna: One two. Three four.", "Ben: Five.", "Later: Six.")
    body["messages"][0]["duration"] = {"startTime": "2020-07-21T16:04:00Z", "endTime": "2020-07-21T16:04:09Z"}
    body["messages"][2]["duration"] = {"startTime": "2020-07-21T16:05:00.5Z"}
    messages = (await read(api, await understood(api, body), "messages"))["messages"]
    assert [message["startTime"] for message in messages] == [
        "2020-07-21T16:04:00.000Z",
        "2020-07-21T16:04:03.789Z",
        "2020-07-21T16:04:09.000Z",
        "2020-07-21T16:05:00.500Z",
    ]
    assert messages[1]["endTime"] == "2020-07-21T16:04:09.000Z"


async def test_words_of_a_typed_conversation_are_reckoned_and_have_no_score(api: httpx.AsyncClient) -> None:
    messages = (await read(api, await understood(api, MEETING), "messages", verbose="true"))["messages"]
    words = messages[2]["words"]
    assert [word["word"] for word in words] == ["I", "will", "send", "the", "budget", "to", "Carla."]
    assert all("score" not in word and word["speakerTag"] == 2 for word in words)
    assert words[0]["startTime"] == messages[2]["startTime"]
    assert words[-1]["endTime"] == messages[2]["endTime"]


async def test_words_of_a_recording_are_those_that_were_heard(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await sent(api, "Hello big world.")
    await ended(api, job_id)
    message = (await read(api, conversation_id, "messages", verbose=True))["messages"][0]
    assert message["from"] == {}
    assert [(word["word"], word["timeOffset"], word["score"]) for word in message["words"]] == [
        ("Hello", 0, 0.5),
        ("big", 0.1, 0.5),
        ("world.", 0.2, 0.5),
    ]


async def test_sentiment_says_how_a_sentence_sounds(api: httpx.AsyncClient) -> None:
    messages = (await read(api, await understood(api, MEETING), "messages", sentiment="true"))["messages"]
    assert messages[1]["sentiment"]["suggested"] == "positive"
    assert messages[0]["sentiment"] != messages[1]["sentiment"]
    assert all(-1 <= message["sentiment"]["polarity"]["score"] <= 1 for message in messages)


async def test_an_action_item_has_the_contracts_fields_and_its_evidence(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    messages = {message["id"]: message for message in (await read(api, conversation_id, "messages"))["messages"]}
    (ben,) = [member for member in (await read(api, conversation_id, "members"))["members"] if member["name"] == "Ben"]
    assert re.fullmatch(r"\d{16}", item.pop("id"))
    assert item["quote"] in messages[item["messageIds"][0]]["text"]
    by_user_id = {"id": ben["id"], "name": "Ben", "userId": "ben@example.com"}
    assert item == {
        "text": "I will send the budget to Carla.",
        "type": "action_item",
        "score": 0.9,
        "messageIds": item["messageIds"],
        "entities": [{"type": "person", "text": "I", "offset": 0, "value": {**by_user_id, "assignee": True}}],
        "phrases": [{"type": "action_phrase", "text": "will"}],
        "from": by_user_id,
        "definitive": True,
        "assignee": {"id": ben["id"], "name": "Ben", "email": "ben@example.com"},
        "quote": "I will send the budget to Carla.",
    }


async def test_insights_are_one_list_of_all_kinds_in_the_order_of_the_conversation(api: httpx.AsyncClient) -> None:
    found = (await read(api, await understood(api, MEETING), "insights"))["insights"]
    assert [(insight["type"], insight["text"]) for insight in found] == [
        ("action_item", "I will send the budget to Carla."),
        ("question", "Is that a problem?"),
    ]
    assert "assignee" not in found[1]


async def test_a_question_has_the_answer_that_was_given(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, said("Anna: Is that a problem?", "Ben: No, thanks.", "Ben: Why?"))
    messages = (await read(api, conversation_id, "messages"))["messages"]
    answered, opened = (await read(api, conversation_id, "questions"))["questions"]
    assert answered["answer"] == {"quote": "No, thanks.", "messageId": messages[1]["id"]}
    assert "answer" not in opened


async def test_decisions_look_like_action_items(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, said("Anna: Hello.", "Ben: We decided against it."))
    (decision,) = (await read(api, conversation_id, "decisions"))["decisions"]
    messages = (await read(api, conversation_id, "messages"))["messages"]
    assert re.fullmatch(r"\d{16}", decision.pop("id"))
    assert decision.pop("from")["name"] == "Ben"
    assert decision == {
        "text": "We decided against it.",
        "type": "decision",
        "score": 0.9,
        "messageIds": [messages[1]["id"]],
        "quote": "We decided against it.",
    }


async def test_chapters_stand_beside_the_topics_with_their_times(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    (chapter,) = (await read(api, conversation_id, "topics"))["chapters"]
    messages = (await read(api, conversation_id, "messages"))["messages"]
    assert chapter["title"] == "Budget"
    assert chapter["messageIds"] == [message["id"] for message in messages]
    assert (chapter["startTime"], chapter["endTime"]) == (messages[0]["startTime"], messages[-1]["endTime"])
    assert chapter["timeOffset"] == 0
    assert chapter["duration"] == messages[-1]["timeOffset"] + messages[-1]["duration"]


async def test_notes_are_told_with_the_job_and_the_conversation(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await submitted(api, MEETING)
    notes = [{"code": "tried", "text": "This is a trial."}]
    assert (await ended(api, job_id))["notes"] == notes
    assert (await read(api, conversation_id))["notes"] == notes


async def test_a_summary_stands_before_the_key_moments_and_says_who_wrote_it(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    sentence, moment = (await read(api, conversation_id, "summary"))["summary"]
    message = (await read(api, conversation_id, "messages"))["messages"][2]
    assert sentence["text"] == "I will send the budget to Carla. So it is."
    assert sentence["messageRefs"] == [{"id": message["id"]}]
    assert (sentence["startTime"], sentence["endTime"]) == (message["startTime"], message["endTime"])
    assert "type" not in sentence
    assert "author" not in sentence
    assert moment["type"] == "key_moment"
    by_model = await understood(api, said("Anna: I will ask the model."))
    assert (await read(api, by_model, "summary"))["summary"][0]["author"] == "a-model"


async def test_key_moments_say_what_they_are(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    sentence, moment = (await read(api, conversation_id, "summary"))["summary"]
    message = (await read(api, conversation_id, "messages"))["messages"][2]
    assert (moment["type"], moment["label"]) == ("key_moment", "commitment")
    assert moment["messageRefs"] == [{"id": message["id"]}]
    assert (moment["startTime"], moment["endTime"]) == (message["startTime"], message["endTime"])
    again = await api.post(f"/v1/conversations/{conversation_id}/summary", params={"refresh": "true"})
    assert again.json() == {"summary": [sentence, moment]}


async def test_topics_tell_their_parents_and_sentiment_when_asked(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    plain = (await read(api, conversation_id, "topics"))["topics"]
    assert [(topic["text"], topic["parentRefs"], "sentiment" in topic) for topic in plain] == [
        ("budget", [], False),
        ("budget plan", [], False),
    ]
    asked = (await read(api, conversation_id, "topics", parentRefs="true", sentiment="true"))["topics"]
    assert asked[1]["parentRefs"] == [{"type": "topic", "text": "budget"}]
    assert asked[1]["sentiment"]["suggested"] in {"negative", "neutral", "positive"}
    assert (await read(api, conversation_id, "topics", refresh="true"))["topics"] == plain


async def test_trackers_are_met_word_by_word_and_entities_of_the_caller_are_found(api: httpx.AsyncClient) -> None:
    trackers = [{"name": "Money", "vocabulary": ["BUDGET", "bud"]}, {"name": "Never", "vocabulary": ["zebra"]}]
    entities = [{"customType": "client", "text": "Carla", "value": "Carla Corp"}]
    conversation_id = await understood(api, {**MEETING, "trackers": trackers, "entities": entities})
    (met,) = await read(api, conversation_id, "trackers-detected")
    assert met["name"] == "Money"
    (match,) = met["matches"]
    assert (match["type"], match["value"]) == ("vocabulary", "BUDGET")
    assert [ref["offset"] for ref in match["messageRefs"] + match["insightRefs"]] == [16, 16]
    assert await read(api, conversation_id, "trackers") == [met]
    (entity,) = (await read(api, conversation_id, "entities"))["entities"]
    assert (entity["customType"], entity["text"], entity["messageRefs"][0]["offset"]) == ("client", "Carla", 26)


async def test_analytics_add_up(api: httpx.AsyncClient) -> None:
    body = said("Anna: One two three four.", "Ben: Five six.", startTime="2026-02-03T09:00:00Z")
    body["messages"][0]["duration"] = {"startTime": "2026-02-03T09:00:02Z", "endTime": "2026-02-03T09:00:06Z"}
    body["messages"][1]["duration"] = {"startTime": "2026-02-03T09:00:05Z", "endTime": "2026-02-03T09:00:10Z"}
    analytics = await read(api, await understood(api, body), "analytics")
    assert analytics["metrics"] == [
        {"type": "total_silence", "percent": 20.0, "seconds": 2.0},
        {"type": "total_talk_time", "percent": 80.0, "seconds": 8.0},
        {"type": "total_overlap", "percent": 12.5, "seconds": 1.0},
    ]
    anna, ben = analytics["members"]
    assert (anna["name"], anna["userId"], anna["pace"], anna["overlap"]) == (
        "Anna",
        "anna@example.com",
        {"wpm": 60},
        {},
    )
    assert anna["talkTime"] == {"percentage": 50.0, "seconds": 4.0}
    assert anna["listenTime"] == {"percentage": 50.0, "seconds": 4.0}
    assert ben["talkTime"]["seconds"] == 5.0


async def test_the_transcript_can_be_had_to_read_and_to_caption(api: httpx.AsyncClient) -> None:
    body = said("Anna: I *will* <b>go</b>. Fine.", "Ben: Ok.", startTime="2026-02-03T09:00:00Z", detectPhrases=True)
    path = f"/v1/conversations/{await understood(api, body)}/transcript"
    asked = {
        "contentType": "text/markdown",
        "createParagraphs": True,
        "showSpeakerSeparation": "true",
        "phrases": {"highlightAllKeyPhrases": True},
    }
    assert (await api.post(path, json=asked)).json() == {
        "transcript": {
            "payload": r"Anna: I \*<mark>will</mark>\* &lt;b&gt;go&lt;/b&gt;. Fine.<br/><br/>Ben: Ok.",
            "contentType": "text/markdown",
        }
    }
    captions = (await api.post(path, json={"contentType": "text/srt", "showSpeakerSeparation": True})).json()
    assert captions["transcript"]["payload"]["contentType"] == "text/srt"
    first = captions["transcript"]["payload"]["content"].split("\n\n")[0]
    assert re.fullmatch(r"1\n00:00:00,000 --> 00:00:01,\d{3}\nAnna: I \*will\* <b>go</b>\.", first)
    assert (await api.post(path, json={"contentType": "text/html"})).status_code == 400


async def test_a_renamed_member_is_called_so_everywhere(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    anna, ben = (await read(api, conversation_id, "members"))["members"]
    path = f"/v1/conversations/{conversation_id}/members/{ben['id']}"
    answer = await api.put(path, json={"id": ben["id"], "name": "Benjamin"})
    assert answer.json() == {
        "message": f"Member with id: {ben['id']} for conversationId: {conversation_id} updated successfully! "
        "The update should be reflected in all messages and insights along with this conversation"
    }
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert (item["assignee"]["name"], item["from"]["name"]) == ("Benjamin", "Benjamin")
    assert (await read(api, conversation_id, "messages"))["messages"][2]["from"]["name"] == "Benjamin"

    # an email that somebody else has makes two members one
    await api.put(path, json={"id": ben["id"], "name": "Ann", "email": "ANNA@example.com"})
    members = (await read(api, conversation_id, "members"))["members"]
    assert [(member["id"], member["name"]) for member in members] == [(anna["id"], "Ann")]
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert item["assignee"]["id"] == anna["id"]

    assert (await api.put(path, json={"id": ben["id"]})).status_code == 400
    assert (await api.put(path, json={"id": anna["id"], "name": "x"})).status_code == 400


async def test_speaker_events_say_who_said_what(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await sent(api, "I will call.", "Who is there?", "Nobody.")
    await ended(api, job_id)
    derek, eve = {"id": "d", "name": "Derek", "email": "derek@example.com"}, {"id": "e", "name": "Eve"}
    events = [
        {"type": "started_speaking", "user": derek, "offset": {"seconds": 0, "nanos": 0}},
        {"type": "stopped_speaking", "user": derek, "offset": {"seconds": 0, "nanos": 1_900_000_000}},
        {"type": "started_speaking", "user": eve, "offset": {"seconds": 2}},
        {"type": "stopped_speaking", "user": eve, "offset": {"seconds": 4}},
    ]
    answer = await api.put(f"/v1/conversations/{conversation_id}/speakers", json={"speakerEvents": events})
    assert answer.json()["message"].startswith(f"Speaker events associated for conversationId: {conversation_id} succ")
    messages = (await read(api, conversation_id, "messages"))["messages"]
    assert [message["from"].get("name") for message in messages] == ["Derek", "Eve", None]
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert item["assignee"]["email"] == "derek@example.com"
    bad = await api.put(f"/v1/conversations/{conversation_id}/speakers", json={"speakerEvents": [{"type": "x"}]})
    assert bad.status_code == 400


async def test_labels_are_replaced(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, {**MEETING, "metadata": {"old": "label"}})
    answer = await api.put(f"/v1/conversations/{conversation_id}", json={"metadata": {"label": "Business"}})
    assert answer.json() == {"id": conversation_id, "metadata": {"label": "Business"}}
    assert (await read(api, conversation_id))["metadata"] == {"label": "Business"}
    for wrong in [{}, {"metadata": "x"}, {"metadata": {"a": "x" * 129}}]:
        assert (await api.put(f"/v1/conversations/{conversation_id}", json=wrong)).status_code == 400


async def test_a_deleted_conversation_is_gone_with_all_that_belongs_to_it(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await submitted(api, MEETING)
    await ended(api, job_id)
    answer = await api.delete(f"/v1/conversations/{conversation_id}")
    assert answer.json() == {"message": "successfully deleted the conversation"}
    for path in (f"/v1/conversations/{conversation_id}/messages", f"/v1/job/{job_id}"):
        assert (await api.get(path)).status_code == 404
    assert (await api.delete(f"/v1/conversations/{conversation_id}")).status_code == 404


async def test_conversations_are_listed_by_their_start(tmp_path: Path) -> None:
    clock = SettableClock(datetime(2026, 3, 2, tzinfo=UTC))
    async with engine_in(tmp_path, clock=clock) as api:
        for day in ("2026-02-27", "2026-03-01", "2026-02-28", "2026-01-05"):
            await understood(api, said("Hello.", name=day, startTime=f"{day}T09:00:00Z"))

        async def names(**query: Any) -> list[str]:
            answer = await api.get("/v1/conversations", params=query)
            return [conversation["name"] for conversation in answer.json()["conversations"]]

        assert await names() == ["2026-02-27", "2026-02-28", "2026-03-01"]
        assert await names(order="desc", limit=2) == ["2026-03-01", "2026-02-28"]
        assert await names(limit=1, offset=1) == ["2026-02-28"]
        assert await names(limit=0) == []
        assert await names(startTime="2026-01-01T00:00:00Z", endTime="2026-02-01T00:00:00Z") == ["2026-01-05"]
        for wrong in [{"limit": "-1"}, {"limit": "70000"}, {"order": "up"}, {"filter": "a==b"}, {"endTime": "x"}]:
            assert (await api.get("/v1/conversations", params=wrong)).status_code == 400


async def test_redaction_is_refused_rather_than_pretended(api: httpx.AsyncClient) -> None:
    conversation_id = await understood(api, MEETING)
    answer = await api.get(f"/v1/conversations/{conversation_id}/messages", params={"redact": "true"})
    assert answer.status_code == 400


async def test_due_days_are_midnights_of_the_callers_clock(api: httpx.AsyncClient) -> None:
    body = said("Anna: I will send it by the 9th.", startTime="2026-02-03T09:00:00", timezoneOffset=-420)
    conversation_id = await understood(api, body)
    assert (await read(api, conversation_id))["startTime"] == "2026-02-03T16:00:00.000Z"
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert item["dueBy"] == "2026-02-09T07:00:00.000Z"


@pytest.mark.parametrize("offset", ["2026-02-03T23:30:00-08:00", "2026-02-03T00:30:00+09:00"])
async def test_without_an_offset_a_due_day_is_the_day_as_spoken(api: httpx.AsyncClient, offset: str) -> None:
    conversation_id = await understood(api, said("Anna: I will send it by the 9th.", startTime=offset))
    (item,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert item["dueBy"] == "2026-02-09T00:00:00.000Z"
