"""Prints every table: `make bench`, or `python -m bench NAME …` for some of them."""

import subprocess
import sys

from bot.evaluation.machine import machine

BENCHES = ("acknowledgement", "reaction", "playground", "page", "hour", "store", "links", "fetch", "speech", "insights")


def main() -> int:
    """Run each bench in a process of its own, so that none is warmed or weighed down by another."""
    print(f"On {machine()}\n", flush=True)
    failed = 0
    for name in sys.argv[1:] or BENCHES:
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
        print(flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
