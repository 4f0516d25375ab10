import pytest

from tests.sources.reading import PAPER, SAMPLE, heard, said

P, S = PAPER[1], SAMPLE[1]
TEXTS = {
    "name and words": f"Ines Vega: {P}\nRobert: {S}\n",
    "blank lines": f"Ines Vega: {P}\n\n\nRobert:\t{S}",
    "wrapped": "Ines Vega: We go with\nthe recycled paper.\nRobert: I'll ask the\nprinter for a sample.\n",
    "time first": f"[00:00:01] Ines Vega: {P}\n[00:00:05] Robert: {S}",
    "bare time": f"0:01 Ines Vega: {P}\n0:05 Robert: {S}",
    "span": f"00:01 - 00:05 Ines Vega: {P}\n00:05 - 00:07 Robert: {S}",
    "time after": f"Ines Vega (00:01): {P}\nRobert (00:05): {S}",
    "brackets": f"Ines Vega [00:00:01] {P}\nRobert [00:00:05] {S}",
    "Otter": f"Ines Vega  0:01  \n{P}\n\nRobert  0:05  \n{S}\n",
    "time and name": f"00:01 Ines Vega\n{P}\n\n00:05 Robert\n{S}\n",
    "dash": f"0:01 - Ines Vega\n{P}\n\n0:05 - Robert\n{S}\n",
    "Teams": f"Ines Vega\n0:01\n{P}\n\nRobert\n0:05\n{S}\n",
    "name alone": f"INES VEGA:\n{P}\n\nROBERT:\n{S}\n",
    "clock": f"[Ines Vega] 10:15:32\n{P}\n\n[Robert] 10:15:36\n{S}\n",
    "am": f"Ines Vega 10:15:32 AM\n{P}\n\nRobert 10:15:36 AM\n{S}\n",
    "Markdown": f"# Planning\n\n**Ines Vega:** {P}\n\n**Robert** (0:05): {S}\n",
    "Meet": (
        "Planning – 2026/03/02 – Transcript\nAttendees\nInes Vega, Robert\nTranscript\n\n00:00:00\n\n"
        f"Ines Vega: {P}\nRobert: {S}\n"
    ),
    "sounds": f"Ines Vega: {P}\n[laughter]\n(inaudible)\n---\nRobert: {S}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_plain_text_is_read_as_people_copy_it(text: str, ending: str) -> None:
    assert [(speaker.title() if speaker else None, words) for speaker, words in said(text.replace("\n", ending))] == [
        PAPER,
        SAMPLE,
    ]


def test_times_in_plain_text_are_seconds_from_the_start() -> None:
    for name in ("time first", "bare time", "time after", "Otter", "Teams", "dash"):
        assert [start for _, _, start, _ in heard(TEXTS[name])] == [1.0, 5.0], name
    for name in ("clock", "am"):
        assert [start for _, _, start, _ in heard(TEXTS[name])] == [0.0, 4.0], name
    assert [start for _, _, start, _ in heard("Ines: Now.\n[01:02:03] Robert: Late.\n[1:02:04] Ines: Yes.\n")][1:] == [
        0.0,
        1.0,
    ]


def test_a_time_that_goes_backwards_is_forgotten() -> None:
    text = "[00:10] Ines: First.\n[00:05] Robert: Second.\n[00:12] Ines: Third.\n"
    assert [start for _, _, start, _ in heard(text)] == [10.0, None, 12.0]


def test_a_paragraph_without_a_name_goes_on_with_the_speaker_before() -> None:
    text = "Ines: We go with paper.\n\nI will book the studio too.\n\nRobert: Fine.\n\nInes: Good.\n"
    assert said(text)[:3] == [
        ("Ines", "We go with paper."),
        ("Ines", "I will book the studio too."),
        ("Robert", "Fine."),
    ]


def test_what_stands_above_the_first_speaker_was_not_said() -> None:
    text = "Planning meeting\nDate: 2 March\nAttendees: Ines, Robert\n\nInes: Let us begin.\nRobert: Yes.\n"
    assert said(text)[0] == ("Ines", "Let us begin.")


def test_prose_is_a_transcript_that_names_nobody() -> None:
    text = "We talked about the paper, and took the recycled one.\nRemember: we ship on Friday.\n"
    assert said(text) == [
        (None, "We talked about the paper, and took the recycled one."),
        (None, "Remember: we ship on Friday."),
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Speaker 1", "Speaker 1"),
        ("SPEAKER_00", "SPEAKER_00"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Ines Vega (Guest)", "Ines Vega"),
        ("Dr. Ana O'Neil-Ruiz", "Dr. Ana O'Neil-Ruiz"),
        ("[Ines]", "Ines"),
        ("Ågot Ødegård", "Ågot Ødegård"),
        ("田中", "田中"),
        ("Инес", "Инес"),
        ("ines@example.com", "ines@example.com"),
        ("ines", "ines"),
    ],
)
def test_names_of_many_shapes_are_names(label: str, name: str) -> None:
    text = f"{label}: We go with paper.\nRobert: Fine then.\n" * 3
    assert said(text)[:2] == [(name, "We go with paper."), ("Robert", "Fine then.")]


def test_a_name_in_a_script_with_its_own_colon_is_read() -> None:
    assert said("王：我们用再生纸。\n李：好的。\n") == [("王", "我们用再生纸。"), ("李", "好的。")]
