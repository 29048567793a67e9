"""The shape of the house: names, sizes, docstrings, layers, the clock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture import sources

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers"}
FORBIDDEN_NAMES |= {"service", "services", "handler", "handlers", "process", "data"}
LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 40  # lines of work; most are 5 to 15
DOMAIN = ("law", "foundation", "areas", "flows")
SERVICE_OF_DOCUMENTS = sources.PACKAGE / "law" / "limits" / "service.py"  # here the word is the law's own
THE_CLOCK = sources.PACKAGE / "foundation" / "clock.py"
READS_THE_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}


def test_the_layers_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    said = subprocess.run([program, "--no-logo"], cwd=sources.CHECKOUT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_no_module_has_a_name_that_says_nothing() -> None:
    bad = [
        sources.name(path)
        for path in sources.modules()
        if FORBIDDEN_NAMES & {path.stem, *path.relative_to(sources.PACKAGE).parts[:-1]}
        and not path.is_relative_to(sources.PACKAGE / "law" / "data")
        and path != SERVICE_OF_DOCUMENTS
    ]
    assert not bad


def test_no_file_is_longer_than_can_be_read_at_a_sitting() -> None:
    long = {
        sources.name(path): lines
        for path in [*sources.modules(), sources.CHECKOUT / "run.py"]
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_long() -> None:
    long = {
        f"{sources.name(path)}:{node.name}": lines
        for path in sources.modules()
        if "migrations" not in path.parts
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef) and (lines := _lines_of_work(node)) > LONGEST_FUNCTION
    }
    assert not long


def _lines_of_work(function: ast.FunctionDef) -> int:
    """The lines of a function without its signature and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("folder", [*DOMAIN, "config", "commands", "interfaces", "web"])
def test_public_functions_and_modules_say_what_they_are(folder: str) -> None:
    silent = [
        f"{sources.name(path)}:{said}"
        for path in sources.modules(folder)
        if "migrations" not in path.parts and path.name not in {"apps.py", "__init__.py"}
        for said in _silent(sources.tree(path))
    ]
    assert not silent


def _silent(module: ast.Module) -> list[str]:
    """The public names of a module that have no docstring; a nested class or function is not public."""
    found = [] if ast.get_docstring(module) else ["the module"]
    places: list[ast.Module | ast.ClassDef] = [
        module,
        *(n for n in module.body if isinstance(n, ast.ClassDef)),
    ]
    for place in places:
        for node in place.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and node.name != "Meta" and not ast.get_docstring(node):
                found.append(node.name)
    return found


def test_only_the_clock_reads_the_wall_clock() -> None:
    readers = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.modules(*DOMAIN)
        if path != THE_CLOCK and "migrations" not in path.parts
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr)
        in READS_THE_CLOCK
    ]
    assert not readers


def test_the_database_does_not_read_the_clock_for_the_domain() -> None:
    """``auto_now`` and the database's own now() would not follow a demonstration's or a test's clock."""
    readers = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.modules(*DOMAIN)
        if "migrations" not in path.parts
        for node in ast.walk(sources.tree(path))
        if (isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"})
        or (isinstance(node, ast.Name) and node.id == "Now")
    ]
    assert not readers


def test_nothing_listens_to_django_signals_or_overrides_save() -> None:
    bad = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.modules("foundation", "areas", "flows")
        for node in ast.walk(sources.tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"))
        or (isinstance(node, ast.ImportFrom) and node.module == "django.dispatch")
        or (isinstance(node, ast.FunctionDef) and node.name == "save" and len(node.args.args) > 0)
    ]
    assert not bad


def test_the_law_loads_without_any_installed_package() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import casewright.law\n"
        "files = {n: getattr(m, '__file__', '') or '' for n, m in sys.modules.items()}\n"
        "outside = [n for n, file in files.items() if 'site-packages' in file]\n"
        "sys.exit(', '.join(outside) or 0)"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(sources.PACKAGE.parent)], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr


def test_every_test_that_commits_puts_back_what_migrations_wrote() -> None:
    """One that does not leaves the tables otherwise than the next expects: content types twice, task types gone."""
    marks = re.compile(r"django_db\(transaction=True(?P<rest>[^)]*)\)")
    for path in (sources.CHECKOUT / "tests").rglob("test_*.py"):
        for found in marks.finditer(path.read_text(encoding="utf-8")):
            assert "serialized_rollback=True" in found["rest"], path.name


def test_every_view_that_catches_a_refusal_takes_its_words_from_where_attempts_are_written_down() -> None:
    caught, silent = 0, []
    for path in sources.modules("web"):
        for each in ast.walk(sources.tree(path)):
            if not isinstance(each, ast.ExceptHandler) or each.type is None:
                continue
            if not {"NotAllowed", "NotYours", "REFUSALS"} & {
                name.id for name in ast.walk(each.type) if isinstance(name, ast.Name)
            }:
                continue
            caught += 1
            called = {call.func.attr for call in ast.walk(each) if isinstance(call, ast.Call)
                      and isinstance(call.func, ast.Attribute)}  # fmt: skip
            raised_again = any(isinstance(one, ast.Raise) and one.exc is None for one in ast.walk(each))
            silent += [] if called & {"sentence", "kept"} or raised_again else [f"{sources.name(path)}:{each.lineno}"]
    assert caught > 20
    assert silent == []
