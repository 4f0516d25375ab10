"""What the tests of the sources share: a server to fetch from, and a small recording to fetch."""

import io
import math
import struct
import wave
from collections.abc import AsyncIterator

import pytest

from tests.sources.servers import LocalServer, local_server


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    async for each in local_server():
        yield each


@pytest.fixture(scope="session")
def tone() -> bytes:
    """A second of a real WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(at / 3))) for at in range(8000)))
    return buffer.getvalue()
