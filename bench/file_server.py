"""Serves one file over HTTP on loopback, from the kernel's cache to the socket: `python -m bench.file_server PATH`.

Prints its port. It never waits for itself, so that what fetches from it is what is measured.
"""

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen


def _serve(connection: socket.socket, path: Path) -> None:
    size, sent = path.stat().st_size, 0
    with connection, path.open("rb") as file, contextlib.suppress(OSError):
        connection.recv(65536)
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n".encode())
        while sent < size:
            sent += os.sendfile(connection.fileno(), file.fileno(), sent, size - sent)


def main(path: Path) -> None:
    """Serve until the process is ended."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_serve, args=(connection, path), daemon=True).start()


@contextmanager
def serving(path: Path) -> Iterator[int]:
    """Serve a file in a process of its own until the block ends; yield the port."""
    with Popen([sys.executable, "-m", "bench.file_server", str(path)], stdout=PIPE) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
