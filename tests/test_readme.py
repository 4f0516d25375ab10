"""What the README shows is what the program does."""

import asyncio
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ("bot/playground/sample/transcript.vtt", "--date", "2026-03-10", "--title", "Booking page planning")


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


async def test_the_thread_in_the_readme_is_what_the_sample_meeting_becomes() -> None:
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "bot", "process", *SAMPLE], cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    shown = re.search(r"<!-- sample thread -->\n```text\n(.*?)```", readme(), re.DOTALL)
    assert shown, "the README shows the sample's thread in a text block after its marker"
    assert shown[1] == output.decode(), f"bring it up to date with: python -m bot process {' '.join(SAMPLE)}"


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme(), re.MULTILINE))
    assert named
    assert named <= targets


def test_every_file_that_the_readme_links_to_exists() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", readme()):
        assert (ROOT / link).exists(), link
