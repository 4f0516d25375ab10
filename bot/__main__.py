"""The command line: `python -m bot process · serve · engine · demo · doctor · sources · eval · settings`."""

import argparse
import asyncio
import importlib.util
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import log
from bot.domain.recordings import MOST_SPEAKERS, read_speakers
from bot.errors import BadInput, FollowthroughError, NeedsPerson
from bot.settings import Settings, markdown_table, read_settings, shown

_HIGHEST_PORT = 65_535


def main(words: Sequence[str] | None = None) -> int:
    """Do what `words` (the command line's) say and return the exit status: 0 done, 1 failed, 2 bad input."""
    given = _parser().parse_args(words)
    try:
        return _run(given, read_settings(os.environ))
    except NeedsPerson as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except FollowthroughError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(given: argparse.Namespace, settings: Settings) -> int:
    # each command imports what it needs: asking for help must not load a speech recogniser
    match given.command:
        case "process":
            from bot.commandline.process import process  # noqa: PLC0415 - see above

            log.configure(settings.log_level if "LOG_LEVEL" in os.environ else "CRITICAL")
            return asyncio.run(
                process(
                    settings,
                    given.recording,
                    as_json=given.json,
                    held_on=given.date,
                    title=given.title,
                    language=given.lang,
                    speakers=given.speakers,
                )
            )
        case "serve":
            from bot.app import serve  # noqa: PLC0415 - see above

            log.configure(settings.log_level)
            asyncio.run(serve(settings))
        case "engine":
            from bot.app import serve_engine  # noqa: PLC0415 - see above

            log.configure(settings.log_level)
            asyncio.run(serve_engine(settings))
        case "demo":
            log.configure(settings.log_level if "LOG_LEVEL" in os.environ else "ERROR")
            return _demo(given, settings)
        case "eval":
            if importlib.util.find_spec("faster_whisper") is None:
                raise BadInput("There is no engine here to measure.", "Install followthrough[engine].")
            from bot.commandline.evaluate import run  # noqa: PLC0415 - see above

            # a page with a part of the figures must not take the place of the whole
            write = not given.only if given.write is None else given.write
            return run(settings, given.data, given.only, write=write, verbose=given.verbose)
        case "doctor":
            from bot.commandline.doctor import check_source  # noqa: PLC0415 - see above

            log.configure(settings.log_level if "LOG_LEVEL" in os.environ else "CRITICAL")
            return asyncio.run(check_source(settings, given.source, offline=given.offline, as_json=given.json))
        case "sources":
            from bot.commandline.sources import listing, page  # noqa: PLC0415 - see above

            sys.stdout.write(page() if given.markdown else f"{listing()}\n")
        case "settings":
            lines = [f"{name}={value}" for name, value in shown(settings)]
            sys.stdout.write((markdown_table() if given.markdown else "\n".join(lines)) + "\n")
    return 0


def _demo(given: argparse.Namespace, settings: Settings) -> int:
    if given.print:
        from bot.commandline.printed_demo import demo as printed  # noqa: PLC0415 - see above

        return asyncio.run(printed(settings, given.recording, given.port))
    from bot.commandline.demo import Demo, Who, demo  # noqa: PLC0415 - see above

    wanted = Demo(
        port=given.port,
        who=Who.EXAMPLE if given.example else Who.OTHER if given.alone else Who.BOT,
        over_http=given.delivery == "http",
        request_url=given.request_url or "",
        manifest=given.manifest,
        recording=given.recording,
        keep=given.keep,
        show=not given.no_open,
    )
    return asyncio.run(demo(settings, wanted))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Turns a recorded conversation into work that gets done."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    process = commands.add_parser("process", help="process one recording and print the thread that Slack would get")
    process.add_argument("recording", metavar="FILE|URL", help="a recording (wav, mp3, m4a, mp4 …) or transcript")
    process.add_argument("--json", action="store_true", help="print the same as data")
    process.add_argument("--date", type=_date, help="the meeting's date, YYYY-MM-DD (default: the file's own)")
    process.add_argument("--title", help="what to call it (default: the file's name)")
    process.add_argument("--lang", help="its language, such as en-US or de (default: listen for it)")
    process.add_argument(
        "--speakers", type=_speakers, metavar="NUMBER", help="how many people speak in a recording (default: listen)"
    )

    commands.add_parser("serve", help="run the bot: Socket Mode with SLACK_APP_TOKEN, else HTTP")
    commands.add_parser("engine", help="serve the conversation API alone, for other clients")
    _add_demo(commands.add_parser("demo", help="try it without Slack: in a Slack of its own, in your browser"))
    _add_eval(commands.add_parser("eval", help="measure how well the engine understands, and write docs/quality.md"))
    _add_doctor(commands.add_parser("doctor", help="look at one link, and say what it is and whether it can be had"))
    each = commands.add_parser("sources", help="list every kind of link, and what becomes of it")
    each.add_argument("--markdown", action="store_true", help="print docs/sources.md instead")
    each = commands.add_parser("settings", help="show every setting that is in force")
    each.add_argument("--markdown", action="store_true", help="print the README's table instead")
    return parser


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "--port", type=_port, default=8765, help="where its Slack listens on this machine (default: 8765)"
    )
    demo.add_argument("--no-open", action="store_true", help="print the address, and open no browser")
    demo.add_argument("--keep", action="store_true", help="have everything there again at the next start")
    demo.add_argument("--recording", type=Path, metavar="FILE", help="offer this file instead of the sample")
    demo.add_argument("--delivery", choices=("socket", "http"), default="socket", help="how Slack reaches the app")
    demo.add_argument("--print", action="store_true", help="share the recording, print the thread as it grows, and end")
    instead = demo.add_mutually_exclusive_group()
    instead.add_argument("--example", action="store_true", help="run the example app instead of the bot")
    instead.add_argument("--alone", action="store_true", help="run the Slack alone, for an app of your own")
    demo.add_argument("--manifest", type=Path, metavar="FILE", help="with --alone: your app's manifest")
    demo.add_argument("--request-url", metavar="URL", help="with --alone --delivery http: where your app listens")


def _add_doctor(doctor: argparse.ArgumentParser) -> None:
    doctor.add_argument("--source", required=True, metavar="URL", help="the link to look at, with one small request")
    doctor.add_argument("--offline", action="store_true", help="say only what the address tells")
    doctor.add_argument("--json", action="store_true", help="print the same as data")


def _add_eval(evaluation: argparse.ArgumentParser) -> None:
    evaluation.add_argument(
        "--data", type=Path, metavar="PATH", help="a corpus, laid out as docs/evaluation.md says (default: what ships)"
    )
    evaluation.add_argument(
        "--only", nargs="+", default=[], metavar="PART", help="measure these parts; a wrong name lists them"
    )
    evaluation.add_argument(
        "--write",
        action=argparse.BooleanOptionalAction,
        help="write docs/quality.md as well (default: unless --only is given)",
    )
    evaluation.add_argument(
        "--verbose", action="store_true", help="name what went wrong in the scripted meetings of train and tune"
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no port; it is a whole number up to {_HIGHEST_PORT}")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no date; write it as 2026-03-04") from error


def _speakers(text: str) -> int:
    number = read_speakers(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text} is no number of speakers; it is a whole number up to {MOST_SPEAKERS}")
    return number


if __name__ == "__main__":
    sys.exit(main())
