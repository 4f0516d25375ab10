"""What a sealed process can still do, tried in a process of its own."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent.parent
TRY = """
import ctypes, json, os, socket, sys
sys.path.append(sys.argv[1])
from bot.engine.sealing import leave_the_network, seal

def attempt(act):
    try:
        return str(act())
    except OSError as error:
        return "refused"

def connect():
    with socket.create_connection(("127.0.0.1", int(sys.argv[3])), 5):
        return "connected"

opened = open(sys.argv[2], "rb")
how = seal() if sys.argv[4] == "seal" else leave_the_network(ctypes.CDLL(None))
print(json.dumps({
    "how": str(how),
    "reads what is open": attempt(opened.read),
    "opens a file": attempt(lambda: open(sys.argv[2]).read()),
    "makes a file": attempt(lambda: open(sys.argv[2] + ".new", "w")),
    "removes a file": attempt(lambda: os.unlink(sys.argv[2])),
    "connects": attempt(connect),
    "makes a local socket": attempt(lambda: socket.socketpair() and "made"),
    "starts a program": attempt(lambda: os.posix_spawn("/bin/true", ["true"], {}) and "started"),
    "forks": attempt(lambda: os.fork() or os._exit(0)),
    "ends another process": attempt(lambda: os.kill(os.getppid(), 0) or "could"),
}), flush=True)
os._exit(0)
"""

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


def tried(folder: Path, how: str) -> dict[str, str]:
    (folder / "file").write_text("words")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        command = [sys.executable, "-I", "-c", TRY, str(ROOT), str(folder / "file"), port, how]
        answer = subprocess.run(command, capture_output=True, timeout=30, check=True).stdout
    told: dict[str, str] = json.loads(answer)
    return told


@linux
def test_a_sealed_process_reads_what_it_has_open_and_can_do_nothing_else(tmp_path: Path) -> None:
    told = tried(tmp_path, "seal")
    if told["how"] != "calls":
        pytest.skip("this kernel filters no calls")
    assert told.pop("reads what is open") == "b'words'"
    assert set(told.values()) == {"calls", "refused"}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@linux
def test_a_process_that_left_the_network_reaches_nobody(tmp_path: Path) -> None:
    told = tried(tmp_path, "leave")
    if told["how"] != "True":
        pytest.skip("this kernel gives network namespaces only to the privileged")
    assert told["connects"] == "refused"
