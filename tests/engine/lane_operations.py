"""What the workers of the lanes' own tests run."""

import os
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from bot.engine.worker import Tell


def pid(_request: Mapping[str, Any], _tell: Tell) -> int:
    time.sleep(0.05)
    return os.getpid()


def sleep(request: Mapping[str, Any], _tell: Tell) -> None:
    time.sleep(request["seconds"])


def die_after_answering(_request: Mapping[str, Any], _tell: Tell) -> int:
    threading.Timer(0.1, os._exit, [1]).start()
    return os.getpid()


def broken(_request: Mapping[str, Any], _tell: Tell) -> float:
    return 1 / 0


def noisy(request: Mapping[str, Any], _tell: Tell) -> Any:
    sys.stdout.write("a library says hello\n")
    sys.stdout.flush()
    os.write(1, b"from C too\n")
    return request["text"]


def environment(_request: Mapping[str, Any], _tell: Tell) -> list[str]:
    return sorted(os.environ)
