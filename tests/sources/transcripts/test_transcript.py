import codecs
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.ports import TranscriptLine
from bot.sources.transcripts.transcript import MAX_BYTES, read_transcript
from tests.sources.reading import PAPER, SAMPLE, heard, said

# ---------------------------------------------------------------------------------------------------------------- JSON

JSONS = {
    "list": [
        {"speaker": "Ines Vega", "text": PAPER[1], "start": 1, "end": 5.0},
        {"speaker": "Robert", "text": SAMPLE[1], "start": 5.2, "end": 7},
    ],
    "wrapped": {
        "title": "Planning",
        "segments": [
            {"speaker_name": "Ines Vega", "content": PAPER[1], "start_time": "00:00:01.000", "end_time": "0:05"},
            {"speaker_name": "Robert", "content": SAMPLE[1], "start_time": "5.2", "end_time": "7.0"},
        ],
    },
    "milliseconds": {
        "text": "all of it",
        "utterances": [
            {"speaker": "Ines Vega", "text": PAPER[1], "start": 1000, "end": 5000,
             "words": [{"text": "We", "start": 1000}]},
            {"speaker": "Robert", "text": SAMPLE[1], "start": 5200, "end": 7000},
        ],
    },
    "conversation API, answered": {
        "messages": [
            {"id": "1", "text": PAPER[1], "from": {"id": "a", "name": "Ines Vega"}, "timeOffset": 1, "duration": 4,
             "startTime": "2026-03-02T09:00:01.000Z", "endTime": "2026-03-02T09:00:05.000Z"},
            {"id": "2", "text": SAMPLE[1], "from": {"name": "Robert"}, "timeOffset": 5.2, "duration": 1.8,
             "startTime": "2026-03-02T09:00:05.200Z", "endTime": "2026-03-02T09:00:07.000Z"},
        ]
    },
    "conversation API, sent": {
        "name": "Planning",
        "messages": [
            {"payload": {"content": PAPER[1]}, "from": {"name": "Ines Vega"},
             "duration": {"startTime": "2026-03-02T09:00:01Z", "endTime": "2026-03-02T09:00:05Z"}},
            {"payload": {"content": SAMPLE[1]}, "from": {"name": "Robert"},
             "duration": {"startTime": "2026-03-02T09:00:05.200Z", "endTime": "2026-03-02T09:00:07Z"}},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("document", JSONS.values(), ids=JSONS.keys())
def test_json_of_many_services_says_the_same(document: object) -> None:
    lines = heard(json.dumps(document))
    assert [(speaker, words) for speaker, words, _, _ in lines] == [PAPER, SAMPLE]
    first = lines[0][2] or 0.0
    assert [round((start or 0) - first, 3) for _, _, start, _ in lines] == [0, 4.2]
    assert [round((end or 0) - first, 3) for _, _, _, end in lines] == [4, 6]


@pytest.mark.parametrize(
    "times", [{"start": "soon"}, {"start": -1}, {"start": 1e300}, {"start": None}, {"start": True}, {}]
)
def test_odd_times_in_json_are_left_out(times: dict[str, object]) -> None:
    document = [{"speaker": 3, "text": "We go with the recycled paper then.", **times}]
    assert heard(json.dumps(document)) == [("Speaker 3", "We go with the recycled paper then.", None, None)]


# ----------------------------------------------------------------------------------------------------------- encodings

GERMAN = (
    "Jörg: Wir nehmen das Papier für März, das größere.\nZoë: Schön, ich frage die Drückerei.\nJörg: Danke schön.\n"
)
SPANISH = "Inés: Mañana enviaré el catálogo a la señora Núñez.\nRaúl: ¿Y la próxima reunión?\nInés: El miércoles.\n"
RUSSIAN = "Инес: Мы берём переработанную бумагу.\nРоберт: Хорошо, я спрошу типографию.\nИнес: Спасибо большое.\n"
JAPANESE = "田中：再生紙を使いましょう。\n鈴木：はい、印刷会社に見本を頼みます。\n田中：ありがとうございます。\n"
POLISH = "Łukasz: Weźmiemy papier z recyklingu, to droższy.\nZofia: Dobrze, zapytam drukarnię o próbkę.\nŁukasz: Już.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (text, encoding)
            for text in (GERMAN, RUSSIAN, JAPANESE)
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
        ),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "cp1252"),
        (SPANISH, "latin-1"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (POLISH, "cp1250"),
    ],
)
def test_a_transcript_is_read_in_whatever_encoding_it_comes(text: str, encoding: str) -> None:
    assert said(text.encode(encoding)) == said(text.encode())


def test_one_damaged_letter_does_not_change_the_encoding() -> None:
    damaged = GERMAN.encode() + b"Zo\xc3 und so weiter, \xff.\n"
    assert said(damaged)[0] == said(GERMAN.encode())[0]


