"""The command line: `python -m bot process · serve · engine · demo · settings`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import log
from bot.errors import FollowthroughError, NeedsPerson
from bot.settings import Settings, markdown_table, read_settings, shown


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
            from bot.commandline.demo import demo  # noqa: PLC0415 - see above

            log.configure(settings.log_level if "LOG_LEVEL" in os.environ else "ERROR")
            recording = Path(given.recording) if given.recording else None
            return asyncio.run(demo(settings, recording, given.port))
        case "settings":
            lines = [f"{name}={value}" for name, value in shown(settings)]
            sys.stdout.write((markdown_table() if given.markdown else "\n".join(lines)) + "\n")
    return 0


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

    commands.add_parser("serve", help="run the bot: Socket Mode with SLACK_APP_TOKEN, else HTTP")
    commands.add_parser("engine", help="serve the conversation API alone, for other clients")
    demo = commands.add_parser("demo", help="try it without Slack: a sample recording, and the thread as it grows")
    demo.add_argument("--recording", metavar="FILE", help="share this file instead of the sample")
    demo.add_argument("--port", type=int, default=8765, help="where its Slack listens on this machine (default: 8765)")
    each = commands.add_parser("settings", help="show every setting that is in force")
    each.add_argument("--markdown", action="store_true", help="print the README's table instead")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no date; write it as 2026-03-04") from error


if __name__ == "__main__":
    sys.exit(main())
