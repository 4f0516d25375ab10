import pytest

from tests.sources.reading import PAPER, heard, said

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.500
Ines Vega: We go with

2
00:00:03.500 --> 00:00:05.000
Ines Vega: the recycled paper.

3
00:00:05.200 --> 00:00:07.000
Robert: I'll ask the printer for a sample.
"""
TEAMS = """WEBVTT

7c1f-1/12-0
00:00:01.000 --> 00:00:05.000
<v Ines Vega>We go with
the recycled paper.</v>

7c1f-1/15-0
00:00:05.200 --> 00:00:07.000
<v Robert>I'll ask the printer for a sample.</v>
"""
WEBEX = """WEBVTT

1 "Ines Vega" (123456)
00:00:01.000 --> 00:00:05.000
We go with the recycled paper.

2 "Robert" (99)
00:00:05.200 --> 00:00:07.000
I'll ask the printer for a sample.
"""
STYLED = """\ufeffWEBVTT - planning
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

STYLE
::cue { color: red }

NOTE made by hand:
Robert: this is a note

00:01.000 --> 00:05.000 align:start position:10%
<v.loud Ines Vega>We go with <c.yellow>the</c> <i>recycled</i> paper.

NOTE

00:05.200 --> 00:07.000
<v Robert>I&#39;ll ask the <00:05.900>printer for a&nbsp;sample.
"""
SUBRIP = """1
00:00:01,000 --> 00:00:05,000
Ines Vega: We go with
the recycled paper.

2
00:00:05,200 --> 00:00:07,000
{\\an8}<font color="#fff">Robert: I'll ask the printer for a sample.</font>
"""
SBV = """0:00:01.000,0:00:05.000
Ines Vega: We go with the recycled paper.

0:00:05.200,0:00:07.000
Robert: I'll ask the printer for a sample.
"""
BROKEN = """1
0:0:1,0-->0:0:5,0
>> Ines Vega: We go with the recycled paper.
2
00:00:05.2 --> 00:00:07
>> Robert: I'll ask the printer

for a sample.
3
00:00:09,000 -->
"""


@pytest.mark.parametrize("text", [ZOOM, TEAMS, WEBEX, STYLED, SUBRIP, SBV, BROKEN, ZOOM.replace("WEBVTT\n\n", "")])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_captions_of_every_make_say_the_same(text: str, ending: str) -> None:
    lines = heard(text.replace("\n", ending).encode())
    assert lines[0] == (*PAPER, 1.0, 5.0)
    assert lines[1][0] == "Robert"
    assert lines[1][1].startswith("I'll ask the printer for a sample.")
    assert lines[1][2:] == (5.2, 7.0)


def test_two_people_in_one_caption_stay_two() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines>Ready?</v>\n<v Robert>Yes.</v>\n") == [
        ("Ines", "Ready?"),
        ("Robert", "Yes."),
    ]
    assert said("1\n00:00:01,000 --> 00:00:02,000\n- Ready?\n- Yes.\n") == [(None, "Ready?"), (None, "Yes.")]


def test_a_word_before_a_colon_is_nobodys_name() -> None:
    cues = "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n2\n00:00:03,000 --> 00:00:04,000\nGood.\n\n"
    cues += "3\n00:00:05,000 --> 00:00:06,000\nLet's see.\n"
    for words in (
        "Remember: we ship on Friday.",
        "Careful: the printer is hot.",
        "There is one thing: money.",
        "Deadline: Friday.",
        "See https://a.example.",
    ):
        assert said(cues.format(words))[0] == (None, words)


def test_captions_without_speakers_do_not_invent_any() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\nWe ship on Friday.\n") == [(None, "We ship on Friday.")]


def test_a_sentence_is_not_joined_across_speakers_or_a_long_silence() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines>We should\n\n00:02.000 --> 00:03.000\n<v Robert>wait\n\n"
    text += "01:00.000 --> 01:01.000\n<v Robert>for the printer.\n"
    assert said(text) == [("Ines", "We should"), ("Robert", "wait"), ("Robert", "for the printer.")]


def test_captions_that_scroll_are_said_once() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.000 --> 00:00:02.000 align:start\n \nwe<00:00:00.500><c> go</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nwe go\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nwe go\nwith<00:00:02.500><c> paper</c>\n"
    )
    assert said(text) == [(None, "we go with paper")]


def test_captions_out_of_order_are_put_in_order() -> None:
    text = "WEBVTT\n\n00:09.000 --> 00:10.000\nSecond.\n\n00:01.000 --> 00:00.500\nFirst.\n"
    assert heard(text) == [(None, "First.", 1.0, 1.0), (None, "Second.", 9.0, 10.0)]
