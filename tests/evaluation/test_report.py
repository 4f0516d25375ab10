from bot.evaluation.counts import Counts, Share
from bot.evaluation.report import Figure, Findings, Report, Table, of, percent, table


def test_columns_stand_one_below_the_other_and_a_bar_is_no_border() -> None:
    assert table(("what", ""), [("a|b", "1"), ("longer than all", "")]) == [
        "| what            |   |",
        "|-----------------|---|",
        "| a\\|b            | 1 |",
        "| longer than all |   |",
    ]


def test_an_aim_says_whether_it_is_reached() -> None:
    findings = Findings((Figure("a", "b", "4 %", "≤ 2 %", reached=False), Figure("c", "d", "1 %")))
    page = Report("a machine", "python -m bot eval", "4 March 2026", (findings,)).markdown()
    assert "| a    | b    | 4 %    | ≤ 2 % ✗ |" in page
    assert "| c    | d    | 1 %    |         |" in page


def test_details_and_what_is_absent_follow_the_table() -> None:
    findings = Findings(tables=(Table("More", ("x",), (("y",),), "How."),), absent=("Nothing was there.",))
    page = Report("a machine", "python -m bot eval", "4 March 2026", (findings,)).markdown()
    assert page.endswith("## More\n\nHow.\n\n| x |\n|---|\n| y |\n\n## Not measured\n\n- Nothing was there.\n")


def test_a_share_of_nothing_is_a_dash() -> None:
    assert (of(Share()), percent(None), of(Share(1, 25))) == ("–", "–", "4 % (1 of 25)")
    assert percent(0.1234, 1) == "12.3 %"


def test_finding_nothing_where_there_is_nothing_is_right() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 1.0)
    assert (Counts(1, 2, 4).precision, Counts(1, 2, 4).recall) == (0.5, 0.25)
    assert Counts(1, 2, 4).f1 == 1 / 3
