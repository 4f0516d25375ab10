"""The action sentences that a corpus's own annotators wrote about its meetings, and how many of them are found.

Such a sentence is written anew ("The industrial designer will work on the working design"); it does not say where in
the transcript it comes from. It counts as found when half of its content words, without their endings, are in one
prediction: in its text, its quote, or its owner's name. That is coarse, but the same for every engine.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.engine.insights.understanding import understand
from bot.engine.records import Insight, InsightOptions
from bot.errors import BadInput
from bot.evaluation.counts import Share
from bot.evaluation.meeting_files import FOLDER, RealMeeting, read_real_meetings
from bot.evaluation.report import Figure, Findings, of
from bot.evaluation.support import content_words

FILE: Final = Path("insights/ami_actions.json")
HALF: Final = 0.5
AIM_FOUND: Final = 0.5
MOST_PREDICTIONS: Final = 8


def evaluate_official(corpus: Path | None) -> Findings:
    """Measure on the real meetings of a corpus.

    Raises:
        BadInput: A file is not what it should be.
    """
    meetings = read_real_meetings(corpus)
    if corpus is None or not meetings:
        return Findings(absent=(f"Items in real meetings: {FOLDER} is not in the corpus.",))
    actions = read_actions(corpus / FILE)
    predictions = {meeting.name: _predictions(meeting) for meeting in meetings}
    mean = sum(map(len, predictions.values())) / len(predictions)
    data = f"{len(meetings)} real meetings"
    most = Figure("items in a meeting", data, f"{mean:.1f}", f"≤ {MOST_PREDICTIONS}", mean <= MOST_PREDICTIONS)
    both = [name for name in predictions if name in actions]
    if not both:
        return Findings((most,), absent=(f"Official action sentences: {FILE} speaks of no meeting in {FOLDER}.",))
    found = [is_found(sentence, predictions[name]) for name in both for sentence in actions[name]]
    share = Share(sum(found), len(found))
    reached = share.value is not None and share.value >= AIM_FOUND
    return Findings(
        (most, Figure("official action sentences found", f"{len(both)} real meetings", of(share), "≥ 50 %", reached))
    )


def read_actions(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the action sentences of each meeting; none when there is no such file.

    Raises:
        BadInput: The file is not what it should be.
    """
    if not path.is_file():
        return {}
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return {name: tuple(map(str, meeting["actions"])) for name, meeting in plain.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(f"{path} is no object of meetings with actions.") from error


def is_found(sentence: str, predictions: Iterable[Insight]) -> bool:
    """Tell whether one of the predictions says what an official sentence says."""
    wanted = content_words(sentence)
    return bool(wanted) and any(len(wanted & _said(each)) >= HALF * len(wanted) for each in predictions)


def _said(insight: Insight) -> frozenset[str]:
    owner = insight.owner.name if insight.owner else ""
    return content_words(f"{insight.text} {insight.quote} {owner}")


def _predictions(meeting: RealMeeting) -> tuple[Insight, ...]:
    talk = meeting.talk()
    insights = understand(talk.messages, InsightOptions(talk.began))
    return (*insights.action_items, *insights.follow_ups)
