"""A meeting to try the bot with: three people plan a booking page; `script.md` says what should be found in it."""

from datetime import date
from pathlib import Path

RECORDING = Path(__file__).with_name("meeting.m4a")
TRANSCRIPT = Path(__file__).with_name("transcript.vtt")

HELD_ON = date(2026, 3, 10)
"""The day that the script has it on. Neither file says so: given no date, due dates are relative to today."""
