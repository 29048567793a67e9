"""Mutation of the law: change one thing in the code, and see whether a test of the law notices.

Run from the checkout, with the package and the checkout on the path:

    python -m tests.law.mutants [--of time|decide|routes|identifiers] [--sample N] [--module counting]

Each mutant is one change of one operator, comparison, number, truth value, condition, branch or returned value in
the code of that part (PARTS); words are left alone. Each runs in a process of its own, over the part's tests in this
folder with fewer seeded days. It prints every mutant that lived and the share that was killed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis  # noqa: F401  (loaded once, before the processes part)
import pytest

HERE = Path(__file__).parent
LAW = HERE.parents[1] / "src" / "casewright" / "law"


def modules(*patterns: str) -> dict[str, Path]:
    """The modules of the law by name whose files fit."""
    paths = [path for pattern in patterns for path in sorted(LAW.glob(pattern))]
    dotted = {path: ".".join(path.relative_to(LAW).with_suffix("").parts) for path in paths}
    return {f"casewright.law.{name}".removesuffix(".__init__"): path for path, name in dotted.items()}


# What is changed in each part, and the tests that should notice.
PARTS: dict[str, tuple[dict[str, Path], list[str]]] = {
    "time": (
        modules("counting.py", "limits/*.py"),
        [
            "test_worked_examples.py", "test_counting.py", "test_special_limits.py", "test_notice.py",
            "test_facts.py", "test_catalogue.py", "test_findings.py", "test_drawing.py", "test_impact.py",
            "test_lines.py",
        ],
    ),
    "decide": (
        modules("traffic/*.py", "traffic/rules/*.py"),
        [
            "test_rule_sheet.py", "test_disposals.py", "test_detections.py", "test_penalties.py", "test_settings.py",
        ],
    ),
    "routes": (
        modules("charging/*.py", "offences.py", "charges.py", "national_offences.py"),
        ["test_charging.py", "test_offences.py"],
    ),
    "identifiers": (modules("identifiers/*.py"), ["test_identifiers.py"]),
}  # fmt: skip
FILES: dict[str, Path] = {name: path for files, _ in PARTS.values() for name, path in files.items()}
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Lt: ast.LtE,
    ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Every mutant of a module: what was changed and where, and the changed tree."""
    for place, node in enumerate(ast.walk(tree)):
        for what in changes(node):
            changed = copy.deepcopy(tree)
            target = next(n for number, n in enumerate(ast.walk(changed)) if number == place)
            apply(target, what)
            yield f"line {getattr(node, 'lineno', 0)}: {what}", ast.fix_missing_locations(changed)


def changes(node: ast.AST) -> list[str]:
    """What can be changed at a node."""
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in SWAPS:
        return [f"swap {type(node.op).__name__}"]
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        return [f"swap {type(node.ops[0]).__name__}"]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return ["flip"]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return ["one more"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["drop not"]
    if isinstance(node, ast.If | ast.IfExp):
        return ["always", "never"]
    if isinstance(node, ast.Return) and not _returns_nothing(node):
        return ["return nothing"]
    return []


def _returns_nothing(node: ast.Return) -> bool:
    """Whether it gives None already: to change it to that would be no change."""
    return node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)


def apply(node: ast.AST, what: str) -> None:
    """Make one change."""
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[assignment]
    elif what.startswith("swap"):
        node.op = SWAPS[type(node.op)]()  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if what == "flip" else node.value + 1  # type: ignore[operator]
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.Constant(what == "always")
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the one mutated module in place of its file."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = name, tree

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        """The mutated module's own loader; others are found as usual."""
        if name != self.name:
            return None
        where = str(FILES[name])
        package = [str(FILES[name].parent)] if where.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            name, where, loader=self, submodule_search_locations=package
        )

    def exec_module(self, module: object) -> None:
        """Run the mutated tree."""
        exec(compile(self.tree, str(FILES[self.name]), "exec"), module.__dict__)


def lives(name: str, tree: ast.Module, tests: list[str]) -> bool:
    """Whether no test notices the mutant, tried in a process of its own (at most a minute: a hang is a kill)."""
    child = os.fork()
    if child == 0:
        os._exit(_judge(name, tree, tests))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _judge(name: str, tree: ast.Module, tests: list[str]) -> int:
    signal.alarm(60)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, Mutated(name, tree))
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as settings:
        settings.write(
            '[pytest]\naddopts = -m "not drill and not reference_data"\n'
            "markers =\n    reference_data: files\n    drill: longer\n"
        )
        settings.flush()
        plain = ["-c", settings.name, "--rootdir", str(HERE.parents[1]), "-x", "-q", "-p", "no:cacheprovider"]
        plain += [
            "--noconftest",
            "-p",
            "no:django",
        ]  # the law's tests need neither, and each mutant would load them
        try:
            return int(pytest.main([*plain, *(str(HERE / test) for test in tests)]))
        except BaseException:  # a mutant may break anything; whatever it breaks, it is noticed
            return 1


def main() -> None:
    """Try every mutant (or a seeded sample) and print the score."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--sample", type=int, default=0, help="how many mutants, chosen by a fixed seed; 0 for all"
    )
    asked.add_argument("--of", choices=[*PARTS], default="time", help="which part of the law")
    asked.add_argument("--module", default="", help="only modules whose name ends so")
    chosen = asked.parse_args()
    os.environ["CASEWRIGHT_CASES"] = "300"
    files, tests = PARTS[chosen.of]
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in files.items()}
    for name, tree in list(trees.items())[:1]:
        if not lives(name, tree, tests):
            sys.exit("The tests fail without any change: a score would mean nothing.")
    every = [
        (name, what, changed)
        for name, tree in trees.items()
        if name.endswith(chosen.module)
        for what, changed in mutants(tree)
    ]
    if chosen.sample:
        every = random.Random("mutants").sample(every, min(chosen.sample, len(every)))
    lived = []
    for name, what, changed in every:
        if lives(name, changed, tests):
            lived.append(f"{name} {what}")
            print(f"lived: {name} {what}", flush=True)
    killed = len(every) - len(lived)
    print(f"{chosen.of}: {killed} of {len(every)} mutants killed: {100 * killed / len(every):.1f} per cent")


if __name__ == "__main__":
    main()
