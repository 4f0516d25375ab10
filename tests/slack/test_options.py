import pytest

from bot.errors import BadInput
from bot.slack.options import Signs


@pytest.mark.parametrize(
    "reaction",
    [
        "hand",
        "raised_hand",
        "raised_hand::skin-tone-3",
        "raising_hand",
        "woman-raising-hand::skin-tone-6",
        "man-raising-hand",
    ],
)
def test_anybodys_raised_hand_claims(reaction: str) -> None:
    assert Signs().claims(reaction)
    assert not Signs().finishes(reaction)


@pytest.mark.parametrize("reaction", ["white_check_mark", "heavy_check_mark", "ballot_box_with_check"])
def test_any_check_mark_finishes(reaction: str) -> None:
    assert Signs().finishes(reaction)
    assert not Signs().claims(reaction)


@pytest.mark.parametrize("reaction", ["eyes", "thumbsup", "", "::skin-tone-2", "wave::skin-tone-2"])
def test_other_reactions_mean_nothing(reaction: str) -> None:
    assert not Signs().claims(reaction)
    assert not Signs().finishes(reaction)


def test_an_emoji_of_ones_own_counts_instead() -> None:
    signs = Signs(claim=("man-surfing",), finish=("tada",))
    assert signs.claims("man-surfing")
    assert not signs.claims("hand")


def test_there_has_to_be_an_emoji() -> None:
    with pytest.raises(BadInput, match="CLAIM_EMOJI"):
        Signs(claim=())
