"""Where a sentence says what is to be done, though no rule would take it for work."""

import pytest

from bot.engine.insights.loose_cues import loose_cue
from bot.engine.insights.people import roster
from bot.engine.insights.sentences import cut
from bot.engine.insights.turns import Family
from tests.engine.insights.talking import conversation


def found(text: str) -> tuple[str, Family] | None:
    """Return what is to be done by a sentence, and how it is put."""
    sentences = cut(conversation(f"Ana: {text}"))
    cue = loose_cue(sentences[0], roster(sentences))
    return (cue.words, cue.family) if cue else None


@pytest.mark.parametrize(
    ("text", "work", "family"),
    [
        ("I'd write the card for the testers.", "write the card for the testers", Family.PROMISE),
        ("I send the invitation on Monday.", "send the invitation on Monday", Family.PROMISE),
        ("Then open a ticket with them.", "open a ticket with them", Family.IMPERATIVE),
        ("You'd order the chairs for the hall.", "order the chairs for the hall", Family.YOURS),
        ("We'd move the shelf to the other wall.", "move the shelf to the other wall", Family.OUR_PLAN),
    ],
)
def test_loose_talk_says_what_is_to_be_done_from_its_verb_on(text: str, work: str, family: Family) -> None:
    assert found(text) == (work, family)


@pytest.mark.parametrize(
    "text",
    [
        "That was lovely.",
        "I know.",
        "I wouldn't send the card.",
        "Monday.",
        "Will do.",
        "Say the twentieth.",
        "See you on Thursday.",
    ],
)
def test_talk_without_a_verb_of_work_says_nothing(text: str) -> None:
    assert found(text) is None
