"""What the evaluation found, as text that reads well in a terminal and as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.evaluation.counts import Share


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        data: On what.
        value: What came out.
        aim: What it should be; empty when nothing was set.
        reached: Whether it is; None without an aim.
    """

    what: str
    data: str
    value: str
    aim: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """More about one thing: `note` says how it was measured."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What one part of the evaluation found.

    Attributes:
        figures: Lines of the table.
        tables: Details.
        absent: What could not be measured, a sentence each.
    """

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that was found, on which machine, and from what command."""

    machine: str
    command: str
    day: str
    findings: tuple[Findings, ...] = field(default=())

    def markdown(self) -> str:
        """Return the page."""
        figures = [figure for each in self.findings for figure in each.figures]
        lines = [
            "# What the engine understands, measured",
            "",
            f"<!-- Written by `{self.command}`; change the engine or `bot/evaluation/`, not this page. -->",
            "",
            f"Measured on {self.day} on {self.machine}, with `{self.command}`.",
            "[evaluation.md](evaluation.md) says what each figure means and where the data comes from. Scripted",
            "meetings are split by meeting: rules and weights were made with *train*, thresholds with *tune*; *test*",
            "was only ever counted.",
            "",
            *table(
                ("what", "data", "figure", "aim"),
                [(each.what, each.data, each.value, _aim(each)) for each in figures],
            ),
        ]
        for each in (one for found in self.findings for one in found.tables):
            lines += [
                "",
                f"## {each.title}",
                "",
                *([each.note, ""] if each.note else []),
                *table(each.columns, each.rows),
            ]
        absent = [sentence for found in self.findings for sentence in found.absent]
        if absent:
            lines += ["", "## Not measured", "", *(f"- {sentence}" for sentence in absent)]
        return "\n".join(lines) + "\n"


def _aim(figure: Figure) -> str:
    if figure.reached is None:
        return figure.aim
    return f"{figure.aim} {'✓' if figure.reached else '✗'}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table whose columns stand one below the other in plain text too."""
    cells = [tuple(columns), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    head, *body = (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    )
    return [head, "|" + "|".join("-" * (width + 2) for width in widths) + "|", *body]


def percent(value: float | None, places: int = 0) -> str:
    """Return a share in per cent; a dash when there is none."""
    return "–" if value is None else f"{100 * value:.{places}f} %"


def of(share: Share) -> str:
    """Return a share with what it is of: "4 % (1 of 25)"."""
    return "–" if share.value is None else f"{percent(share.value)} ({share.part} of {share.whole})"
