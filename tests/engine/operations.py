"""What the workers of these tests run: small, quick, and told what to do by what they are given.

A recording here is a line of JSON that says what is "heard" in it; see `recording`.
"""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.engine.heard import Said, Stretch
from bot.engine.ids import numeric_id
from bot.engine.plain import from_plain, to_plain
from bot.engine.records import (
    Answer,
    Chapter,
    Decision,
    Insight,
    InsightKind,
    Insights,
    KeyMoment,
    Mention,
    Message,
    MomentKind,
    Note,
    SummarySentence,
    Topic,
    Word,
)
from bot.engine.worker import Tell
from bot.errors import BadInput

SECONDS_A_LINE = 2.0


def recognise(request: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Hear one message for each word of the vocabulary, each a stretch of its own; words in capitals are orders."""
    lines = list(request["vocabulary"])
    for number, line in enumerate(lines, 1):
        start = (number - 1) * SECONDS_A_LINE
        if start < request["begin"]:
            continue
        order, _, rest = line.partition(" ")
        if order == "WAIT":
            _wait_for(Path(rest))
        elif order == "DIE":
            _die_once(Path(rest))
        elif order == "DIE-ALWAYS":
            os.kill(os.getpid(), signal.SIGKILL)
        elif order == "REFUSE":
            raise BadInput("This recording is not to be had.", "Send another one.")
        elif order == "COUNT":
            with Path(rest).open("a") as file:
                file.write(f"{number}\n")
        else:
            voice, colon, text = line.rpartition(": ")
            words = tuple(Word(word, start + n / 10, start + n / 10 + 0.1, 0.5) for n, word in enumerate(text.split()))
            heard = Message(numeric_id(), text, None, start, start + SECONDS_A_LINE, words)
            stretch = Stretch(start + SECONDS_A_LINE, (Said(heard, voice if colon else None),), _language(request))
            tell({"progress": number / len(lines), "stretch": to_plain(stretch)})
    return {}


def _language(request: Mapping[str, Any]) -> str:
    return request["language"] or "en"


def understand(request: Mapping[str, Any], _tell: Tell) -> Any:
    """Take every "will" for an action item, "decided" for a decision, a question mark for a question until "No"."""
    messages = from_plain(tuple[Message, ...], request["messages"])
    day = datetime.fromisoformat(request["options"]["started_at"]).date()
    items = tuple(_insight(InsightKind.ACTION_ITEM, message, day) for message in messages if "will" in message.text)
    questions = tuple(
        replace(_insight(InsightKind.QUESTION, message, day), answer=_answer(following))
        for message, following in zip(messages, [*messages[1:], None], strict=True)
        if message.text.endswith("?")
    )
    return to_plain(
        Insights(
            action_items=items,
            questions=questions,
            topics=(
                Topic("budget", 0.8, (messages[0].id,)),
                Topic("budget plan", 0.8, (messages[0].id,), parent="budget"),
            ),
            key_moments=tuple(KeyMoment(MomentKind.COMMITMENT, each.quote, each.message_ids[0], 0.9) for each in items),
            decisions=tuple(_decision(message) for message in messages if "decided" in message.text),
            chapters=(Chapter("Budget", tuple(message.id for message in messages)),),
            summary=tuple(SummarySentence(f"{each.text} So it is.", each.message_ids) for each in items),
            notes=(Note("tried", "This is a trial."),),
            author="a-model" if any("model" in message.text for message in messages) else None,
            phrases={each.message_ids[0]: each.phrases for each in items},
            entities={message.id: tuple(_entities(message, request["options"])) for message in messages},
        )
    )


def _insight(kind: InsightKind, message: Message, day: date) -> Insight:
    mentions = (Mention("person", "I", 0, message.speaker, assignee=True),) if message.speaker else ()
    return Insight(
        kind,
        message.text,
        message.text,
        (message.id,),
        message.speaker,
        0.9,
        owner=message.speaker,
        due=day.replace(day=9) if "9th" in message.text else None,
        mentions=mentions,
        phrases=("will",),
    )


def _answer(following: Message | None) -> Answer | None:
    return Answer(following.text, following.id) if following and following.text.startswith("No") else None


def _decision(message: Message) -> Decision:
    return Decision(message.text, message.text, (message.id,), message.speaker, 0.9)


def _entities(message: Message, options: Mapping[str, Any]) -> list[Mention]:
    wanted = options.get("entities", [])
    return [
        Mention("custom", each["text"], message.text.find(each["text"]), custom_type=each["type"])
        for each in wanted
        if each["text"] in message.text
    ]


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def _die_once(path: Path) -> None:
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
