from pathlib import Path
from typing import Any

import pytest

from bot.engine.records import Insight, InsightKind, Person
from bot.errors import BadInput
from bot.evaluation.candidates import evaluate_candidates, read_candidates, read_left_out, write_left_out
from bot.evaluation.evaluation import PARTS, Data, evaluate
from bot.evaluation.meeting_files import read_real_meetings
from bot.evaluation.official import is_found
from bot.evaluation.real import evaluate_real
from bot.evaluation.report import Findings
from bot.evaluation.speech import SpeechModels
from tests.evaluation.corpora import CANDIDATES, MEETING, corpus

OFFICIAL = "The industrial designer will work on the working design."


def figures(findings: Findings) -> dict[str, str]:
    return {each.what: each.value for each in findings.figures}


def data(folder: Path | None) -> Data:
    return Data(folder, (), (), SpeechModels(None, "base", Path()))


def prediction(text: str, owner: str | None = None) -> Insight:
    return Insight(InsightKind.ACTION_ITEM, text, text, ("1",), None, 0.9, Person("", owner) if owner else None)


def test_a_transcript_is_read_as_people_write_and_its_turns_keep_their_numbers(tmp_path: Path) -> None:
    (meeting,) = read_real_meetings(corpus(tmp_path, {"insights/qmsum/one.json": MEETING}))
    assert [text for _, text in meeting.turns] == [
        "Right, let's begin.",
        "I'll send the report to the printer by Friday.",
        "",
        "The weather isn't nice.",
    ]
    assert meeting.spans == ((0, 1), (3, 3))
    talk = meeting.talk()
    assert talk.turns([talk.messages[-1].id]) == {3}


def test_labelled_utterances_are_counted_one_by_one(tmp_path: Path) -> None:
    found = figures(evaluate_candidates(corpus(tmp_path, {"insights/candidates_labelled.json": CANDIDATES})))
    assert found == {"utterances, F1": "67 %", "utterances, precision": "100 %", "utterances, recall": "50 %"}


def test_an_utterance_that_weights_were_made_with_is_judged_by_those_made_without_it(tmp_path: Path) -> None:
    folder = corpus(tmp_path, {"insights/candidates_labelled.json": CANDIDATES})
    first, *_, last = read_candidates(folder / "insights/candidates_labelled.json")
    write_left_out([(first, 0.2), (last, 0.9)], tmp_path / "left_out.json")
    assert read_left_out(tmp_path / "left_out.json") == {first.key: 0.2, last.key: 0.9}
    assert first.text not in (tmp_path / "left_out.json").read_text()
    found = figures(evaluate_candidates(folder, tmp_path / "left_out.json"))
    assert found == {"utterances, F1": "67 %", "utterances, precision": "100 %", "utterances, recall": "50 %"}
    write_left_out([(first, 0.2), (last, 0.1)], tmp_path / "left_out.json")
    assert figures(evaluate_candidates(folder, tmp_path / "left_out.json"))["utterances, recall"] == "0 %"


def test_official_sentences_are_found_by_half_of_their_content_words() -> None:
    assert is_found(OFFICIAL, [prediction("Work on the design", "Industrial Designer")])
    assert is_found(OFFICIAL, [prediction("Buy milk"), prediction("you design the working designs, industrial people")])
    assert not is_found(OFFICIAL, [prediction("Work on the budget")])
    assert not is_found(OFFICIAL, [prediction("the industrial estate"), prediction("a working design")][:1])
    assert not is_found("We will do it.", [prediction("We will do it.")])


def test_official_sentences_are_counted_where_their_meeting_is_there(tmp_path: Path) -> None:
    actions = {
        "one": {"actions": ["Bo will send the report to the printer.", "Ana will fix the dishwasher."]},
        "another": {"actions": ["Nobody has its transcript."]},
    }
    files = {"insights/qmsum/one.json": MEETING, "insights/ami_actions.json": actions}
    found = figures(evaluate_real(corpus(tmp_path, files)))
    assert found["items in a meeting"] == "1.0"
    assert found["official action sentences found"] == "50 % (1 of 2)"


@pytest.mark.parametrize(
    "content", ["{", [], {"meeting_transcripts": []}, {"meeting_transcripts": [1], "topic_list": []}]
)
def test_a_transcript_that_is_none_is_named(tmp_path: Path, content: Any) -> None:
    with pytest.raises(BadInput, match=r"one\.json is no meeting"):
        read_real_meetings(corpus(tmp_path, {"insights/qmsum/one.json": content}))


@pytest.mark.parametrize("content", ["{", {}, {"a": 1}, [{"text": "x"}], [7]])
def test_utterances_that_are_none_are_named(tmp_path: Path, content: Any) -> None:
    if content == {}:
        content = {"meeting": "a"}
    with pytest.raises(BadInput, match="is no list of utterances"):
        evaluate_candidates(corpus(tmp_path, {"insights/candidates_labelled.json": content}))


def test_what_is_not_in_a_corpus_is_said_and_the_rest_is_measured(tmp_path: Path) -> None:
    nothing = evaluate(data(tmp_path), ("candidates", "real"))
    assert [len(each.figures) for each in nothing] == [0, 0]
    assert all(each.absent for each in nothing)
    some = evaluate(data(corpus(tmp_path, {"insights/candidates_labelled.json": CANDIDATES})), ("candidates", "real"))
    assert [bool(each.figures) for each in some] == [True, False]


def test_a_part_or_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"no part weather.*{', '.join(PARTS)}"):
        evaluate(data(None), ("weather",))
    with pytest.raises(BadInput, match="There is no folder"):
        evaluate(data(tmp_path / "nowhere"))
