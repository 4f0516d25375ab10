import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations.wire import read_conversation, read_job, read_submission, write_messages, write_options
from bot.domain.conversation import Conversation
from bot.errors import Failed
from bot.ports import EngineState, SubmitOptions, TranscriptLine
from tests.conversations.server import CONVERSATION, other_clients, recorded

STARTED = datetime(2021, 6, 1, 16, 0, tzinfo=UTC)


def read(pages: dict[str, Any]) -> Conversation:
    rest = dict(pages)
    return read_conversation(CONVERSATION, rest.pop(""), rest)


def one_item(**changes: Any) -> dict[str, Any]:
    pages = recorded()
    pages["action-items"]["actionItems"][0].update(changes)
    return pages


@pytest.mark.parametrize("pages", [recorded(), other_clients()], ids=["recorded", "other clients"])
def test_both_forms_of_the_wire_say_the_same(pages: dict[str, Any]) -> None:
    conversation = read(pages)
    assert conversation.title == "Weekly planning"
    assert conversation.started_at == STARTED
    assert conversation.seconds == 120.5
    assert conversation.language == "en"
    assert conversation.speakers == ("Speaker 2", "Steve")
    assert [message.speaker for message in conversation.messages] == ["Speaker 2", "Steve", None]
    assert [message.at for message in conversation.messages] == [0.1, 70.0, 80.0]
    (item,) = conversation.action_items
    assert item.text == "Steve needs to complete the analysis by next Monday."
    assert item.evidence.quote == "I need to complete the analysis by next Monday."
    assert (item.evidence.speaker, item.evidence.at) == ("Steve", 70.0)
    assert (item.owner, item.due, round(item.score, 3)) == ("Steve", date(2021, 6, 7), 0.977)
    (follow_up,) = conversation.follow_ups
    assert (follow_up.owner, follow_up.due, follow_up.score) == (None, date(2021, 6, 1), 1.0)
    (question,) = conversation.questions
    assert (question.text, question.evidence.at) == ("Shall we begin?", 0.1)
    assert [topic.text for topic in conversation.topics] == ["analysis", "interns"]
    (sentence,) = conversation.summary
    assert (sentence.text, sentence.evidence[0].at) == ("Steve completes the analysis.", 70.0)
    assert conversation.key_moments == ()


def test_key_moments_are_told_from_a_summary() -> None:
    pages = recorded()
    pages["summary"]["summary"] = [
        {"id": "1", "text": "complete the analysis", "messageRefs": [{"id": "5590459222065152"}], "type": "key_moment"}
        | {"label": "commitment"},
        {"id": "2", "text": "Nobody said this.", "messageRefs": [{"id": "0"}], "type": "key_moment", "label": "risk"},
        {"id": "3", "text": "A paragraph.", "messageRefs": []},
    ]
    conversation = read(pages)
    (moment,) = conversation.key_moments
    assert (moment.kind, moment.evidence.quote, moment.evidence.at) == ("commitment", "complete the analysis", 70.0)
    (paragraph,) = conversation.summary
    assert (paragraph.text, paragraph.evidence) == ("A paragraph.", ())


def test_what_the_embedded_engine_says_beyond_the_api_is_read() -> None:
    pages = recorded()
    pages[""]["notes"] = [{"code": "language-differs", "text": "Spoken in English."}, {"code": "x"}]
    pages["questions"]["questions"][0]["answer"] = {"quote": "by next Monday", "messageId": "5590459222065152"}
    pages["topics"]["topics"][0]["parentRefs"] = [{"type": "topic", "text": "analysis"}]
    pages["topics"]["chapters"] = [
        {"id": "1", "title": "Analysis", "timeOffset": 70, "duration": 14.0, "messageIds": []},
        {"id": "2", "title": "Nowhere"},
    ]
    pages["summary"]["summary"][0]["author"] = "a-model"
    pages["decisions"] = {
        "decisions": [
            {"text": "Meet today", "quote": "have the meeting", "messageIds": ["4675554024357888"], "from": {}},
            {"text": "Nobody said so", "quote": "so", "messageIds": ["1"]},
        ]
    }
    conversation = read(pages)
    assert conversation.notes == ("Spoken in English.",)
    assert conversation.author == "a-model"
    (question,) = conversation.questions
    assert question.answer is not None
    assert (question.answer.quote, question.answer.speaker, question.answer.at) == ("by next Monday", "Steve", 70.0)
    assert [(topic.text, topic.parent) for topic in conversation.topics] == [
        ("analysis", None),
        ("interns", "analysis"),
    ]
    (chapter,) = conversation.chapters
    assert (chapter.title, chapter.at, chapter.seconds) == ("Analysis", 70.0, 14.0)
    (decision,) = conversation.decisions
    assert (decision.text, decision.evidence.quote, decision.evidence.at) == ("Meet today", "have the meeting", 80.0)


