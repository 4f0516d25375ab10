"""A submit's parameters, from a JSON body or from a query string."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from bot.engine.moments import LARGEST_OFFSET, read_moment
from bot.engine.problems import bad_request
from bot.engine.records import CustomEntity
from bot.engine.speech.languages import whisper_code
from bot.errors import BadInput

LONGEST_TEXT = 1_000
LONGEST_LIST = 1_000
LONGEST_METADATA = 128
MOST_TERMS = 25_000
"""Words of all trackers together: the published API kept 500 trackers, and advised at most 50 words each."""
MOST_SPEAKERS = 20

LISTS = frozenset({"entities", "customEntities", "trackers", "customVocabulary", "channelMetadata"})
OBJECTS = frozenset({"features", "metadata"})
HONOURED = frozenset(
    {"name", "webhookUrl", "confidenceThreshold", "detectPhrases", "entities", "customEntities", "detectEntities"}
    | {"trackers", "customVocabulary", "languageCode", "startTime", "timezoneOffset", "metadata", "enableSummary"}
    | {"enableSeparateRecognitionPerChannel", "channelMetadata", "enableSpeakerDiarization", "diarizationSpeakerCount"}
)
FLAGS = ("enableAllTrackers", "enableSpeakerDiarization", "enableSeparateRecognitionPerChannel")
"""Accepted in any form that is right, and without effect: see `docs/conversation-api.md`."""

_IN_BRACKETS = re.compile(r"(?P<name>\w{1,40})\[(?P<place>\d{0,3})\](?:\[(?P<field>\w{1,40})\])?")


@dataclass(frozen=True, slots=True)
class Tracker:
    """Words that a caller wants to be told of."""

    name: str
    vocabulary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelSpeaker:
    """Who speaks in a channel, as far as the caller said; channels count from 1."""

    channel: int
    name: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a caller asked for; see section "Parameters" of `docs/conversation-api.md`.

    Attributes:
        name: The conversation's name.
        webhook_url: Where each new status of the job is posted.
        confidence_threshold: Insights and topics below this score are left out; 0 to 1.
        detect_phrases: Show phrases.
        detect_entities: Show people and dates as entities.
        entities: The caller's own entities.
        trackers: Words to be told of.
        vocabulary: Words that the recogniser is prepared for.
        language: The recogniser's language, None to listen for it.
        separate_channels: Whether each channel of a recording is a speaker of its own.
        channels: Who they are.
        diarize: Whether voices that share a channel are told apart.
        speaker_count: How many there are, when the caller knows.
        started_at: The start of the conversation, aware, in the zone of its day.
        utc_offset: Minutes from UTC, only when the caller said so.
        metadata: The caller's own labels.
    """

    name: str | None = None
    webhook_url: str | None = None
    confidence_threshold: float = 0.5
    detect_phrases: bool = False
    detect_entities: bool = False
    entities: tuple[CustomEntity, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    vocabulary: tuple[str, ...] = ()
    language: str | None = None
    separate_channels: bool = False
    channels: tuple[ChannelSpeaker, ...] = ()
    diarize: bool = True
    speaker_count: int | None = None
    started_at: datetime | None = None
    utc_offset: int | None = None
    metadata: Mapping[str, str] | None = None


def of_query(query: str) -> dict[str, Any]:
    """Return a query's parameters in the form that a JSON body has.

    Lists come as JSON, by repetition, or as `name[0][field]=…`; objects as JSON; and some clients send the whole query
    as one JSON object.
    """
    whole = unquote_plus(query).strip()
    if whole.startswith("{"):
        value = _json("query", whole)
        return value if isinstance(value, dict) else {}
    given: dict[str, Any] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        if inside := _IN_BRACKETS.fullmatch(name):
            _put(given, inside["name"], int(inside["place"] or LONGEST_LIST), inside["field"], text)
        elif name in LISTS and not text.lstrip().startswith("["):
            part = _json(name, text) if text.lstrip().startswith("{") else text
            given[name] = [*given.get(name, []), part]
        elif name in LISTS:
            given[name] = [*given.get(name, []), *_json(name, text)]
        else:
            given[name] = _json(name, text) if name in OBJECTS else text
    return given


def _put(given: dict[str, Any], name: str, place: int, field: str | None, text: str) -> None:
    """Add `name[place][field]=text` to a list; places come in order."""
    parts = given.setdefault(name, [])
    if not isinstance(parts, list):
        return
    if field is None:
        parts.append(text)
    elif place < len(parts) and isinstance(parts[place], dict):
        parts[place][field] = text
    else:
        parts.append({field: text})


def kept(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a submit that is stored with its conversation, and holds for what is appended later."""
    return {name: value for name, value in given.items() if name in HONOURED and value is not None}


def read_parameters(given: Mapping[str, Any]) -> Parameters:
    """Check what a caller sent.

    Raises:
        Problem: 400, with the name of the parameter that is wrong.
    """
    for flag in (*FLAGS, "enableSummary"):
        read_flag(given, flag)
    offset = _number(given, "timezoneOffset", -LARGEST_OFFSET, LARGEST_OFFSET)
    utc_offset = None if offset is None else round(offset)
    threshold = _number(given, "confidenceThreshold", 0, 1)
    entities = given.get("entities") or given.get("customEntities")
    return Parameters(
        name=read_text(given, "name"),
        webhook_url=read_url(given, "webhookUrl"),
        confidence_threshold=0.5 if threshold is None else threshold,
        detect_phrases=read_flag(given, "detectPhrases"),
        detect_entities=read_flag(given, "detectEntities"),
        entities=tuple(_entity(part) for part in _list("entities", entities)),
        trackers=_trackers(given.get("trackers")),
        vocabulary=_words("customVocabulary", given.get("customVocabulary")),
        language=_language(given),
        separate_channels=_separate_channels(given),
        channels=_channels(given.get("channelMetadata")),
        diarize=given.get("enableSpeakerDiarization") is None or read_flag(given, "enableSpeakerDiarization"),
        speaker_count=_speaker_count(given),
        started_at=_started_at(given, utc_offset),
        utc_offset=utc_offset,
        metadata=read_metadata(given.get("metadata")) if given.get("metadata") is not None else None,
    )


def _speaker_count(given: Mapping[str, Any]) -> int | None:
    """Return how many people speak; 0 and what is empty mean that it is not known."""
    if not given.get("diarizationSpeakerCount"):
        return None
    count = _number(given, "diarizationSpeakerCount", 0, MOST_SPEAKERS)
    if count is None or count != round(count):
        raise bad_request('"diarizationSpeakerCount" must be an integer')
    return round(count) or None


def read_text(given: Mapping[str, Any], name: str, longest: int = LONGEST_TEXT) -> str | None:
    """Return a text that may be absent."""
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise bad_request(f'"{name}" must be a string')
    if len(value) > longest:
        raise bad_request(f'"{name}" length must be less than or equal to {longest} characters long')
    return clean(value).strip() or None


def clean(text: str) -> str:
    """Return text without NUL, which no database takes."""
    return text.replace("\x00", "")


def read_flag(given: Mapping[str, Any], name: str) -> bool:
    """Return a flag, sent as a boolean or as the word for it in any case; an empty one is off."""
    value = given.get(name)
    if value is None:
        return False
    word = str(value).strip().lower() if isinstance(value, (bool, str, int)) else "neither"
    if word in {"true", "1"}:
        return True
    if word in {"false", "0", ""}:
        return False
    raise bad_request(f'"{name}" must be a boolean')


def read_url(given: Mapping[str, Any], name: str) -> str | None:
    """Return a web address that may be absent."""
    text = read_text(given, name, 4_096)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or any(letter.isspace() for letter in text):
        raise bad_request(f'"{name}" must be a valid uri')
    return text


def read_metadata(value: Any) -> dict[str, str]:
    """Return labels: text to text."""
    if not isinstance(value, dict):
        raise bad_request('"metadata" must be an object')
    labels: dict[str, str] = {}
    for name, label in value.items():
        if not isinstance(label, str) or len(label) > LONGEST_METADATA or len(name) > LONGEST_METADATA:
            raise bad_request(f'"metadata.{name[:40]}" must be a string of at most {LONGEST_METADATA} characters')
        labels[clean(name)] = clean(label)
    if len(labels) > LONGEST_LIST:
        raise bad_request(f'"metadata" must have less than or equal to {LONGEST_LIST} keys')
    return labels


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise bad_request(f'"{name}" must be JSON') from error


def _number(given: Mapping[str, Any], name: str, lowest: float, highest: float) -> float | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not lowest <= number <= highest:
        raise bad_request(f'"{name}" must be a number from {lowest} to {highest}')
    return number


def _list(name: str, value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise bad_request(f'"{name}" must be an array')
    if len(value) > LONGEST_LIST:
        raise bad_request(f'"{name}" must contain less than or equal to {LONGEST_LIST} items')
    return value


def _words(name: str, value: Any) -> tuple[str, ...]:
    words = []
    for part in _list(name, value):
        if not isinstance(part, str) or len(part) > LONGEST_TEXT:
            raise bad_request(f'"{name}" must contain strings of at most {LONGEST_TEXT} characters')
        if word := clean(part).strip():
            words.append(word)
    return tuple(words)


def _entity(part: Any) -> CustomEntity:
    if not isinstance(part, dict):
        raise bad_request('"entities" must contain objects')
    kind, text = read_text(part, "customType"), read_text(part, "text")
    if kind is None or text is None:
        raise bad_request(f'"entities.{"text" if kind else "customType"}" is required')
    return CustomEntity(kind, text, read_text(part, "value"))


def _trackers(value: Any) -> tuple[Tracker, ...]:
    trackers = tuple(_tracker(part) for part in _list("trackers", value))
    if sum(len(tracker.vocabulary) for tracker in trackers) > MOST_TERMS:
        raise bad_request(f'"trackers" must contain less than or equal to {MOST_TERMS} words in all')
    return trackers


def _tracker(part: Any) -> Tracker:
    if not isinstance(part, dict):
        raise bad_request('"trackers" must contain objects')
    name = read_text(part, "name")
    if name is None:
        raise bad_request('"trackers.name" is required')
    return Tracker(name, _words("trackers.vocabulary", part.get("vocabulary")))


def _separate_channels(given: Mapping[str, Any]) -> bool:
    """Tell whether channels are to be told apart; a caller who asks for diarization too gets that, as documented."""
    separate = read_flag(given, "enableSeparateRecognitionPerChannel")
    return separate and not read_flag(given, "enableSpeakerDiarization")


def _channels(value: Any) -> tuple[ChannelSpeaker, ...]:
    speakers: dict[int, ChannelSpeaker] = {}
    for part in _list("channelMetadata", value):
        if not isinstance(part, dict):
            raise bad_request('"channelMetadata" must contain objects')
        number = _number(part, "channel", 1, LONGEST_LIST)
        if number is None or number != int(number):
            raise bad_request('"channelMetadata.channel" must be the number of a channel, from 1')
        speaker = part.get("speaker") or {}
        if not isinstance(speaker, dict):
            raise bad_request('"channelMetadata.speaker" must be an object')
        if int(number) in speakers:
            raise bad_request('"channelMetadata" must name each channel once')
        speakers[int(number)] = ChannelSpeaker(int(number), read_text(speaker, "name"), read_text(speaker, "email"))
    return tuple(speakers.values())


def _language(given: Mapping[str, Any]) -> str | None:
    code = read_text(given, "languageCode")
    if code is None:
        return None
    try:
        return whisper_code(code)
    except BadInput as error:
        raise bad_request(str(error)) from error


def _started_at(given: Mapping[str, Any], utc_offset: int | None) -> datetime | None:
    text = read_text(given, "startTime")
    if text is None:
        return None
    return _moment("startTime", text, utc_offset)


def _moment(name: str, text: str, utc_offset: int | None) -> datetime:
    try:
        moment = read_moment(text, utc_offset)
    except ValueError as error:
        raise bad_request(f'"{name}" must be a valid ISO 8601 date') from error
    return moment


def read_time(given: Mapping[str, Any], name: str, utc_offset: int | None) -> datetime | None:
    """Return a moment in UTC that may be absent."""
    text = read_text(given, name)
    return None if text is None else _moment(name, text, utc_offset).astimezone(UTC)
