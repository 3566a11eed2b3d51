"""Under which conditions something was measured: machine, versions, commit."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("ortools", "python-sat")


def conditions(contenders: Sequence[str]) -> dict[str, str]:
    """Return what the figures depend on, by its name, for these contenders."""
    found = {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "commit": _commit(),
        "Python": platform.python_version(),
    }
    found |= {package: version(package) for package in PACKAGES if package == "ortools" or "maxsat" in contenders}
    if "gecode" in contenders:
        found |= {
            "MiniZinc": _first(r"version ([\d.]+)", _printed("minizinc", "--version")),
            "Gecode": _first(r"Gecode ([\d.]+)", _printed("minizinc", "--solvers")),
        }
    return found


def _processor() -> str:
    return _first(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text())


def _commit() -> str:
    changed = _printed("git", "status", "--porcelain", "--untracked-files=no", "--", "planner")
    return _first(r"(\w+)", _printed("git", "rev-parse", "--short", "HEAD")) + (" with changes" if changed else "")


def _printed(*command: str) -> str:
    """Return what a program prints; nothing when it fails or is not there."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return ""


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else "unknown"
