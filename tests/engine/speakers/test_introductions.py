import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.records import Message, Person
from bot.engine.speakers.introductions import introductions

PEOPLE = {label: Person(f"id-{label}", label) for label in ("Speaker 1", "Speaker 2", "Speaker 3", "Bo Larsen")}


def talk(*lines: tuple[str, str] | tuple[str, str, float]) -> list[Message]:
    """Return what was said: who, what, and how sure it is who."""
    return [
        Message(str(number), line[1], PEOPLE.get(line[0]), number, number + 1, speaker_score=(*line, 0.9)[2])
        for number, line in enumerate(lines)
    ]


def names(*lines: tuple[str, str] | tuple[str, str, float]) -> dict[str, str]:
    return {each.person_id.removeprefix("id-"): each.name for each in introductions(talk(*lines))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi everyone, this is Ana.", "Ana"),
        ("This is Diane in New Jersey, and I'm calling about the survey.", "Diane"),
        ("This is Ana Ruiz from finance.", "Ana Ruiz"),
        ("Ana here.", "Ana"),
        ("Hello, Ana here from the Madrid office.", "Ana"),
        ("Good morning, Ana speaking.", "Ana"),
        ("My name is Bo Larsen and I run the warehouse.", "Bo Larsen"),
        ("So my name's Xiulan, and I'm new here.", "Xiulan"),
        ("I'm Ana from finance.", "Ana"),
        ("Okay, I am Ana, I look after the invoices.", "Ana"),
        ("Hi, it's Ana calling.", "Ana"),
        ("My name is Maria de la Cruz.", "Maria de la Cruz"),
        ("Hi, I'm Zoë.", "Zoë"),
    ],
)
def test_who_says_their_name_has_it(text: str, name: str) -> None:
    assert names(("Speaker 1", text), ("Speaker 2", "Hello.")) == {"Speaker 1": name}


@pytest.mark.parametrize(
    "text",
    [
        "This is great.",
        "I'm sorry.",
        "I'm Hungarian, so I like paprika.",
        "I'm Sorry about that.",
        "This is Ana's idea.",
        "As Ana said, this is what we want.",
        "As Ana said this is Ana.",
        "I think this is Ana.",
        "This is Ana, our new designer.",
        "This is Ana and Bo.",
        "Is this Ana?",
        "This is Ana?",
        "She said I'm Ana and left.",
        "I'm Monday's host.",
        "This is Slack.",
        "This is Monday.",
        "Ana here has the numbers.",
        "Right here.",
        "I'm In.",
        "My name is on the list.",
        "My name is Nobody.",
        "If I'm Ana, I want to know.",
        "I'm Ana's manager.",
        "My name is Ana's on the form.",
        "It's Ana, not Bo.",
        "THIS IS ANA.",
        "Um, this is Um. My name is Um.",
    ],
)
def test_what_is_no_introduction_names_nobody(text: str) -> None:
    assert names(("Speaker 1", text), ("Speaker 2", "Hello.")) == {}


def test_the_evidence_is_the_message_in_which_they_said_so() -> None:
    (found,) = introductions(talk(("Speaker 2", "Hello."), ("Speaker 1", "Morning."), ("Speaker 1", "This is Ana.")))
    assert (found.person_id, found.name, found.message_id) == ("id-Speaker 1", "Ana", "2")


def test_the_longer_form_of_a_name_is_taken() -> None:
    assert names(("Speaker 1", "Ana here."), ("Speaker 1", "My name is Ana Ruiz.")) == {"Speaker 1": "Ana Ruiz"}


def test_who_gives_two_names_has_none() -> None:
    assert names(("Speaker 1", "This is Ana."), ("Speaker 1", "This is Bob.")) == {}


def test_a_name_that_two_voices_claim_is_neithers() -> None:
    assert names(("Speaker 1", "This is Ana."), ("Speaker 2", "Ana here.")) == {}
    distinct = names(("Speaker 1", "This is Ana Ruiz."), ("Speaker 2", "My name is Ana Lima."))
    assert distinct == {"Speaker 1": "Ana Ruiz", "Speaker 2": "Ana Lima"}


def test_the_name_of_somebody_else_is_not_taken() -> None:
    assert names(("Bo Larsen", "Welcome."), ("Speaker 1", "This is Bo.")) == {}


def test_who_has_a_name_from_the_source_keeps_it() -> None:
    assert names(("Bo Larsen", "This is Ana.")) == {}


def test_who_addresses_somebody_by_that_name_is_not_called_so() -> None:
    assert names(("Speaker 1", "This is Ana."), ("Speaker 1", "Ana, can you hear us?")) == {}


def test_an_unsure_voice_is_not_named() -> None:
    assert names(("Speaker 1", "This is Ana.", 0.5)) == {}


def test_words_whose_speaker_is_unknown_name_nobody() -> None:
    assert names(("nobody", "This is Ana.")) == {}


def test_late_in_the_talk_only_the_plainest_words_are_believed() -> None:
    before = [("Speaker 1", f"Point {number}.") for number in range(6)]
    assert names(*before, ("Speaker 1", "This is Ana.")) == {}
    assert names(*before, ("Speaker 1", "My name is Ana.")) == {"Speaker 1": "Ana"}


def test_an_unusual_name_is_believed_of_whom_others_call_by_it() -> None:
    said = ("Speaker 1", "I'm Xolani, from the Durban office.")
    assert names(said) == {}
    assert names(("Speaker 2", "Xolani, would you begin?"), said) == {"Speaker 1": "Xolani"}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Speaker 1", "Speaker 2", "Bo Larsen"]), st.text(max_size=60)), max_size=6))
def test_whatever_is_said_a_name_is_in_the_words_that_are_shown_for_it(said: list[tuple[str, str]]) -> None:
    messages = talk(*[(who, f"This is {text}. My name is {text}") for who, text in said])
    texts = {message.id: message.text for message in messages}
    found = introductions(messages)
    assert all(each.name in texts[each.message_id] for each in found)
    assert len({each.person_id for each in found}) == len(found)
