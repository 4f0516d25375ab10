"""What the process that reads pages may not do, whatever a page makes it try."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sources.resolver import child

CHILD = Path(child.__file__)

ATTEMPTS = {
    "connects elsewhere": "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)",
    "looks a name up": "import socket; socket.getaddrinfo('example.com', 443)",
    "sends a datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "listens": "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "starts a program": "import subprocess; subprocess.Popen(['/bin/true'])",
    "asks a shell": "import os; os.system('true')",
    "splits": "import os; os.fork()",
    "writes outside": "open('../outside', 'w')",
    "links to the outside": "import os; os.symlink('/tmp', 'tmp')",
    "moves something out": "import os; open('mine', 'w'); os.rename('mine', '../mine')",
    "removes something": "import os; os.remove('../room')",
    "loads native code": "import ctypes; ctypes.CDLL('libc.so.6')",
}


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    guarded = f"import sys; sys.path.insert(0, {str(CHILD.parent)!r}); import child\n"
    guarded += f"child.limit_self(1000); child.Guard({str(folder)!r}, 1)\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", guarded + code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("attempt", list(ATTEMPTS))
def test_it_may_not(attempt: str, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    tried = run(room, ATTEMPTS[attempt])
    assert "PermissionError: may" in tried.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["room"]


def test_it_may_write_in_its_own_folder_but_not_more_than_the_recording_may_have(tmp_path: Path) -> None:
    assert run(tmp_path, "open('mine', 'w').write('x' * 900)").returncode == 0
    assert "File too large" in run(tmp_path, "f = open('mine', 'w'); f.write('x' * 9000); f.flush()").stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process's memory")
def test_it_may_not_take_all_memory(tmp_path: Path) -> None:
    assert "MemoryError" in run(tmp_path, "bytearray(2 * 1024 ** 3)").stderr


def test_it_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    asked = {"most_bytes": 1000, "folder": str(tmp_path), "port": 1, "extractors": [], "url": "", "proxy": ""}
    asked |= {"passcode": None, "own_certificates": False}
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert child.stdin is not None
    child.stdin.write(json.dumps(asked) + "\n")
    child.stdin.close()
    assert child.wait(timeout=20) != 0
