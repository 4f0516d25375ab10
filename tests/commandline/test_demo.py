"""`python -m bot demo` in a process of its own, as it is started and stopped."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/(?!api)")


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that said where it is."""

    process: asyncio.subprocess.Process
    http: httpx.AsyncClient
    said: str

    async def do(self, action: str, **given: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/page/do/{action}", json={"as": "ana"} | given)
        body: dict[str, Any] = answer.json()
        return body

    async def posted(self, beginning: str) -> str:
        """Wait until the app posted a text that begins so, and return it."""
        return await self._called("chat.postMessage", lambda text: text.startswith(beginning))

    async def edited(self, part: str) -> str:
        """Wait until the app edited a message to one with this in it, and return its text."""
        return await self._called("chat.update", lambda text: part in text)

    async def _called(self, method: str, look: Callable[[str], bool]) -> str:
        async with asyncio.timeout(60):
            while True:
                entries = (await self.http.get("/page/traffic")).json()["entries"]
                texts = [each["body"].get("text", "") for each in entries if each["method"] == method]
                if found := next((each for each in texts if look(each)), None):
                    return str(found)
                await asyncio.sleep(0.2)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        async with asyncio.timeout(30):
            return await self.process.wait()


async def _start(tmp_path: Path, *words: str) -> asyncio.subprocess.Process:
    (tmp_path / "tmp").mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp"), "XDG_STATE_HOME": str(tmp_path / "state")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", *words,
        env=environment, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@contextlib.asynccontextmanager
async def _demo(tmp_path: Path, *words: str) -> AsyncIterator[Running]:
    process = await _start(tmp_path, "--port", "0", "--no-open", *words)
    assert process.stdout
    try:
        async with asyncio.timeout(60):
            said = ""
            while "Ctrl-C" not in said:
                line = (await process.stdout.readline()).decode()
                assert line, said
                said += line
        found = _ADDRESS.search(said)
        assert found
        async with httpx.AsyncClient(base_url=found[0], trust_env=False, timeout=30) as http:
            yield Running(process, http, said)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _refused(tmp_path: Path, *words: str) -> str:
    process = await _start(tmp_path, "--no-open", *words)
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 2
    return errors.decode()


async def test_the_bot_answers_over_signed_http_and_nothing_is_left_behind(tmp_path: Path) -> None:
    async with _demo(tmp_path, "--delivery", "http") as demo:
        assert len(_ADDRESS.findall(demo.said)) == 1
        assert (await demo.do("command", channel="product", text="/process help"))["ok"]
        rules = (await demo.do("rules", switches={"engine_down": True}))["rules"]
        assert rules["switches"][0]["on"]
        assert await demo.stop(signal.SIGINT) == 0
    assert os.listdir(tmp_path / "tmp") == []  # noqa: PTH208 - a test may block
    assert not (tmp_path / "state").exists()


async def test_the_bots_time_is_the_playgrounds_and_its_engine_can_be_cut_off(tmp_path: Path) -> None:
    async with _demo(tmp_path) as demo:
        await demo.do("rules", switches={"engine_down": True})
        talk = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ana>I'll send the report to the board by tomorrow.\n"
        await demo.http.post("/page/upload?as=ana&channel=product&name=plan.vtt", content=talk)
        await demo.edited("could not be reached")
        await demo.do("rules", switches={"engine_down": False})
        moved = await demo.do("clock", forward=10 * 86_400)
        item = await demo.posted("Action item: Send the report")
        now = datetime.fromtimestamp(moved["now"], UTC)
        # the day on which the file was shared is the meeting's, and the next one when it is midnight just now
        shared = [now - timedelta(days=10), now - timedelta(days=10, minutes=5)]
        assert any(f"by {each + timedelta(days=1):%a} {(each + timedelta(days=1)).day} " in item for each in shared)
        later = [now, now + timedelta(minutes=5)]
        await demo.http.post(
            "/page/upload?as=ana&channel=general&name=next.vtt", content=talk.replace(b"report", b"plan")
        )
        item = await demo.posted("Action item: Send the plan")
        assert any(f"by {each + timedelta(days=1):%a} {(each + timedelta(days=1)).day} " in item for each in later)


async def test_choices_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    assert "Add --alone" in await _refused(tmp_path, "--request-url", "http://127.0.0.1:3000/")
    assert "Add --request-url" in await _refused(tmp_path, "--alone", "--delivery", "http")
    assert "is no port" in await _refused(tmp_path, "--port", "99999")


async def test_closing_the_terminal_leaves_nothing_behind_either(tmp_path: Path) -> None:
    async with _demo(tmp_path, "--example") as demo:
        assert (await demo.do("global_shortcut", callback_id="book"))["ok"]
        assert await demo.stop(signal.SIGHUP) == 0
    assert os.listdir(tmp_path / "tmp") == []  # noqa: PTH208 - a test may block


async def test_what_was_said_is_there_again_with_keep(tmp_path: Path) -> None:
    async with _demo(tmp_path, "--example", "--keep") as demo:
        said = await demo.do("say", channel="product", text="remember me")
        assert "Another demo" in await _refused(tmp_path, "--port", "0", "--example", "--keep")
        assert await demo.stop() == 0
    async with _demo(tmp_path, "--example", "--keep") as demo:
        assert (await demo.do("react", channel="product", ts=said["ts"], name="tada"))["ok"]


async def test_an_app_in_another_process_is_pointed_at_it_by_two_settings(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"features": {"slash_commands": [{"command": "/book"}]}}')
    async with _demo(tmp_path, "--alone", "--manifest", str(manifest)) as demo:
        settings = dict(re.findall(r"(SLACK_\w+)=([\w:/.-]+[\w/])", demo.said))
        assert set(settings) == {"SLACK_API_URL", "SLACK_BOT_TOKEN"}
        app = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.playground.example", env=os.environ | settings
        )
        try:
            async with asyncio.timeout(30):
                while not (await demo.do("command", channel="product", text="/book help"))["ok"]:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            assert (await demo.do("command", channel="product", text="/other"))["error"] == "unknown_command"
        finally:
            app.send_signal(signal.SIGINT)
            await app.wait()
        assert await demo.stop() == 0


async def test_a_taken_port_and_a_missing_file_are_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = await _refused(tmp_path, "--port", str(taken.getsockname()[1]), "--example")
    assert said.strip().endswith("Choose another: --port.")
    assert "There is no file" in await _refused(tmp_path, "--port", "0", "--recording", str(tmp_path / "none.wav"))
    assert "cannot be read" in await _refused(tmp_path, "--alone", "--manifest", str(tmp_path / "none.yml"))
