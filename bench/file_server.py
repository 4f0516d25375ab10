"""Serves one file over HTTP on loopback, from the kernel to the socket: `python -m bench.file_server PATH RATE`.

Prints its port. RATE is how many bytes a second each connection gets; 0 is as many as it takes, so that what fetches is
what is measured.
"""

import contextlib
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

_A_TENTH = 0.1


def _serve(connection: socket.socket, path: Path, rate: int) -> None:
    size, sent = path.stat().st_size, 0
    with connection, path.open("rb") as file, contextlib.suppress(OSError):
        connection.recv(65536)
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n".encode())
        while sent < size:
            piece = min(size - sent, rate // 10) if rate else size - sent
            sent += os.sendfile(connection.fileno(), file.fileno(), sent, piece)
            if rate:
                time.sleep(_A_TENTH)


def main(path: Path, rate: int) -> None:
    """Serve until the process is ended."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_serve, args=(connection, path, rate), daemon=True).start()


@contextmanager
def serving(path: Path, rate: int = 0) -> Iterator[int]:
    """Serve a file in a process of its own until the block ends; yield the port."""
    with Popen([sys.executable, "-m", "bench.file_server", str(path), str(rate)], stdout=PIPE) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
