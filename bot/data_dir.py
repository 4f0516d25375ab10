"""The folder with everything that has to outlive a restart."""

import secrets
from pathlib import Path

from bot.errors import BadInput, Failed


def prepared(folder: Path) -> Path:
    """Return the data directory, made when missing, as an absolute path.

    Raises:
        BadInput: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"DATA_DIR {folder} cannot be made ({error.strerror}).", "Choose another.") from error
    return folder.resolve()


def kept_secret(path: Path) -> bytes:
    """Return a secret that outlives restarts, made on first use and readable by our user only.

    Raises:
        Failed: It cannot be written.
    """
    try:
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            fresh.replace(path)
        return path.read_bytes()
    except OSError as error:
        raise Failed(f"{path} cannot be written ({error.strerror}).", "Make its folder writable.") from error
