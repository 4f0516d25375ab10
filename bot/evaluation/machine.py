"""What the figures were measured on."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Return this machine in a line: processor, cores in use, memory, Python."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = next((int(line.split()[1]) // 1_048_576 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, {memory} GiB, Python {platform.python_version()}, {platform.system()}"


def other_work() -> str:
    """Return a clause for times that were measured while other programs were busy too; nothing on a quiet machine."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[1]
    return f", while other programs kept it busy (load {load:.1f})" if load > cores + 1 else ""


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a living process has held, in MB (Linux's VmHWM)."""
    line = next(line for line in _lines(f"/proc/{pid}/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
