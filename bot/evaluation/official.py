"""The action sentences that a corpus's own annotators wrote about its meetings, and which of them are found.

Such a sentence is written anew ("The industrial designer will work on the working design"); it does not say where in
the transcript it comes from. It counts as found when half of its content words, without their endings, are in one
prediction: in its text, its quote, or its owner's name. That is coarse, but the same for every engine.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.engine.records import Insight
from bot.errors import BadInput
from bot.evaluation.support import content_words

FILE: Final = Path("insights/ami_actions.json")


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
    return bool(wanted) and any(2 * len(wanted & _said(each)) >= len(wanted) for each in predictions)


def _said(insight: Insight) -> frozenset[str]:
    owner = insight.owner.name if insight.owner else ""
    return content_words(f"{insight.text} {insight.quote} {owner}")
