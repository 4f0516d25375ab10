"""The apps that an engine serves: each an id and a secret, and conversations of its own."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BadInput

SETTING = "ENGINE_APPS"
FORM = "Write id:secret, id:secret, or name a file with one id:secret a line."


@dataclass(frozen=True, slots=True)
class App:
    """A client of the engine; it sees nothing of the others.

    Attributes:
        id: What it calls itself; what it stored is found under this id.
        secret: What proves that, and signs its tokens.
    """

    id: str
    secret: str = field(repr=False)


def read_apps(app_id: str, app_secret: str, more: str) -> tuple[App, ...]:
    """Read whom an engine serves.

    Args:
        app_id: `ENGINE_APP_ID`, the first app's.
        app_secret: `ENGINE_APP_SECRET`.
        more: `ENGINE_APPS`: `id:secret` separated by commas, or a file with one a line, where `#` begins a comment.

    Raises:
        BadInput: There is none, an entry is wrong, or two have one id; the sentence shows no secret.
    """
    if bool(app_id) != bool(app_secret):
        raise BadInput("ENGINE_APP_ID and ENGINE_APP_SECRET belong together.", "Set both.")
    apps = (*([App(app_id, app_secret)] if app_id else []), *_listed(more))
    if not apps:
        raise BadInput(
            "The engine needs to know its callers.", f"Set ENGINE_APP_ID and ENGINE_APP_SECRET, or {SETTING}."
        )
    ids = [app.id for app in apps]
    for each in ids:
        if ids.count(each) > 1:
            raise BadInput(f"The app id {each} is given twice.", "Give each app an id of its own.")
    return apps


def _listed(text: str) -> tuple[App, ...]:
    entries = text.split(",") if ":" in text or not text.strip() else _lines(Path(text.strip()).expanduser())
    return tuple(_app(entry.strip(), place) for place, entry in enumerate(entries, 1) if entry.strip())


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{SETTING} is neither a list of apps nor a file that can be read.", FORM) from error
    return [line for line in lines if not line.lstrip().startswith("#")]


def _app(entry: str, place: int) -> App:
    app_id, colon, secret = entry.partition(":")
    app_id, secret = app_id.strip(), secret.strip()
    if not (colon and app_id and secret):
        raise BadInput(f"{SETTING}: entry {place} has no {'secret' if app_id else 'id'}.", FORM)
    return App(app_id, secret)
