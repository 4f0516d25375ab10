"""Who sums up at the end what everybody is to do is quoted; who only promises something there is not."""

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.insights.sentences import cut
from bot.engine.insights.stems import stem
from bot.engine.insights.summing_up import LENGTHS, tellings
from bot.engine.records import MomentKind
from tests.engine.insights.talking import conversation, understood

KIOSK = """
Nora: Morning. The kiosk by the pier opens in nine days.
Idris: The awning is still torn from the storm.
Nora: What does the man in Harwich want for it?
Idris: I don't know, nobody rang him.
Nora: Could you ask him this week?
Idris: Sure, I'll do that on Thursday.
Pia: The freezer hums all night and the neighbours complain.
Nora: Can somebody look at it?
Pia: I can take the cover off and clean the fan.
Nora: Please.
Idris: And the menu still has last year's prices.
Nora: That's me, I'll print a new one.
Pia: With the cones this time?
Nora: With the cones.
Idris: Good.
"""
RECAP = "So that's the awning for Idris, Pia cleans the fan, and I print the menu."
AWNING, HARWICH, FAN, MENU = map(stem, ("awning", "harwich", "fan", "menu"))
ABOUT = ({AWNING: 0.9, HARWICH: 0.8}, {FAN: 0.9}, {MENU: 0.9})


def summed_up(*texts: str) -> list[str]:
    """Return which of the sentences that one person says sums up the work on the kiosk."""
    said = cut(conversation("\n".join(f"Nora: {text}" for text in texts)))
    told = tellings(said, ABOUT)
    return [each.text for each in said if told[each.number].sums_up]


def test_what_sums_a_meeting_up_stands_in_its_summary_and_among_its_key_moments() -> None:
    found = understood(f"{KIOSK}Nora: {RECAP}\nPia: Lovely.")
    assert found.summary[-1].text == f"Nora said: “{RECAP}”"
    assert (MomentKind.RECAP, RECAP) in [(moment.kind, moment.quote) for moment in found.key_moments]


def test_a_meeting_that_nobody_sums_up_is_summed_up_by_nobody() -> None:
    assert not any(RECAP in sentence.text for sentence in understood(f"{KIOSK}Pia: Lovely.").summary)


def test_one_item_by_itself_sums_nothing_up() -> None:
    assert summed_up("Hello.", "I'll ring the man in Harwich about the awning.") == []


def test_who_lists_the_work_in_the_middle_does_not_sum_up() -> None:
    assert summed_up(RECAP, *["It rains on the pier again, and nobody comes."] * 10) == []


def test_a_question_and_what_leans_on_something_before_it_sum_nothing_up() -> None:
    assert summed_up("Hello.", "Is that the awning, the fan and the menu?") == []
    assert summed_up("Hello.", "They all know of the awning, the fan and the menu.") == []


def test_of_two_who_sum_up_the_one_who_says_more_is_quoted() -> None:
    shorter = "The awning and the menu are done by Friday."
    assert summed_up(*["The pier is closed today."] * 18, shorter, RECAP) == [RECAP]


@given(
    st.lists(st.sampled_from(["The awning, the fan and the menu.", RECAP, "Sure.", "Is it?", "The menu again."])),
    st.lists(st.dictionaries(st.sampled_from([AWNING, FAN, MENU]), st.floats(0, 1)), max_size=4),
)
def test_at_most_one_sentence_sums_up_and_it_can_be_quoted(texts: list[str], about: list[dict[str, float]]) -> None:
    said = cut(conversation("\n".join(f"Nora: {text}" for text in texts)))
    told = tellings(said, about)
    summing = [each for each in said if each.number in told and told[each.number].sums_up]
    assert len(summing) <= 1
    assert all(LENGTHS[0] <= len(each.text.split()) <= LENGTHS[1] and "?" not in each.text for each in summing)
