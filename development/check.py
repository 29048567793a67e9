"""Lint, format, types and layers, one after the other; every fault of all of them is shown before leaving."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
CHECKS = (
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports", "--no-logo"]),
)


def main() -> int:
    """Run every check; 0 if all are clean, else 1."""
    failed = [name for name, command in CHECKS if not passes(name, command)]
    print(f"not clean: {', '.join(failed)}" if failed else "all clean")
    return int(bool(failed))


def passes(name: str, command: list[str]) -> bool:
    """Whether one check is clean; its words are printed only when it is not."""
    started = time.perf_counter()
    done = subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=HERE, capture_output=True, text=True)
    words = "clean" if done.returncode == 0 else "NOT CLEAN"
    print(f"  {name:<8} {words:<9} {time.perf_counter() - started:5.1f} s")
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
