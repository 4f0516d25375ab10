"""What a canvas says becomes lines, and nobody is made to say what they did not."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.ports import TranscriptLine
from bot.sources.transcripts.canvases import as_transcript, read_canvas
from bot.sources.transcripts.transcript import read_transcript

NOTES = """:headphones: Huddle notes: 3/3/26 with ![](@U0ANA) and <@U0BO|bo>

### :handshake: Attendees
![](@U0ANA) and <@U0BO|bo>

### :star: Summary
**Spring catalogue**
* ![](@U0ANA) found that the *recycled* paper costs two cents more [[1]](https://acme.slack.com/archives/C1/p1)
* They go with the recycled paper &amp; print in March

### Action items
- [ ] <@U0BO|bo> books the studio by Friday
- [x] The [sample](https://example.org/sample) is here!
---
| Who | What |
|---|---|
| Mei | translations |
"""


def texts(markdown: str) -> list[str]:
    return [line.text for line in read_canvas(markdown)]


def test_headings_items_tables_and_paragraphs_are_lines_of_their_own_in_order() -> None:
    assert texts(NOTES) == [
        "Huddle notes: 3/3/26 with somebody and bo.",
        "Attendees.",
        "Somebody and bo.",
        "Summary.",
        "Spring catalogue.",
        "Somebody found that the recycled paper costs two cents more.",
        "They go with the recycled paper & print in March.",
        "Action items.",
        "bo books the studio by Friday.",
        "Done: The sample is here!",
        "Who, What.",
        "Mei, translations.",
    ]


def test_nobody_is_said_to_speak_in_notes() -> None:
    assert {line.speaker for line in read_canvas(NOTES)} == {None}
    assert {line.start for line in read_canvas(NOTES)} == {None}


def test_what_is_kept_is_read_back_line_by_line() -> None:
    assert [line.text for line in read_transcript(as_transcript(NOTES))] == texts(NOTES)


def test_a_name_before_its_words_is_who_speaks_when_it_comes_back() -> None:
    said = "**Mei Tanaka:** I'll call the printer\nAna Ruiz: Good\nMei Tanaka: Until Friday\nAna Ruiz: Thanks"
    assert [(line.speaker, line.text) for line in read_canvas(said)] == [
        ("Mei Tanaka", "I'll call the printer."),
        ("Ana Ruiz", "Good."),
        ("Mei Tanaka", "Until Friday."),
        ("Ana Ruiz", "Thanks."),
    ]


def test_ids_before_a_colon_are_not_one_person_and_not_the_one_before() -> None:
    said = "Mei: one\nMei: two\n![](@U1): I'll do the first\n<@U2>: I'll do the second\n<@U3|Bo>: three\n<@U3|Bo>: four"
    assert [(line.speaker, line.text) for line in read_canvas(said)] == [
        ("Mei", "one."),
        ("Mei", "two."),
        (None, "I'll do the first."),
        (None, "I'll do the second."),
        ("Bo", "three."),
        ("Bo", "four."),
    ]


def test_the_fields_of_a_list_are_nobodys_names() -> None:
    fields = "Owner: Mei\nDue: Friday\nOwner: Bo\nDue: Monday\nOwner: Ana\nDue: Tuesday"
    assert {line.speaker for line in read_canvas(fields)} == {None}


def test_a_transcript_in_a_canvas_keeps_its_speakers_and_times() -> None:
    said = "# Transcript\n**Mei Tanaka** 00:12\nI'll book the studio.\nBy Friday.\n**Ana Ruiz** 00:20\nThanks\n"
    assert read_canvas(said)[1:] == (
        TranscriptLine("Mei Tanaka", "I'll book the studio.", 12.0, None),
        TranscriptLine("Mei Tanaka", "By Friday.", 12.0, None),
        TranscriptLine("Ana Ruiz", "Thanks.", 20.0, None),
    )
    assert [line.start for line in read_transcript(as_transcript(said))] == [12.0, 12.0, 12.0, 20.0]


def test_what_follows_a_heading_is_no_longer_the_last_speakers() -> None:
    said = "Mei Tanaka 00:12\nHello all.\n## Next steps\nSomebody calls the printer"
    assert [line.speaker for line in read_canvas(said)] == ["Mei Tanaka", None, None]


def test_times_of_notes_are_no_times_of_talk() -> None:
    notes = "00:10 Mei opens\n25:00 The paper is chosen\n59:00 Goodbye"
    assert {line.start for line in read_canvas(notes)} == {None}


@pytest.mark.parametrize("empty", ["", "\n\n---\n", "# :wave:", "![](#C1)"])
def test_an_empty_canvas_says_so(empty: str) -> None:
    with pytest.raises(BadInput, match="The canvas is empty"):
        as_transcript(empty)


@settings(deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["# ", "- [ ] ", "![](@U1)", "<@U1|bo>", ": ", "Mei", "00:12", "\n", "**", "|", "](x)"])
    ).map("".join)
)
def test_any_markdown_is_read_and_each_line_says_something(markdown: str) -> None:
    for line in read_canvas(markdown):
        assert any(letter.isalnum() for letter in line.text)
        assert "\n" not in line.text
        assert set(filter(str.isalnum, line.speaker or "")) <= set(html.unescape(markdown) + "Ssomebody")


@pytest.mark.parametrize("part", ["[", "<@", "![](@", "[](", "<https://x|", ":a", "*a_", "> ", "![["])
def test_markup_that_is_never_closed_takes_no_more_than_its_length(part: str) -> None:
    # read anew from each opening, these would take minutes
    assert read_canvas(f"Mei books the studio. {part * (200_000 // len(part))}")
