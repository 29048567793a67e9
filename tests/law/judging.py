"""Whether a test of the law notices a mutant: as fast as it can be told without telling it wrongly.

The tests are collected once. Which functions of the law each test enters is written down once, and which are entered
while the law is loaded. Then for each mutant the process parts in two, the child puts the changed code in the place of
the right one and runs the tests that enter it, the quickest first, until one fails. A mutant of what runs while the law
is loaded (tables, defaults, functions that build them) cannot be put in place afterwards: it is tried in a process
that loads the law anew. So is every mutant that lived in a function which also runs at loading.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.util
import inspect
import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import hypothesis  # noqa: F401  (loaded once, before the processes part)
import pytest
from _pytest.runner import runtestprotocol
from tests.law.changes import Mutant
from tests.law.watching import LAW, Place, functions_of_the_law, functions_that_keep, place_of, watching

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIVED, KILLED, ANEW = 0, 1, 77  # exit codes of a child; ANEW: only a process that loads the law anew can tell
SECONDS = 120  # of the processor: a mutant that runs so long (the tests take 15) hangs, and is noticed

Seen = dict[str, tuple[float, set[Place]]]  # by test: how long it took and what it entered
Watched = tuple[Seen, set[Place]]  # and what was entered for a value that is then kept for other tests


def lived(tried: list[Mutant], say: Callable[[str], None]) -> list[bool]:
    """Of each mutant, whether it lived; each that did is said when it is found out."""
    found, left = _in_child(lambda: _judge_inplace_of(tried, say))
    for number, order in left:
        found[number] = _lives_anew(tried[number], order)
        if found[number]:
            say(f"lived: {tried[number]}")
    return [found[number] for number in range(len(tried))]


# In place.


def _judge_inplace_of(
    tried: list[Mutant], say: Callable[[str], None]
) -> tuple[dict[int, bool], list[tuple[int, list[str]]]]:
    """Judge what can be judged so; what is left, each with its tests in the order in which to try them."""
    at_loading: set[Place] = set()
    found: dict[int, bool] = {}
    left: list[tuple[int, list[str]]] = []

    def work(items: list[pytest.Item]) -> None:
        sys.setprofile(None)
        functions, keeping = functions_of_the_law(), functions_that_keep()
        gc.freeze()  # what is loaded is not looked through again in each child
        seen, kept = _in_child(lambda: _watch(items, keeping, say))
        quickest = sorted(items, key=lambda item: seen[item.nodeid][0])
        for number, mutant in enumerate(tried):
            changed = _changed_code(mutant, functions)
            telling = [item for item in quickest if changed and seen[item.nodeid][1] & changed.keys()]
            if changed.keys() & kept:  # other tests may notice by a value kept from the first that entered
                telling += [item for item in quickest if not seen[item.nodeid][1] & changed.keys()]
            ended = _try_inplace_of(changed, functions, telling) if changed else ANEW
            if ended == ANEW or (ended == LIVED and at_loading & changed.keys()):
                left.append((number, _order(telling, quickest, seen, str(_file(mutant.module)))))
                continue
            found[number] = ended == LIVED
            if found[number]:
                say(f"lived: {mutant}")

    with watching(at_loading):
        _run_pytest([_Loop(work)], ["-s", str(HERE)])
    if len(found) + len(left) != len(tried):
        sys.exit("The tests cannot be collected: a score would mean nothing.")
    return found, left


def _order(telling: list[pytest.Item], quickest: list[pytest.Item], seen: Seen, path: str) -> list[str]:
    """The tests for a mutant that is tried anew: those that enter its function, then those that enter its module.

    Others are left out. By that a mutant may be said to live that would be noticed; none is said to be noticed that was
    not.
    """
    near = [item for item in quickest if any(place[0] == path for place in seen[item.nodeid][1])]
    return list(dict.fromkeys(item.nodeid for item in [*telling, *near]))


class _Loop:
    """Does something of our own with the collected tests."""

    def __init__(self, work: Callable[[list[pytest.Item]], None]) -> None:
        self.work = work

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running them all."""
        if not session.testsfailed:
            self.work(session.items)
        return True


