"""The sample meeting holds what its script says, and none of its traps becomes work."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.domain.conversation import ActionItem, Conversation, FollowUp
from bot.domain.recordings import MediaKind
from bot.playground.sample import HELD_ON, RECORDING, TRANSCRIPT
from bot.playground.sample.make import read_script
from bot.ports import EngineState, SubmitOptions
from bot.sources.transcripts.transcript import read_transcript
from tests.conversations.test_engine import ended, engine_client

OPTIONS = SubmitOptions("Booking page planning", datetime.combine(HELD_ON, time(9), UTC))

# A word or two of each item, whose it is, and by when.
WORK: Mapping[str, tuple[str | None, date | None]] = {
    "payment test": ("Victor", date(2026, 3, 13)),
    "best ten pictures": ("Victor", date(2026, 3, 11)),
    "price list": (None, date(2026, 3, 31)),
    "mechanics": ("Daniel", date(2026, 3, 12)),
    "newsletter": ("Daniel", date(2026, 3, 18)),
    "new sign": ("Laura", None),
    "insurance company": ("Daniel", date(2026, 3, 17)),
    "email to the bank": ("Laura", date(2026, 3, 10)),
}
CALLS_AND_MAILS = {"insurance company", "email to the bank"}
HEARD = WORK.keys() - {"best ten pictures"}  # nobody is known to have agreed where nobody knows who spoke
WRITTEN = TRANSCRIPT.read_bytes()
WORDS = re.compile(r"[a-z']+|\d+")
TRAPS = ("screen", "photographer", "text message", "flyers", "rewrite", "free hours", "sorted", "moon")


def found(conversation: Conversation) -> list[ActionItem | FollowUp]:
    return [*conversation.action_items, *conversation.follow_ups]


def named(words: str, among: Sequence[ActionItem | FollowUp]) -> ActionItem | FollowUp:
    """Return the one item that holds `words`, not counting what is quoted behind it."""
    (item,) = [item for item in among if words in item.text.lower().partition(" (“")[0]]
    return item


async def understood(folder: Path, *, listening: bool) -> Conversation:
    """Have the embedded engine understand the sample: its recording, or its transcript."""
    async with engine_client(folder) as client:
        if listening:
            submission = await client.submit_media(RECORDING, MediaKind.AUDIO, OPTIONS)
        else:
            submission = await client.submit_transcript(read_transcript(WRITTEN), OPTIONS)
        job = await ended(client, submission.engine_job_id)
        assert job.state is EngineState.COMPLETED, job.reason
        return await client.read(submission.conversation_id)


def quotes(conversation: Conversation) -> str:
    return " | ".join(item.evidence.quote for item in found(conversation))


async def test_the_transcript_gives_every_item_with_its_owner_and_day(tmp_path: Path) -> None:
    conversation = await understood(tmp_path, listening=False)
    assert conversation.speakers == ("Laura", "Daniel", "Victor")
    for words, (owner, due) in WORK.items():
        item = named(words, found(conversation))
        assert (words, item.owner, item.due) == (words, owner, due)
    for words in CALLS_AND_MAILS:
        assert named(words, conversation.follow_ups)
    assert {"decision", "risk"} <= {moment.kind for moment in conversation.key_moments}
    still_open = [question.text for question in conversation.questions if question.answer is None]
    assert still_open == ["Who will answer the messages on weekends?"]
    assert [trap for trap in TRAPS if trap in quotes(conversation)] == []


def test_what_ships_is_what_the_script_says() -> None:
    script = RECORDING.with_name("script.md").read_text(encoding="utf-8")
    told = [(line.speaker, line.text) for line in read_script(script)]
    assert re.findall(r"<v (\w+)>(.+)", WRITTEN.decode()) == told


@pytest.mark.timeout(400)  # some twenty seconds, on a machine that has nothing else to do
async def test_the_recording_gives_the_same_words_and_days(tmp_path: Path) -> None:
    conversation = await understood(tmp_path, listening=True)
    assert conversation.language == "en"
    written = WORDS.findall(" ".join(re.findall(r"<v \w+>(.+)", WRITTEN.decode())).lower())
    heard = WORDS.findall(" ".join(message.text for message in conversation.messages).lower())
    # the recogniser writes numbers in digits, which the script does not
    assert errors(written, heard) < 0.08 * len(written)
    for words in HEARD:
        item = named(words, found(conversation))
        assert (words, item.due) == (words, WORK[words][1])
        assert item.owner in {None, WORK[words][0]}
    assert [trap for trap in TRAPS if trap in quotes(conversation)] == []


def errors(written: Sequence[str], heard: Sequence[str]) -> int:
    """Count the words that are wrong, missing or too many."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(written, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]
