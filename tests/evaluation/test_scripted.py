from pathlib import Path
from typing import Any

from bot.evaluation.report import Report
from bot.evaluation.scripted import evaluate_scripted
from tests.evaluation.corpora import corpus


def meeting(what: str, owner: str | None) -> dict[str, Any]:
    return {
        "title": "Paper",
        "kind": "planning",
        "date": "2026-03-04",
        "turns": [
            {"speaker": "Ana Ruiz", "text": f"I'll send the {what} to the printer by Friday."},
            {"speaker": "Bo Lind", "text": "Thanks. It was raining yesterday."},
        ],
        "items": [
            {"text": f"Send the {what}", "turns": [0], "kind": "action", "owner": owner, "due": "2026-03-06"},
        ],
        "decisions": [],
        "questions": [],
        "chapters": [{"title": "Paper", "first": 0, "last": 1}],
        "traps": [{"turns": [1], "kind": "past"}],
    }


def page(folder: Path) -> str:
    return Report("a machine", "python -m bot eval", "4 March 2026", (evaluate_scripted(folder),)).markdown()


def test_each_part_has_its_own_column_and_nothing_of_a_meeting_is_on_the_page(tmp_path: Path) -> None:
    found = page(
        corpus(
            tmp_path,
            {
                "train/one.json": meeting("catalogue", "Ana Ruiz"),
                "tune/two.json": meeting("leaflet", "Ana Ruiz"),
                "test/three.json": meeting("almanac", "Bo Lind"),
            },
        )
    )
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in found.splitlines() if "|" in line]
    rows = {first: rest for first, *rest in cells}
    assert rows["items, precision · recall · F1"] == ["100 · 100 · 100 % (1/1/1)"] * 3
    assert rows["owner wrong, of all found"] == ["0 % (0 of 1)", "0 % (0 of 1)", "100 % (1 of 1)"]
    assert rows["past"] == ["0 % (0 of 1)"] * 3
    assert rows["items with a wrong owner"] == ["1 scripted meetings, test", "100 %", "≤ 2 % ✗"]
    assert not any(word in found for word in ("catalogue", "leaflet", "almanac"))


def test_a_meeting_that_breaks_a_rule_is_named_and_the_others_are_measured(tmp_path: Path) -> None:
    files = {"train/one.json": meeting("catalogue", "Ana Ruiz"), "train/two.json": {}}
    found = evaluate_scripted(corpus(tmp_path, files))
    assert [sentence.partition(" ")[0] for sentence in found.absent] == ["two.json"]
    assert "100 · 100 · 100 % (1/1/1)" in Report("", "", "", (found,)).markdown()