def test_an_answer_that_points_nowhere_is_none() -> None:
    pages = recorded()
    pages["questions"]["questions"][0]["answer"] = {"quote": "Yes.", "messageId": "1"}
    assert [question.answer for question in read(pages).questions] == [None]


def test_a_quote_is_shown_when_the_transcript_holds_it() -> None:
    (item,) = read(one_item(quote="I need to complete the analysis")).action_items
    assert item.evidence.quote == "I need to complete the analysis"


def test_a_quote_may_run_over_two_messages() -> None:
    ids = ["5590459222065152", "4675554024357888"]
    (item,) = read(one_item(quote="by next Monday. And we need", messageIds=ids)).action_items
    assert item.evidence.quote == "by next Monday. And we need"


def test_a_quote_that_nobody_said_gives_way_to_what_was_said() -> None:
    (item,) = read(one_item(quote="Steve promised to do everything.")).action_items
    assert item.evidence.quote == "I need to complete the analysis by next Monday."


def test_a_claim_without_words_behind_it_is_left_out() -> None:
    assert read(one_item(messageIds=["1234567890123456"])).action_items == ()
    assert read(one_item(messageIds=[], quote="I need to complete the analysis")).action_items == ()


def test_a_person_who_is_only_mentioned_is_no_owner() -> None:
    mention = {"type": "person", "text": "Steve", "offset": 0, "value": {"name": "Steve"}}
    (item,) = read(one_item(assignee={}, entities=[mention])).action_items
    assert item.owner is None


def test_an_owner_may_be_named_by_id_alone() -> None:
    (item,) = read(one_item(assignee={"id": "98d11b11-4a0a-4bdd-b2e1-d50238f605d6"}, entities=[])).action_items
    assert item.owner == "Steve"


def test_an_insight_in_both_lists_is_a_follow_up() -> None:
    conversation = read(one_item(id="4526427164639111"))
    assert (len(conversation.action_items), len(conversation.follow_ups)) == (0, 1)


def test_a_date_that_is_only_mentioned_is_not_due() -> None:
    date_entity = {"type": "daterange", "text": "since last monday", "offset": 0, "end": "2021-05-31"}
    (item,) = read(one_item(entities=[date_entity])).action_items
    assert item.due is None


def test_text_that_a_database_refuses_is_cleaned() -> None:
    (item,) = read(one_item(text="Call\x00 \ud800 the\n bank")).action_items
    assert item.text == "Call ? the bank"


def test_messages_are_in_the_order_in_which_they_were_spoken() -> None:
    pages = recorded()
    pages["messages"]["messages"].reverse()
    assert read(pages) == read(recorded())


def test_a_conversation_without_its_own_times_takes_those_of_its_messages() -> None:
    pages = recorded()
    pages[""] = {"id": CONVERSATION}
    conversation = read(pages)
    assert conversation.started_at == STARTED + timedelta(seconds=0.1)
    assert conversation.seconds == 84.0
    assert conversation.title == CONVERSATION


@pytest.mark.parametrize("body", [None, [], "hello", 3])
def test_an_answer_that_is_no_conversation_is_refused(body: Any) -> None:
    with pytest.raises(Failed, match="no conversation"):
        read(recorded() | {"": body})
    with pytest.raises(Failed, match="no conversation"):
        read(recorded() | {"messages": body})


def test_a_job_says_how_far_it_is() -> None:
    job = read_job({"id": "x", "status": "in_progress", "progress": 0.41, "seconds": 180.5})
    assert (job.state, job.progress, job.seconds, job.reason) == (EngineState.IN_PROGRESS, 0.41, 180.5, "")


