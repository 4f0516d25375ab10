"""Keeps the memory of a process that recognises speech even."""

import ctypes
import sys

# From glibc's malloc.h.
M_ARENA_MAX = -8


def share_one_pool() -> None:
    """Have all threads share one pool of memory, where the C library is glibc.

    By default threads that meet get pools of their own, which never shrink. On nine minutes of speech the shared one
    took a tenth of the CPU time away, at the same peak.
    """
    if not sys.platform.startswith("linux"):
        return
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:
        tune(M_ARENA_MAX, 1)
