"""The one console script: ``casewright COMMAND …``.

A command is a module of this package with a Typer application named ``app``; only the one that is called is
loaded. ``casewright dj …`` hands on to Django. A refusal is one sentence and exit code 1, wrong input one
sentence and exit code 2; nobody is shown a traceback.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

FOLDER = Path(__file__).parent
WITHOUT_DJANGO = frozenset({"assets", "law", "security", "up"})
# These change or empty tables.
AS_OWNER = frozenset({("dj", "migrate"), ("dj", "flush"), ("database", "prepare"), ("demo", "reset")})
REFUSED, WRONG = 1, 2
NO_TABLES = (
    "The database here has no tables yet. Start the demonstration first (casewright up); on a server run "
    "casewright database prepare."
)


def main() -> NoReturn:
    """Run one command and leave with its exit code."""
    name, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("--help", [])
    if name in {"--help", "-h", "help"}:
        print(_overview())
        sys.exit(0)
    if name == "--version":
        print(_version())
        sys.exit(0)
    try:
        sys.exit(_run(name, rest))
    except Exception as problem:  # the outermost door: whatever happens, a person reads a sentence
        if os.environ.get("CASEWRIGHT_TRACEBACK"):
            raise
        words, code = _said_plainly(problem)
        print(words, file=sys.stderr)
        sys.exit(code)


def names() -> list[str]:
    """The commands there are."""
    modules = (each.stem for each in FOLDER.glob("*.py") if "\napp = " in each.read_text(encoding="utf-8"))
    return sorted([*(each.replace("_", "-") for each in modules), "dj"])


def _run(name: str, rest: list[str]) -> int:
    if name not in names():
        print(f"There is no command {name!r}. casewright --help lists them.", file=sys.stderr)
        return WRONG
    if (name != "law" and find_spec("django") is None) or find_spec("typer") is None:
        print(
            "This needs the whole product: install casewright[unit]. Alone, casewright is the library of law."
        )
        return REFUSED
    with ExitStack() as stack:
        if name not in WITHOUT_DJANGO and "--help" not in rest:
            stack.enter_context(surroundings(owner=(name, *rest[:1]) in AS_OWNER))
        return _django(rest) if name == "dj" else _call(name, rest)


def _call(name: str, rest: list[str]) -> int:
    """Load the command's module and hand over; Typer answers wrong usage itself with exit code 2."""
    import typer

    if name not in WITHOUT_DJANGO:
        from casewright.foundation.journal.whence import come_from

        come_from("command", name)
    module = import_module(f"casewright.commands.{name.replace('-', '_')}")
    command = typer.main.get_command(module.app)
    try:
        command.main(args=rest, prog_name=f"casewright {name}")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    return 0


def _django(rest: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["casewright dj", *rest])
    return 0


@contextmanager
def surroundings(*, owner: bool) -> Iterator[None]:
    """The environment and Django, ready: from outside, from what runs here, or started for this call."""
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ or "CASEWRIGHT_SECRET_KEY" not in os.environ:
            from casewright.commands.machine import place

            found = place.here()
            if found is not None:
                found.make()
                has_own = "DATABASE_URL" in os.environ
                told = found.environment() if has_own else stack.enter_context(found.database())
                os.environ |= {key: value for key, value in told.items() if key not in os.environ}
        if owner:
            os.environ["DATABASE_URL"] = (
                os.environ.get("CASEWRIGHT_OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]
            )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casewright.config.settings")
        import django

        django.setup()
        stack.callback(_close_connections)
        yield


def _close_connections() -> None:
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.close()
        if getattr(each, "pool", None):
            each.close_pool()  # type: ignore[attr-defined]


def _said_plainly(problem: Exception) -> tuple[str, int]:
    """A sentence for a person, and the exit code."""
    kind = {each.__name__ for each in type(problem).__mro__}
    said = str(problem).strip().splitlines()
    words = said[0] if said else type(problem).__name__
    if "InvalidFacts" in kind:
        return words, WRONG
    if kind & {
        "NotAllowed",
        "ConfigurationError",
        "CommandError",
        "NoDatabase",
        "AlreadyRunning",
        "NoLawInForce",
    }:
        return words[:1].upper() + words[1:], REFUSED
    if kind & {"OperationalError", "PoolTimeout"}:
        return f"The database does not answer: {words}", REFUSED
    if "UndefinedTable" in {type(each).__name__ for each in (problem, problem.__cause__)}:
        return NO_TABLES, REFUSED
    return (
        f"This did not work ({type(problem).__name__}: {words}). CASEWRIGHT_TRACEBACK=1 shows where.",
        REFUSED,
    )


def _overview() -> str:
    """What commands there are, each with the first sentence of its module."""
    lines = ["casewright COMMAND …   (casewright COMMAND --help says more)", ""]
    for name in names():
        path = FOLDER / f"{name.replace('-', '_')}.py"
        said = (
            ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            if path.exists()
            else "Django's own commands."
        )
        lines.append(f"  {name:<12} {(said or '').splitlines()[0] if said else ''}")
    return "\n".join(lines)


def _version() -> str:
    from importlib.metadata import version

    return version("casewright")
