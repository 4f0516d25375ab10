"""The child process that reads pages: yt-dlp, in a room of its own.

yt-dlp is a large body of code that strangers' pages drive, so this runs on its own, started by `resolver.py` with
a nearly empty environment, and imports nothing of the rest of the bot. It limits its memory, CPU time, output and
open files, may connect to one place only (the guarded proxy), may start no program and write in one folder only, and
dies with its parent. It reads one JSON object a line: first what to read, then which streams to save; and answers in
the same way. The passcode comes that way too, so that no list of processes shows it.
"""

import json
import math
import os
import queue
import resource
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, TextIO

ADDRESS_SPACE = 1024**3
CPU_SECONDS = 900  # an hour of sound comes in some 600 pieces, each over a TLS connection of its own
OPEN_FILES = 64
NICENESS = 5
SOCKET_SECONDS = 20
MOST_HOPS = 3  # pages that embed another page
MOST_LISTED = 400
LONGEST_TEXT = 8000

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = frozenset(
    ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn")
) | frozenset(
    ("socket.sendto", "socket.sendmsg", "socket.bind", "socket.gethostbyname", "socket.gethostbyaddr", "ctypes.dlopen")
)
_CHANGES = frozenset(
    ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.chown", "os.truncate")
)


class Silent:
    """What yt-dlp would print goes nowhere: it may hold what opens a recording."""

    def debug(self, text: str) -> None:
        """Drop it."""

    info = warning = error = debug


def limit_self(most_bytes: int) -> None:
    """Give up what a page can have no need of."""
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, most_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (least, least))
        except (ValueError, OSError):  # pragma: no cover - a system without this limit, such as macOS for RLIMIT_AS
            continue


