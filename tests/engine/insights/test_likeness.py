"""Work is told from talk by examples, within the bounds that the rules set."""

import pytest

from tests.engine.insights.talking import all_work, understood


@pytest.mark.parametrize(
    "script",
    [
        "Ines: Somebody needs to run this while I'm gone.\nMei: I'll do it, but standing up.",
        "Ines: I could ask them for a sample.\nMei: Would you? That would be great.\nInes: Sure.",
        "Ines: Who can put the freeze into the pipeline?\nMei: On it.",
        "Ines: Mei, can you order the paper?\nMei: Consider it done.",
    ],
)
def test_what_is_taken_on_in_so_many_words_is_work_however_it_was_put(script: str) -> None:
    assert len(all_work(script)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "I can get you that, but you'd have to sign first.",
        "If you could do fifteen, I'd sign today.",
        "If the budget is approved, I'll order the samples by Friday.",
        "I was ill yesterday.",
    ],
)
def test_a_bargain_and_a_condition_are_no_work_however_like_it_they_sound(said: str) -> None:
    assert not all_work(f"Ines: {said}")


def test_a_promise_without_apostrophes_is_heard_as_one() -> None:
    assert all_work("Ines: yeah ill send the report to finance by friday") == ["Send the report to finance by friday"]


def test_what_is_surely_work_scores_higher_than_what_may_be() -> None:
    firm = understood("Mei: I'll send the report to finance by Friday.").action_items[0]
    weak = understood("Mei: You should update the readme.", threshold=0.1).action_items[0]
    assert firm.score > weak.score
