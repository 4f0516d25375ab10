"""Seals a process: no network, no further file, no other program, from now on and for good.

Linux only. A seccomp filter lets through the few calls that a computation needs and answers every other one with an
error; it takes no privilege and works inside containers. Where there is none, a network namespace without any network
is the next best thing, if the kernel gives one to everybody.
"""

import ctypes
import platform
import struct
import sys
from enum import StrEnum

_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_SECCOMP = 22  # PR_SET_SECCOMP
_FILTER = 2  # SECCOMP_MODE_FILTER
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET
_A_THREAD = 0x00010000  # CLONE_THREAD

# Classic BPF (linux/filter.h, linux/seccomp.h): operations, and where a call's number, machine and flags are.
_LOAD, _IF_EQUAL, _IF_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW = 0x7FFF0000
# ENOSYS, not EPERM: a C library that tries a newer call then falls back to an older one.
_REFUSE = 0x00050000 | 38

#: By what Linux calls a machine: its number in a filter (linux/audit.h), and which column below is its own.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_CLONE = (56, 220)
#: What a computation calls: its number on x86-64 and on 64-bit ARM (from the kernel's unistd.h); None where there is
#: none. Reading and writing are only of what is open already.
_CALLS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "poll": (7, None),
    "ppoll": (271, 73),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "readv": (19, 65),
    "writev": (20, 66),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "setitimer": (38, 103),
    "getpid": (39, 172),
    "exit": (60, 93),
    "ftruncate": (77, 46),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "newfstatat": (262, 79),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "getrandom": (318, 278),
    "membarrier": (324, 283),
    "rseq": (334, 293),
}


class Seal(StrEnum):
    """What keeps a process in."""

    CALLS = "calls"  # nothing can be opened, connected to or started
    NETWORK = "network"  # there is no network; files can be opened
    NONE = "none"


def seal() -> Seal:
    """Seal this process, which has one thread still and has opened all that it will read and write."""
    if not sys.platform.startswith("linux"):
        return Seal.NONE
    system = ctypes.CDLL(None, use_errno=True)
    if _filter_calls(system):
        return Seal.CALLS
    return Seal.NETWORK if leave_the_network(system) else Seal.NONE


def leave_the_network(system: ctypes.CDLL) -> bool:
    """Move this process to a network of its own, in which there is nothing; say whether that was allowed."""
    return bool(system.unshare(_NEW_USER_AND_NETWORK) == 0)


def _filter_calls(system: ctypes.CDLL) -> bool:
    known = _MACHINES.get(platform.machine())
    if known is None or sys.byteorder != "little":
        return False
    machine, column = known
    numbers = [number for each in _CALLS.values() if (number := each[column]) is not None]
    code = _program(machine, numbers, _CLONE[column])
    steps = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // _STEP.size, ctypes.addressof(steps))
    # Whoever cannot gain privileges may filter calls.
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


_STEP = struct.Struct("=HBBI")  # operation, steps to skip if true, and if not, operand


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _program(machine: int, numbers: list[int], clone: int) -> bytes:
    """Return the filter: this machine's own calls, those with these numbers, and a clone that is a thread."""
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE),  # another machine's calls have other numbers
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    for number in numbers:
        steps += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    steps += [
        (_IF_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_IF_BITS, 0, 1, _A_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(_STEP.pack(*step) for step in steps)