def _watch(items: list[pytest.Item], keeping: frozenset[Place], say: Callable[[str], None]) -> Watched:
    """Run every test once without any change."""
    _silence(seconds=0)
    seen: Seen = {}
    kept: set[Place] = set()
    for item in items:
        entered: set[Place] = set()
        started = time.perf_counter()
        with watching(entered, keeping, kept):
            passed = _passes(item)
        if not passed:
            say(f"{item.nodeid} fails without any change: a score would mean nothing.")
            os._exit(2)
        seen[item.nodeid] = time.perf_counter() - started, entered
    return seen, kept


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _changed_code(mutant: Mutant, functions: dict[Place, list[FunctionType]]) -> dict[Place, CodeType]:
    """The changed functions' code; nothing, if it cannot be put in place in a law that is loaded."""
    path = _file(mutant.module)
    plain = _codes(compile(mutant.source, str(path), "exec"))
    mutated = _codes(compile(mutant.tree(), str(path), "exec"))
    places = [place for place, codes in mutated.items() if plain.get(place) != codes]
    changed = {place: mutated[place][0] for place in places if _is_function(mutated[place][0])}
    ambiguous = any(len(mutated[place]) > 1 and place in functions for place in changed)
    bodies = [place for place in places if place not in changed]
    outside = any(_own(mutated[place][0]) != _own(plain[place][0]) for place in bodies if place in plain)
    return {} if ambiguous or outside or mutated.keys() != plain.keys() else changed


def _codes(module: CodeType) -> dict[Place, list[CodeType]]:
    """All code of a module by its place: of two on one line, both."""
    found: dict[Place, list[CodeType]] = {}
    todo = [module]
    while todo:
        code = todo.pop()
        found.setdefault(place_of(code), []).append(code)
        todo += [each for each in code.co_consts if isinstance(each, CodeType)]
    return found


def _is_function(code: CodeType) -> bool:
    """Not the body of a module or class, which runs once, at loading."""
    return bool(code.co_flags & inspect.CO_OPTIMIZED)


def _own(code: CodeType) -> object:
    """What a body does itself, without the functions in it."""
    return code.co_code, code.co_names, [each for each in code.co_consts if not isinstance(each, CodeType)]


def _try_inplace_of(
    changed: dict[Place, CodeType], functions: dict[Place, list[FunctionType]], telling: list[pytest.Item]
) -> int:
    """How a child ends that runs the tests over the changed code."""
    child = os.fork()
    if child == 0:
        _silence()
        os._exit(_judge_here(changed, functions, telling))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _judge_here(
    changed: dict[Place, CodeType], functions: dict[Place, list[FunctionType]], telling: list[pytest.Item]
) -> int:
    try:
        for place, code in changed.items():
            for function in functions.get(place, []):
                function.__code__ = code
    except ValueError:  # it needs other names of what is around it than before
        return ANEW
    try:
        return LIVED if all(_passes(item) for item in telling) else KILLED
    except BaseException:  # a mutant may break anything; whatever it breaks, it is noticed
        return KILLED


# Anew.


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the one mutated module in place of its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.path = mutant, _file(mutant.module)

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        """The mutated module's own loader; others are found as usual."""
        if name != self.mutant.module:
            return None
        package = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=package
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated tree."""
        exec(compile(self.mutant.tree(), str(self.path), "exec"), module.__dict__)


class _Order:
    """Runs the tests given, in their order."""

    def __init__(self, order: list[str]) -> None:
        self.order = {name: number for number, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """No others."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid]
        )


def _lives_anew(mutant: Mutant, order: list[str]) -> bool:
    """Whether no test notices it in a process that loads the law with it."""
    child = os.fork()
    if child == 0:
        _silence()
        sys.meta_path.insert(0, _Mutated(mutant))
        try:
            files = sorted({name.partition("::")[0] for name in order})
            os._exit(
                _run_pytest([_Order(order)], ["-x", *(str(ROOT / file) for file in files)])
                if files
                else LIVED
            )
        except BaseException:  # a mutant may break anything; whatever it breaks, it is noticed
            os._exit(KILLED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == LIVED


# Both.


def _run_pytest(plugins: list[object], arguments: list[str]) -> int:
    """Pytest over the law's tests, without what they do not need: each mutant would load it."""
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as settings:
        settings.write(
            '[pytest]\naddopts = -m "not drill and not reference_data"\n'
            "markers =\n    reference_data: files\n    drill: longer\n"
        )
        settings.flush()
        plain = ["-c", settings.name, "--rootdir", str(ROOT), "-q", "-p", "no:cacheprovider"]
        plain += ["--noconftest", "-p", "no:django", *arguments]
        return int(pytest.main(plain, plugins))


def _in_child(work: Callable[[], Any]) -> Any:
    """What the work gives, done in a child: what it loads and fills stays there."""
    with tempfile.TemporaryFile() as given:
        child = os.fork()
        if child == 0:
            try:
                pickle.dump(work(), given)
                given.flush()
                os._exit(0)
            except BaseException as failed:
                print(failed, file=sys.stderr, flush=True)
                os._exit(2)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended:
            os._exit(ended)
        given.seek(0)
        return pickle.load(given)


def _file(module: str) -> Path:
    plain = LAW.joinpath(*module.split(".")[2:])
    return plain.with_suffix(".py") if plain.with_suffix(".py").exists() else plain / "__init__.py"


def _silence(seconds: int = SECONDS) -> None:
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