# ------------------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \r\n\t\n",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        b"\x00" * 50,
        b"WEBVTT\n",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n",
        b"1\n00:00:01,000 --> 00:00:02,000\n...\n",
        b"1 2 3 4\n5 6 7 8\n",
        b"1.5;2.5;3.5\n1.5;2.5;3.5\n",
        b"name,street,town\nInes,High Street,Leeds\nRobert,Low Street,York\n",
        b"Ines\tVega\nRobert\tMoss\nMei\tLin\n",
        b"2026-03-02T09:00:00 INFO started the worker\n2026-03-02T09:00:01 ERROR lost the worker\n" * 3,
        b"def main():\n    return read(x);\nimport os\nfor (;;) {\n}\nreturn 1;\n",
        b"<?xml version='1.0'?>\n<tt><p>Hello there</p><p>And so on</p></tt>",
        b"Not found",
        b'{"error": "not found"}',
        b'[{"text": 5}]',
        b'[{"price": 5, "code": "x"}]',
        b'{"messages": [',
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"x" * (MAX_BYTES + 1),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_refused_with_a_cure(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_transcript(data)
    assert caught.value.what.endswith(".")
    assert caught.value.cure.endswith(".") or caught.value.cure.endswith("}.")


@pytest.mark.parametrize(
    "data",
    [b"a " * 400_000, b"word: " * 100_000, b"Ines: " + b"long sentence " * 40_000, b"[" * 90_000, b"1" * 900_000],
)
def test_a_huge_line_is_read_in_pieces_or_refused(data: bytes) -> None:
    try:
        lines = read_transcript(data)
    except BadInput:
        return
    assert max(len(line.text) for line in lines) <= 4000
    assert len({line.speaker for line in lines}) == 1


# ---------------------------------------------------------------------------------------------------------- properties

PIECES = st.sampled_from(
    [
        "WEBVTT", "\n", "\n\n", "00:01.000 --> 00:02.000", "00:00:03,000 --> 00:00:01,000", "0:00:01.000,0:00:02.000",
        "<v Ines>", "</v>", "Ines: ", "Robert (0:12): ", "[00:12]", "10:15 PM", "NOTE x", "1", "words and more words.",
        ": ", "&amp;", "{", "[", '"text"', "0:99:99", "\t", "99:99:99 ", "-->", "- ", "** ", "：", "\u202e",
    ]
)  # fmt: skip


def check(lines: tuple[TranscriptLine, ...]) -> None:
    starts = [line.start for line in lines if line.start is not None]
    assert starts == sorted(starts)
    for line in lines:
        assert line.text
        assert line.text == " ".join(line.text.split())
        assert line.speaker is None or line.speaker.strip()
        assert line.start is None or line.start >= 0
        assert line.end is None or (line.start is not None and line.end >= line.start)
    assert lines


@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=400).map(str.encode), st.lists(PIECES).map("".join).map(str.encode)
    )
)
@settings(deadline=None, max_examples=400)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        lines = read_transcript(data)
    except BadInput:
        return
    check(lines)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=8)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(["text", "start", "end", "speaker", "from", "duration", "payload", "elements"]), inner
            ),
        ),
        max_leaves=20,
    )
)
@settings(deadline=None, max_examples=300)
def test_any_json_is_read_or_refused(document: object) -> None:
    try:
        lines = read_transcript(json.dumps(document).encode())
    except BadInput:
        return
    check(lines)


WORDS = st.lists(st.sampled_from(["we", "go", "with", "paper", "Ines", "März", "5", "o'clock"]), min_size=1, max_size=8)
TURNS = st.lists(
    st.tuples(st.sampled_from(["Ines Vega", "Robert", "Mei"]), WORDS.map(" ".join)), min_size=2, max_size=12
)


def stamp(seconds: int, sign: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}000"


@given(TURNS, st.sampled_from(["vtt", "voices", "srt", "text", "json"]))
@settings(deadline=None)
def test_what_is_written_is_read_back(turns: list[tuple[str, str]], kind: str) -> None:
    sentences = [(name, f"So {words}.") for name, words in turns]
    timed = [(name, words, at * 400, at * 400 + 3) for at, (name, words) in enumerate(sentences)]
    written = {
        "vtt": "WEBVTT\n\n"
        + "".join(f"{stamp(a, '.')} --> {stamp(b, '.')}\n{name}: {words}\n\n" for name, words, a, b in timed),
        "voices": "WEBVTT\n\n"
        + "".join(f"{stamp(a, '.')} --> {stamp(b, '.')}\n<v {name}>{words}</v>\n\n" for name, words, a, b in timed),
        "srt": "".join(
            f"{at}\n{stamp(a, ',')} --> {stamp(b, ',')}\n{name}: {words}\n\n"
            for at, (name, words, a, b) in enumerate(timed, 1)
        ),
        "text": "".join(f"[{stamp(a, '.')}] {name}: {words}\n" for name, words, a, _ in timed),
        "json": json.dumps(
            [{"speaker": name, "text": words, "start": float(a), "end": b + 0.5} for name, words, a, b in timed]
        ),
    }[kind]
    lines = heard(written)
    assert [(speaker, words) for speaker, words, _, _ in lines] == sentences
    assert [start for _, _, start, _ in lines] == [a for _, _, a, _ in timed]
