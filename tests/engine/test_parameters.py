import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.parameters import HONOURED, ChannelSpeaker, Parameters, Tracker, of_query, read_parameters
from bot.engine.problems import Problem
from bot.engine.records import CustomEntity


def refusal(sent: dict[str, Any] | str) -> int | None:
    """Return the status with which a query or body is refused, None when it is read."""
    try:
        read_parameters(of_query(sent) if isinstance(sent, str) else sent)
    except Problem as problem:
        return problem.status if problem.body["message"] else 0
    return None


ENTITIES = [{"customType": "client", "text": "Acme"}]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "query",
    [
        urlencode({"entities": json.dumps(ENTITIES)}),
        urlencode({"entities": json.dumps(ENTITIES[0])}),
        "entities[0][customType]=client&entities[0][text]=Acme",
        "entities[][customType]=client&entities[0][text]=Acme",
        quote(json.dumps({"entities": ENTITIES})),
    ],
)
def test_a_list_of_objects_can_be_written_in_each_way_that_clients_write_it(query: str) -> None:
    assert read_parameters(of_query(query)).entities == (CustomEntity("client", "Acme"),)


WORDS = [
    "customVocabulary=%5B%22a%22,%22b%22%5D",
    "customVocabulary=a&customVocabulary=b",
    "customVocabulary[]=a&customVocabulary[]=b",
]


@pytest.mark.parametrize("query", WORDS)
def test_a_list_of_words_likewise(query: str) -> None:
    assert read_parameters(of_query(query)).vocabulary == ("a", "b")


@pytest.mark.parametrize("word", [True, "True", "true", " TRUE ", 1])
def test_a_flag_comes_as_a_boolean_or_as_a_word(word: Any) -> None:
    assert read_parameters({"detectPhrases": word}).detect_phrases


@pytest.mark.parametrize("word", [False, "False", "false", None, "", 0])
def test_a_flag_that_is_off_likewise(word: Any) -> None:
    assert not read_parameters({"detectPhrases": word}).detect_phrases


def test_every_parameter_is_read() -> None:
    asked = read_parameters(
        {
            "name": " Meeting ",
            "webhookUrl": "https://example.com/hook?x=1",
            "confidenceThreshold": "0.6",
            "detectPhrases": True,
            "detectEntities": "true",
            "trackers": [{"name": "Price", "vocabulary": ["how much", " "]}],
            "customVocabulary": ["Acme", ""],
            "languageCode": "pt-BR",
            "enableSeparateRecognitionPerChannel": "True",
            "channelMetadata": [{"channel": "2", "speaker": {"name": "Ana", "email": "ana@example.com"}}],
            "startTime": "2026-02-03T09:00:00",
            "timezoneOffset": -420,
            "metadata": {"salesStage": "demo"},
        }
    )
    assert asked.started_at is not None
    assert asked.started_at.isoformat() == "2026-02-03T09:00:00-07:00"
    assert asked == Parameters(
        name="Meeting",
        webhook_url="https://example.com/hook?x=1",
        confidence_threshold=0.6,
        detect_phrases=True,
        detect_entities=True,
        trackers=(Tracker("Price", ("how much",)),),
        vocabulary=("Acme",),
        language="pt",
        separate_channels=True,
        channels=(ChannelSpeaker(2, "Ana", "ana@example.com"),),
        started_at=asked.started_at,
        utc_offset=-420,
        metadata={"salesStage": "demo"},
    )


@pytest.mark.parametrize(
    "channels",
    [
        [{"channel": 0}],
        [{"channel": 1.5}],
        [{"speaker": {"name": "Ana"}}],
        [{"channel": 1, "speaker": "Ana"}],
        [{"channel": 1}, {"channel": 1}],
        ["Ana"],
    ],
)
def test_a_channel_is_a_number_and_whoever_speaks_in_it(channels: list[Any]) -> None:
    assert refusal({"channelMetadata": channels}) == 400


def test_a_caller_who_wants_channels_and_diarization_gets_diarization() -> None:
    both = {"enableSeparateRecognitionPerChannel": True, "enableSpeakerDiarization": True}
    assert not read_parameters(both).separate_channels


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(HONOURED)), JSON))
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(given_parameters: dict[str, Any]) -> None:
    assert refusal(given_parameters) in {None, 400}


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('entities[]{}01=&"%:,aZ'), max_size=60))
def test_whatever_a_query_holds_is_read_or_refused_with_a_sentence(query: str) -> None:
    assert refusal(query) in {None, 400}
