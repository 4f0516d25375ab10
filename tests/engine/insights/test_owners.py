"""Whose an item is: with evidence, or nobody's."""

import pytest

from tests.engine.insights.talking import understood


def owner(script: str) -> str | None:
    """Return the owner of the only item of a script."""
    found = understood(script)
    (item,) = (*found.action_items, *found.follow_ups)
    return item.owner.name if item.owner else None


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("Mei: I'll book the studio.", "Mei"),
        ("Ines: Robert, can you send me the figures?\nRobert: Sure.", "Robert"),
        ("Ines: Can you book the room for Tuesday, Mei?\nMei: Yes I can.", "Mei"),
        ("Ines: Can you book the room for Tuesday?\nMei: Okay.", "Mei"),
        ("Ines: Rob, can you fix the login bug?\nRobert: On it.", "Robert"),
        ("Ines: Somebody has to ask the printer for a sample.\nMei: I'll do it.", "Mei"),
        ("Ines: Somebody has to ask the printer for a sample.\nMei: I can ask them tomorrow.", "Mei"),
        ("Ines: Robert, can you book the room?\nRobert: I can't, I'm on holiday.\nMei: I can do that.", "Mei"),
        ("Ines: Mei will write the copy.\nMei: Yep, will do.", "Mei"),
        ("Ines: Nadia, you'll send the invoice tomorrow?\nNadia: Yes.", "Nadia"),
        ("Ines: Shall I send the deck?\nMei: Yes please.", "Ines"),
        ("Ines: I'll send the deck.\nMei: No, let me do that.", "Mei"),
        ("Ines: I'll send you the deck on Friday, in the afternoon?\nMei: Thursday is better.", "Ines"),
        ("Ines: Mei, could you run the update tonight?\nMei: After eight, yes.", "Mei"),
        ("Ines: Shall I send the deck?\nMei: Go on then.", "Ines"),
        ("Ines: Jo-Ann, could you order the paper?\nJo-Ann Lee: Yes, of course.", "Jo-Ann Lee"),
        ("Ines: Mei, write the copy.\nMei: Okay.\nInes: Then I need to see it by Wednesday.\nMei: Done.", "Mei"),
        ("Ines: Then you get my sheet on Friday.\nMei: Good.", "Ines"),
        ("Ines: Mei, could you list the deliveries?\nMei: Yeah. Not this week though.", "Mei"),
        ("Ines: Then you can have your stands by the thirteenth.\nMei: Good.", "Ines"),
        ("Speaker 1: Robert, can you book the room?\nSpeaker 2: Sure, no problem.", "Robert"),
        ("Robert, can you book the room?\nSure, will do.", "Robert"),
    ],
)
def test_who_promised_or_was_asked_and_agreed_is_the_owner(script: str, name: str) -> None:
    assert owner(script) == name


@pytest.mark.parametrize(
    "script",
    [
        "Ines: Mei will write the copy.",
        "Ines: Mei will write the copy.\nRobert: Sounds good.",
        "Mei will write the copy.\nSure.",
        "Ines: We need to update the docs.\nMei: Yeah, absolutely.",
        "Ines: Let's meet again next Wednesday.\nMei: Will do.",
        "Ines: Somebody has to ask the printer for a sample.",
        "Ines: Robert, can you book the room?",
        "Ines: We have to repair the board by Friday.\nMei: Good.\nInes: And the joiner?\nBo: He can do it.",
        "Ines: Robert, can you book the room?\nRobert: I can't this week.",
        "Ines: Robert, can you book the room?\nRobert: Sure.\nRobert: Oh wait, I can't, I'm off.",
        "Ines: Robert, can you book the room?\nMei: Sure, he can.",
        "Ines: Can you book the room for Tuesday?\nMei: What time?",
        "Robert, can you book the room?\nWhat room?\nSure.",
        "I'll send the deck by Friday.",
        "Speaker 1: I'll book the room.",
        "SPEAKER_00: I'll book the room.",
        "Unknown: I'll book the room.",
    ],
)
def test_without_evidence_nobody_is_the_owner(script: str) -> None:
    assert owner(script) is None


def test_what_somebody_keeps_of_another_matter_leaves_the_work_before_where_it_is() -> None:
    script = """
        Ana: I have to copy the payroll file by hand.
        Bo: Good. And leave the engineers with me.
    """
    assert owner(script) == "Ana"


def test_who_asks_whether_somebody_would_really_does_not_take_it_on_themselves() -> None:
    script = """
        Phil: Somebody has to ring the company about the card reader.
        Lenny: I've two hours on the train.
        Phil: Would you really?
        Phil: I'll text it to you.
    """
    found = understood(script)
    rings = [item for item in (*found.action_items, *found.follow_ups) if "Ring" in item.text]
    assert [item.owner and item.owner.name for item in rings] == [None]


def test_who_leaves_work_with_another_one_does_not_own_it() -> None:
    script = """
        Ana: I'll ask the estates people for a code.
        Bo: I know them, I'll do it if you like.
        Ana: Would you? Then I'll leave that with you, Bo.
        Bo: Sure.
    """
    assert owner(script) == "Bo"


def test_two_people_of_one_name_make_nobody_the_owner_of_a_request() -> None:
    script = "Ana Silva: Hello.\nAna Costa: Hi.\nInes: Ana, please book the room by Friday.\nInes: Thanks."
    assert owner(script) is None


def test_an_owner_who_speaks_has_their_id_and_one_who_is_only_named_has_none() -> None:
    spoken = understood("Mei: I'll book the studio.").action_items[0].owner
    named = understood("Robert, can you book the room?\nSure, will do.").action_items[0].owner
    assert spoken is not None
    assert named is not None
    assert (spoken.id, named.id) == ("person-0", "")


def test_only_the_owner_is_marked_as_assignee() -> None:
    item = understood("Ines: Mei will write the copy for Ana.\nMei: Yep, will do.\nAna: Good.").action_items[0]
    assert [(mention.text, mention.assignee) for mention in item.mentions] == [("Mei", True), ("Ana", False)]
