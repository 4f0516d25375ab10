"""`python -m bot eval`, run as a person runs it; what it measures is tested in `tests/evaluation`."""

import asyncio
import sys
from pathlib import Path

from bot.commandline.evaluate import PAGE
from tests.evaluation.corpora import CANDIDATES, corpus

ROOT = Path(__file__).parents[2]


async def evaluated(*words: str | Path) -> tuple[int, str, str]:
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "eval", *map(str, words)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await running.communicate()
    return running.returncode or 0, output.decode(), errors.decode()


async def test_what_is_there_is_measured_and_printed_and_what_is_absent_is_named(tmp_path: Path) -> None:
    before = PAGE.read_bytes() if PAGE.exists() else b""
    data = corpus(tmp_path, {"insights/candidates_labelled.json": CANDIDATES})
    status, output, errors = await evaluated("--data", data, "--only", "candidates", "real")
    assert (status, errors) == (0, "")
    assert "3 utterances of 2 real meetings" in output
    assert "## Not measured" in output
    assert "insights/qmsum is not in the corpus" in output
    assert (PAGE.read_bytes() if PAGE.exists() else b"") == before, "a part must not take the place of the whole"


async def test_a_wrong_word_is_answered_with_one_sentence(tmp_path: Path) -> None:
    assert await evaluated("--data", tmp_path / "nowhere") == (
        2,
        "",
        f"There is no folder {tmp_path / 'nowhere'}. Name the folder that holds the corpus.\n",
    )
    status, _, errors = await evaluated("--only", "weather")
    assert status == 2
    assert errors.startswith("There is no part weather. The parts are meetings, ")
