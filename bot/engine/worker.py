"""A worker process: `python -m bot.engine.worker MODULE:FUNCTION` runs that function for each request on its stdin.

Frames go both ways: four bytes of length, then JSON. A request is answered by any number of `told`, then by one of
`answer`, `refused` (the caller can cure it), `failed` (nobody can) or `broke` (a bug). When stdin closes, whoever
started the worker is gone, and the worker ends with everything that it has started itself.
"""

import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, BinaryIO

from bot.errors import FollowthroughError, NeedsPerson

LENGTH_BYTES = 4
NICENESS = 10
"""The process that answers people goes first."""

Tell = Callable[[Mapping[str, Any]], None]
Operation = Callable[[Mapping[str, Any], Tell], Any]


def frame(value: Any) -> bytes:
    """Return a value as it crosses the pipe."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def main() -> None:
    """Serve requests until stdin closes."""
    # Libraries print; what is not ours must not reach the pipe.
    outlet = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.nice(NICENESS)
    module, _, name = sys.argv[1].partition(":")
    operation: Operation = getattr(import_module(module), name)
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    while True:
        outlet.write(frame(_answer(operation, requests.get(), outlet)))
        outlet.flush()


def _receive(inlet: BinaryIO, requests: "queue.SimpleQueue[Any]") -> None:
    """Pass requests on; at the end of stdin end this process and its children, whatever they are doing."""
    while len(head := inlet.read(LENGTH_BYTES)) == LENGTH_BYTES:
        body = inlet.read(int.from_bytes(head, "big"))
        try:
            requests.put(json.loads(body))
        except ValueError:
            break
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _answer(operation: Operation, request: Mapping[str, Any], outlet: BinaryIO) -> dict[str, Any]:
    def tell(event: Mapping[str, Any]) -> None:
        outlet.write(frame({"told": event}))
        outlet.flush()

    try:
        return {"answer": operation(request, tell)}
    except FollowthroughError as error:
        return {"refused" if isinstance(error, NeedsPerson) else "failed": [error.what, error.cure]}
    except Exception:  # noqa: BLE001 - a bug in one request must not end the process: the parent logs it
        return {"broke": traceback.format_exc()}


if __name__ == "__main__":
    main()
