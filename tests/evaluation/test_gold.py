import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BadInput
from bot.evaluation.gold import MEETINGS, Part, read_meeting, read_meetings
from bot.evaluation.scripted import misses


def plain() -> dict[str, Any]:
    """Return a meeting that breaks no rule."""
    return {
        "title": "Paper",
        "kind": "planning",
        "date": "2026-03-04",
        "turns": [
            {"speaker": "Ana Ruiz", "text": "Bo, can you send the samples by Friday?"},
            {"speaker": None, "text": "Sure."},
            {"speaker": "Ana Ruiz", "text": "What does it cost?"},
        ],
        "items": [
            {"text": "Send the samples", "turns": [0, 1], "kind": "action", "owner": "Bo Lind", "due": "2026-03-06"}
        ],
        "decisions": [],
        "questions": [{"turn": 2, "answered": False, "answer_turns": []}],
        "chapters": [{"title": "Samples", "first": 0, "last": 1}, {"title": "Cost", "first": 2, "last": 2}],
        "traps": [{"turns": [0], "kind": "inverted"}],
    }


def read(folder: Path, meeting: Any) -> Any:
    path = folder / "paper.json"
    path.write_text(json.dumps(meeting))
    return read_meeting(path, Part.TRAIN)


def changed(path: list[str | int], value: Any) -> dict[str, Any]:
    meeting = plain()
    place: Any = meeting
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return meeting


def test_a_meeting_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    meeting = read(tmp_path, plain())
    assert meeting.speakers == {"Ana Ruiz"}
    assert meeting.items[0].owner == "Bo Lind"
    assert meeting.items[0].due.isoformat() == "2026-03-06"
    assert meeting.questions[0].answer_turns == ()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["turns"], [], "no turns"),
        (["turns", 0, "text"], " ", "turn 0: text holds no words"),
        (["turns", 0, "name"], "Ana", "turn 0: name is unknown"),
        (["items", 0, "turns"], [3], "the turns are 0 to 2"),
        (["items", 0, "turns"], [-1], "the turns are 0 to 2"),
        (["items", 0, "turns"], [], "item 0: turns is empty"),
        (["items", 0, "turns"], [0, 0], "item 0: turns is a list with repeats"),
        (["items", 0, "owner"], "Kim", "its owner 'Kim' neither speaks"),
        (["items", 0, "due"], "Friday", "not a day such as"),
        (["items", 0, "due"], "2026-03-01", "due before the meeting"),
        (["items", 0, "kind"], "task", "its kind is 'task'"),
        (["items", 0, "optional"], "yes", "not true or false"),
        (["questions", 0, "answered"], True, "answered exactly when"),
        (["questions", 0, "turn"], 7, "there is no turn 7"),
        (["questions", 0], {"turn": 2, "answered": True, "answer_turns": [0]}, "answered before it is asked"),
        (["chapters", 1, "first"], 1, "chapter 1: it begins with turn 1, not 2"),
        (["chapters", 1, "last"], 9, "are no turns in order"),
        (["chapters"], [{"title": "All", "first": 0, "last": 1}], "the chapters end before turn 2"),
        (["traps", 0, "kind"], "trick", "its kind is 'trick'"),
        (["date"], "4 March", "not a day such as"),
        (["summary"], "…", "summary is unknown"),
    ],
)
def test_a_meeting_that_breaks_a_rule_is_refused_with_the_rule(
    tmp_path: Path, path: list[str | int], value: Any, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        read(tmp_path, changed(path, value))


@pytest.mark.parametrize(
    "meeting", [[], None, {}, {"turns": "none"}, {"turns": [7], "items": ["x"], "questions": [None]}]
)
def test_what_is_no_meeting_at_all_is_refused_too(tmp_path: Path, meeting: Any) -> None:
    with pytest.raises(BadInput, match=r"paper\.json is no gold meeting"):
        read(tmp_path, meeting)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "half.json").write_text('{"title": ')
    meetings, troubles = read_meetings(Part.TRAIN, tmp_path)
    assert meetings == ()
    assert troubles[0].startswith("half.json cannot be read")


@pytest.mark.parametrize("part", Part)
def test_every_meeting_that_ships_keeps_the_rules(part: Part) -> None:
    meetings, troubles = read_meetings(part)
    assert troubles == ()
    assert meetings


def test_no_meeting_is_in_two_parts() -> None:
    names = [path.name for part in Part for path in (MEETINGS / part).glob("*.json")]
    words = [json.dumps(json.loads(path.read_text())["turns"]) for path in MEETINGS.glob("*/*.json")]
    assert len(set(names)) == len(names)
    assert len(set(words)) == len(words)


def test_nobody_is_shown_what_went_wrong_in_the_test_meetings() -> None:
    with pytest.raises(ValueError, match="nobody looks"):
        misses(Part.TEST)


def test_a_meeting_of_which_only_the_work_is_marked_is_read_and_counts_only_for_that(tmp_path: Path) -> None:
    only = {key: value for key, value in plain().items() if key not in {"decisions", "questions", "chapters"}}
    assert read(tmp_path, only).only_work
    assert not read(tmp_path, plain()).only_work


def test_a_meeting_with_some_of_the_rest_marked_must_have_all_of_it(tmp_path: Path) -> None:
    some = {key: value for key, value in plain().items() if key not in {"questions", "chapters"}}
    with pytest.raises(BadInput, match="questions is missing"):
        read(tmp_path, some)