class Guard:
    """From now on: no program, no connection but to the proxy, nothing changed outside of the folder.

    Args:
        folder: The one.
        port: The proxy's, on loopback.
    """

    def __init__(self, folder: str, port: int) -> None:
        self._place = ("127.0.0.1", port)
        self._inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 - runs at every `open`: text is cheapest
        sys.addaudithook(self._check)

    def _check(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITES:
                self._must_be_inside(path)
        elif event in _CHANGES:
            for path in arguments:
                self._must_be_inside(path)
        elif event in _FORBIDDEN or event.startswith("socket."):
            self._must_be_the_proxy(event, arguments)

    def _must_be_inside(self, path: Any) -> None:
        if isinstance(path, str | bytes):
            where = os.path.realpath(os.fsdecode(path))
            if where != os.devnull and not where.startswith(self._inside):
                raise PermissionError(f"may not write {where}")

    def _must_be_the_proxy(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and tuple(arguments[1][:2]) != self._place:
            raise PermissionError("may connect to the proxy only")
        if event == "socket.getaddrinfo" and arguments[0] != self._place[0]:
            raise PermissionError("may look up no name")
        if event in _FORBIDDEN:
            raise PermissionError(f"may not use {event}")


def commands() -> "queue.Queue[dict[str, Any]]":
    """Return what the parent says, line by line; end at once when it is gone, even by `kill -9`."""
    said: queue.Queue[dict[str, Any]] = queue.Queue()

    def listen() -> None:
        for line in sys.stdin:
            said.put(json.loads(line))
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    return said


def encrypted(url: str) -> str:
    """Return a URL over TLS: nothing else leaves by the proxy."""
    return f"https://{url[7:]}" if url.startswith("http://") else url


class Reader:
    """yt-dlp with nothing but what is asked for: no configuration, cache, plugin, other program or cookie of ours."""

    def __init__(self, asked: dict[str, Any], tell: "Teller") -> None:
        from yt_dlp import YoutubeDL  # noqa: PLC0415 - limits come first
        from yt_dlp.extractor import get_info_extractor  # noqa: PLC0415

        class Encrypted(YoutubeDL):  # type: ignore[misc] # yt-dlp has no types
            """Asks for everything over TLS, also where an extractor still writes http."""

            def urlopen(self, req: Any) -> Any:
                if isinstance(req, str):
                    req = encrypted(req)
                else:
                    req.url = encrypted(req.url)
                return super().urlopen(req)

            def build_request_director(self, handlers: Any, preferences: Any = None) -> Any:
                plain = [each for each in handlers if each.RH_KEY == "Urllib"]  # the one whose sockets we can watch
                return super().build_request_director(plain, preferences)

        self._tell = tell
        self._folder = asked["folder"]
        self._ydl = Encrypted(_options(asked), auto_init=False)
        for name in asked["extractors"]:
            self._ydl.add_info_extractor(get_info_extractor(name)())
        self._ydl.add_progress_hook(self._progress)
        self._info: dict[str, Any] = {}

    def read(self, url: str) -> dict[str, Any]:
        """Return what the page says of its recording."""
        for _ in range(MOST_HOPS):
            found = self._ydl.extract_info(url, download=False, process=False)
            kind = found.get("_type", "video")
            if kind == "video":
                self._info = self._ydl.process_ie_result(found, download=False)
                return self._page()
            if kind not in {"url", "url_transparent"}:
                return {"list": True}
            url = found["url"]
        return {"list": True}

    def save(self, id_: str, name: str) -> None:
        """Save a stream under a name in the folder."""
        chosen = next(each for each in self._info["formats"] if each["format_id"] == id_)
        target = os.path.join(self._folder, name)  # noqa: PTH118 - yt-dlp takes text
        alone = {key: value for key, value in self._info.items() if key != "requested_formats"}
        done, _ = self._ydl.dl(target, alone | chosen)
        if not done:
            raise OSError("yt-dlp did not save it")

    def _progress(self, state: dict[str, Any]) -> None:
        if state.get("status") == "downloading":
            self._tell({"at": state.get("downloaded_bytes") or 0, "of": state.get("total_bytes")})

    def _page(self) -> dict[str, Any]:
        info = self._info
        formats = info.get("formats") or []
        return {
            "title": _text(info.get("title")),
            "seconds": _number(info.get("duration")),
            "moment": _number(info.get("release_timestamp") or info.get("timestamp")),
            "language": _text(info.get("language")),
            "live": info.get("live_status") in {"is_live", "is_upcoming", "post_live"},
            "drm": bool(formats) and all(each.get("has_drm") for each in formats),
            "formats": [self._format(each) for each in formats[-MOST_LISTED:] if not each.get("has_drm")],
            "subtitles": [*self._subtitles("subtitles"), *self._subtitles("automatic_captions")][:MOST_LISTED],
        }

    def _format(self, one: dict[str, Any]) -> dict[str, Any]:
        url = encrypted(str(one.get("url") or ""))
        return {
            "id": str(one.get("format_id")),
            "url": url,
            "headers": self._headers(url, one.get("http_headers")),
            "protocol": _text(one.get("protocol")),
            "picture": one.get("vcodec") != "none",
            "sound": one.get("acodec") != "none",
            "size": _number(one.get("filesize") or one.get("filesize_approx")),
            "rate": _number(one.get("tbr") or one.get("abr")),
            "height": _number(one.get("height")),
            "language": _text(one.get("language")),
        }

    def _subtitles(self, which: str) -> list[dict[str, Any]]:
        return [
            {
                "language": str(language),
                "automatic": which != "subtitles",
                "ending": _text(one.get("ext")),
                "protocol": _text(one.get("protocol")),
                "url": encrypted(str(one["url"])),
                "headers": self._headers(
                    encrypted(str(one["url"])), one.get("http_headers") or self._info.get("http_headers")
                ),
            }
            for language, each in (self._info.get(which) or {}).items()
            for one in each or ()
            if one.get("url")
        ]

    def _headers(self, url: str, given: dict[str, str] | None) -> dict[str, str]:
        headers = {name: value for name, value in (given or {}).items() if name in {"Referer", "Origin", "User-Agent"}}
        cookie = self._ydl.cookiejar.get_cookie_header(url)
        return headers | ({"Cookie": cookie} if cookie else {})


def _options(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "quiet": True,
        "no_warnings": True,
        "noprogress": True,
        "logger": Silent(),
        "color": "no_color",
        "cachedir": False,
        "proxy": asked["proxy"],
        "compat_opts": {"no-certifi"} if asked["own_certificates"] else set(),
        "videopassword": asked["passcode"],
        "socket_timeout": SOCKET_SECONDS,
        "retries": 2,
        "extractor_retries": 1,
        "fragment_retries": 3,
        "noplaylist": True,
        "format": "all",
        "writesubtitles": True,  # else most pages are not asked for them; none is written without a download
        "writeautomaticsub": True,
        "subtitleslangs": ["all"],
        "external_downloader": {"default": "native"},
        "hls_prefer_native": True,
        "ffmpeg_location": asked["folder"],  # where there is none
        "js_runtimes": {},
        "remote_components": [],
        "fixup": "never",
        "postprocessors": [],
        "geo_bypass": False,
        "enable_file_urls": False,
        "skip_unavailable_fragments": False,
        "nopart": True,
        "continuedl": False,
        "updatetime": False,
        "paths": {"home": asked["folder"], "temp": asked["folder"]},
    }


class Teller:
    """Writes one JSON object a line to the parent."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, said: dict[str, Any]) -> None:
        """Write it."""
        self._out.write(json.dumps(said) + "\n")
        self._out.flush()


def _text(value: Any) -> str:
    return str(value)[:LONGEST_TEXT] if value else ""


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _trouble(error: BaseException) -> dict[str, Any]:
    """Return what went wrong: the innermost of yt-dlp's words, its kind, and the status that a server answered."""
    inner = getattr(error, "exc_info", None)
    while inner and isinstance(inner[1], BaseException) and inner[1] is not error:
        error = inner[1]
        inner = getattr(error, "exc_info", None)
    cause: BaseException | None = error
    status = None
    kinds: list[str] = []
    while cause is not None and len(kinds) < LONGEST_TEXT:
        kinds.append(type(cause).__name__)
        status = status or getattr(cause, "status", None)
        cause = getattr(cause, "cause", None) or cause.__cause__
    words = str(getattr(error, "orig_msg", None) or getattr(error, "msg", None) or error)
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "words": words[:LONGEST_TEXT],
        "where": f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "",
        "said": bool(getattr(error, "expected", False)),  # the source itself said so
        "kinds": kinds,
        "status": status if isinstance(status, int) else None,
    }


def main() -> int:
    """Read what the first line asks for, then save what each further line asks for."""
    asked = json.loads(sys.stdin.readline())
    limit_self(asked["most_bytes"])
    tell = Teller(sys.stdout)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - for the life of this process
    said = commands()
    try:
        reader = Reader(asked, tell)
        Guard(asked["folder"], asked["port"])
        tell({"page": reader.read(asked["url"])})
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent says what it means for people
        tell({"trouble": _trouble(error)})
        return 1
    while True:
        wanted = said.get()
        try:
            reader.save(wanted["save"], wanted["name"])
            tell({"saved": wanted["name"]})
        except Exception as error:  # noqa: BLE001 - the same; another stream may still be had
            tell({"trouble": _trouble(error)})


if __name__ == "__main__":
    # No clean-up at exit: the thread that waits for the parent would hold it up.
    os._exit(main())
