"""What `docs/playground.md` says one can do."""

import asyncio
import os
import re
import sys
from pathlib import Path

from bot.playground import Playground, example

_DOCS = (Path(__file__).parents[2] / "docs" / "playground.md").read_text(encoding="utf-8")


async def test_the_python_app_of_the_docs_runs(slack: Playground, tmp_path: Path) -> None:
    program = tmp_path / "app.py"
    program.write_text(re.findall(r"```python\n(.*?)```", _DOCS, re.DOTALL)[0])
    settings = dict(re.findall(r"`(SLACK_\w+)`[^|]*\| `([^`]+)`", _DOCS)) | {"SLACK_API_URL": slack.url}
    app = await asyncio.create_subprocess_exec(sys.executable, program, env=os.environ | settings)
    try:
        await slack.connected(within=30)
        answer = await slack.command("ana", "product", "/hello")
    finally:
        app.kill()
        await app.wait()
    assert answer.text == f"Hello <@{slack.workspace.person('ana').id}>"


def test_the_values_of_the_docs_are_those_of_the_playground(slack: Playground) -> None:
    settings = dict(re.findall(r"`(SLACK_\w+)`[^|]*\| `([^`]+)`", _DOCS))
    assert settings == {
        "SLACK_API_URL": "http://127.0.0.1:8765/api/",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


def test_the_example_app_is_read_in_one_sitting() -> None:
    source = Path(example.__file__).with_name("app.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 200