def test_a_failed_job_says_why() -> None:
    job = read_job({"id": "x", "status": "failed", "message": "The file holds no sound.", "statusCode": 400})
    assert (job.state, job.reason, job.bad_input) == (EngineState.FAILED, "The file holds no sound.", True)
    job = read_job({"id": "x", "status": "failed", "message": "A mistake of ours.", "statusCode": 500})
    assert (job.reason, job.bad_input) == ("A mistake of ours.", False)
    assert not read_job({"id": "x", "status": "failed"}).bad_input


def test_a_status_that_nobody_documents_is_still_in_progress() -> None:
    assert read_job({"id": "x", "status": "queued", "progress": 7}).state is EngineState.IN_PROGRESS
    assert read_job({"id": "x", "status": "queued", "progress": 7}).progress == 1.0


@pytest.mark.parametrize("body", [{}, [], None, {"status": None}])
def test_a_job_without_a_status_is_refused(body: Any) -> None:
    with pytest.raises(Failed):
        read_job(body)


def test_ids_are_read_as_strings_or_numbers() -> None:
    assert read_submission({"conversationId": 5815170693595136, "jobId": "j"}).conversation_id == "5815170693595136"
    with pytest.raises(Failed):
        read_submission({"conversationId": "5815170693595136"})


def test_a_transcript_becomes_messages_with_times_from_the_start() -> None:
    lines = (
        TranscriptLine("Ana", " Hello. ", 0.0, 1.5),
        TranscriptLine(None, "Hi.", 61.25, None),
        TranscriptLine("Ben", "Times unknown.", None, None),
        TranscriptLine("Ben", "   ", 70.0, 71.0),
    )
    first, second, third = write_messages(lines, datetime(2021, 6, 1, 18, 0, tzinfo=timezone(timedelta(hours=2))))
    assert first == {
        "payload": {"content": "Hello.", "contentType": "text/plain"},
        "from": {"name": "Ana"},
        "duration": {"startTime": "2021-06-01T16:00:00.000Z", "endTime": "2021-06-01T16:00:01.500Z"},
    }
    assert second["duration"] == {"startTime": "2021-06-01T16:01:01.250Z"}
    assert "from" not in second
    assert "duration" not in third


def test_a_transcript_with_broken_characters_can_be_sent() -> None:
    (message,) = write_messages((TranscriptLine("A\ud800na", "Say \x00\udfff no more.", None, None),), STARTED)
    assert json.dumps(message, ensure_ascii=False).encode()
    assert message["from"] == {"name": "A?na"}


def test_the_start_keeps_the_day_that_the_people_had() -> None:
    late = datetime(2021, 6, 2, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    written = write_options(SubmitOptions(name="Late", started_at=late))
    assert written == {"name": "Late", "startTime": "2021-06-02T00:30:00.000+02:00"}


NAMES = st.sampled_from(
    [
        "id",
        "text",
        "type",
        "name",
        "score",
        "messageIds",
        "messages",
        "members",
        "actionItems",
        "followUps",
        "questions",
        "topics",
        "summary",
        "entities",
        "value",
        "from",
        "assignee",
        "dueBy",
        "start",
        "end",
        "startTime",
        "endTime",
        "timeOffset",
        "duration",
        "phrases",
        "quote",
        "messageRefs",
        "label",
        "metadata",
        "language",
        "conversationId",
        "jobId",
        "status",
        "progress",
        "seconds",
        "message",
        "email",
        "userId",
    ]
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["key_moment", "by noon", "2021-06-01T16:00:00.000Z", "0001-01-01T00:00:00+23:59", "1e999", "5590459222065152"]
    ),
)
JSON = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=25
)


@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_no_answer_of_a_server_breaks_the_reader(data: st.DataObject) -> None:
    pages = recorded()
    for _ in range(data.draw(st.integers(1, 6))):
        place: Any = pages
        key: Any = data.draw(st.sampled_from(sorted(pages)))
        while isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        place[key] = data.draw(JSON)
    try:
        conversation = read(pages)
    except Failed:
        return
    assert conversation.started_at.tzinfo is not None
    assert all(item.evidence.quote for item in conversation.action_items)
    assert all(0 <= item.score <= 1 for item in conversation.action_items)
    "".join(message.text for message in conversation.messages).encode()  # raises for what a database would refuse


@settings(deadline=None, max_examples=50)
@given(body=JSON)
def test_no_answer_to_a_submit_or_about_a_job_breaks_the_reader(body: Any) -> None:
    for reader in (read_job, read_submission):
        try:
            reader(body)
        except Failed:
            continue
