"""How many recordings are heard at once, and with how many threads each: by what this machine has."""

import os
from dataclasses import dataclass
from pathlib import Path

GIGABYTE = 1024**3
RECORDING_BYTES = int(1.2 * GIGABYTE)
"""What hearing one recording takes at its peak, with Whisper base."""

OWN_BYTES = GIGABYTE
"""What is left for the server, the reading of conversations, and the system."""

CORES_A_RECORDING = 4
"""Fewer make one recording slow; more would have nothing to do in most: each hears two minutes by itself."""

MOST_THREADS = 6
"""Each hears a part of its own: 410 MB with one, and about 125 MB for each more, with Whisper base."""

_CPU_LIMIT = Path("/sys/fs/cgroup/cpu.max")
_MEMORY_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Machine:
    """What we may use: cores, and memory in bytes."""

    cores: int
    memory: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many recordings are heard at once, how many threads each has, and how many conversations are read at once."""

    recordings: int
    threads: int
    readers: int


def capacity(machine: Machine, recordings: int = 0, recording_bytes: int = RECORDING_BYTES) -> Capacity:
    """Return what a machine can do at once.

    Args:
        machine: What there is.
        recordings: How many recordings the operator wants heard at once; 0 for as many as there is room for.
        recording_bytes: What hearing one of them takes.
    """
    by_memory = (machine.memory - OWN_BYTES) // recording_bytes
    at_once = recordings or max(1, min(machine.cores // CORES_A_RECORDING, by_memory))
    return Capacity(
        recordings=at_once,
        threads=max(1, min(MOST_THREADS, machine.cores // at_once)),
        readers=max(1, machine.cores // CORES_A_RECORDING),
    )


def this_machine() -> Machine:
    """Return what this process may use: what there is, or what its container was given of it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    quota, _, period = _said(_CPU_LIMIT).partition(" ")
    if quota.isdecimal() and period.isdecimal():
        cores = max(1, min(cores, int(quota) // int(period)))
    limit = _said(_MEMORY_LIMIT)
    if limit.isdecimal():
        memory = min(memory, int(limit))
    return Machine(cores, memory)


def usable_cores() -> int:
    """Return how many threads a recording should have when it has this machine to itself."""
    return min(MOST_THREADS, this_machine().cores)


def _said(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""
