"""`python -m bot process FILE|URL`: a recording through the flows, client and engine of the bot, to the terminal."""

import json
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.app import open_flows
from bot.commandline.terminal import TerminalMessenger
from bot.domain.conversation import ActionItem, Conversation, Decision, Evidence, FollowUp, Question
from bot.domain.jobs import Job, JobState
from bot.domain.recordings import Recording, RecordingKind, Share
from bot.errors import BadInput
from bot.flows import intake
from bot.settings import Settings

DONE, FAILED, BAD_INPUT = 0, 1, 2
_NO_PATIENCE = timedelta()


async def process(
    settings: Settings,
    location: str,
    *,
    as_json: bool,
    held_on: date | None,
    title: str | None,
    language: str | None,
    speakers: int | None,
) -> int:
    """Process one recording and print its thread, or its data; return the exit status.

    Returns:
        0 when it was done; 2 when the recording or what was asked is at fault; 1 when something here is. For 1 and 2
        one sentence on standard error says why.
    """
    share = Share(
        team="terminal",
        channel="terminal",
        user="",
        recording=recording_at(location),
        via="command",
        title=title,
        language=language,
        held_on=held_on,
        speakers=speakers,
    )
    screen = sys.stderr if sys.stderr.isatty() else None
    with tempfile.TemporaryDirectory(prefix="followthrough-") as folder:
        messenger = TerminalMessenger(screen)
        # a person at a terminal would rather hear it than wait
        async with open_flows(replace(settings, data_dir=Path(folder)), messenger, patience=_NO_PATIENCE) as ports:
            receipt = await intake.request(ports, share, event_id="terminal")
            job = await messenger.ended
            if job.state is not JobState.DONE:
                return _say_why(job)
            conversation = await ports.conversations.read(job.conversation_id or receipt.job.id)
    if as_json:
        json.dump(_document(conversation, job), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _print_thread(messenger.thread)
    return DONE


def recording_at(location: str) -> Recording:
    """Return the recording that a person at the terminal means: a link, or a file.

    Raises:
        BadInput: There is no such file.
    """
    if location.startswith(("https://", "http://")):
        return Recording(RecordingKind.LINK, location, location.rstrip("/").rpartition("/")[2] or location)
    path = Path(location).expanduser()
    if path.is_dir():
        raise BadInput(f"{location} is a folder.", "Name one recording or transcript in it.")
    if not path.is_file():
        raise BadInput(f"There is no file {location}.")
    return Recording(RecordingKind.LOCAL_FILE, str(path.resolve()), path.name)


def _say_why(job: Job) -> int:
    sys.stderr.write(f"{job.reason} {job.cure}".strip() + "\n")
    return BAD_INPUT if job.state is JobState.NEEDS_YOU else FAILED


def _print_thread(texts: list[str]) -> None:
    for place, text in enumerate(texts):
        if place == 0:
            sys.stdout.write(text + "\n")
            continue
        first, *rest = text.splitlines()
        sys.stdout.write("\n".join(["", f"  ↳ {first}", *(f"    {line}" for line in rest)]) + "\n")


def _document(conversation: Conversation, job: Job) -> dict[str, Any]:
    return {
        "title": job.title or conversation.title,
        "date": job.held_on.isoformat() if job.held_on else None,
        "seconds": conversation.seconds,
        "language": conversation.language,
        "speakers": list(conversation.speakers),
        "author": conversation.author,
        "notes": list(conversation.notes),
        "summary": [
            {"text": each.text, "evidence": [_quoted(evidence) for evidence in each.evidence]}
            for each in conversation.summary
        ],
        "key_moments": [_quoted(each.evidence) | {"kind": each.kind or None} for each in conversation.key_moments],
        "topics": [{"text": each.text, "score": each.score, "parent": each.parent} for each in conversation.topics],
        "chapters": [{"title": each.title, "at": each.at, "seconds": each.seconds} for each in conversation.chapters],
        "decisions": [_claimed(each) for each in conversation.decisions],
        "questions": [
            _claimed(each) | {"answer": _quoted(each.answer) if each.answer else None}
            for each in conversation.questions
        ],
        "action_items": [_item(each) for each in conversation.action_items],
        "follow_ups": [_item(each) for each in conversation.follow_ups],
        "messages": [
            {"text": each.text, "speaker": each.speaker, "at": each.at, "seconds": each.seconds}
            for each in conversation.messages
        ],
    }


def _quoted(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "speaker": evidence.speaker, "at": evidence.at}


def _claimed(claim: ActionItem | FollowUp | Decision | Question) -> dict[str, Any]:
    return {"text": claim.text, **_quoted(claim.evidence), "score": claim.score}


def _item(item: ActionItem | FollowUp) -> dict[str, Any]:
    return _claimed(item) | {"owner": item.owner, "due": item.due.isoformat() if item.due else None}
