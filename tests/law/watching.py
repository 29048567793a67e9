"""Which functions of the law are entered while something runs, and which of them for a value that is then kept."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType

FOUND = importlib.util.find_spec("casewright.law")  # the law the tests will load, without loading it here
LAW = Path(FOUND.origin).parent  # type: ignore[union-attr,arg-type]

Place = tuple[str, str, int]  # file, name and first line of a function's code


@contextlib.contextmanager
def watching(
    entered: set[Place], keeping: frozenset[Place] = frozenset(), kept: set[Place] | None = None
) -> Iterator[None]:
    """Write down each function of the law that is entered, and which of them beneath one whose value is kept."""
    law, beneath = str(LAW), 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal beneath
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(law):
            return
        place = place_of(frame.f_code)
        if place in keeping:
            beneath += 1 if event == "call" else -1
        if event == "call":
            entered.add(place)
            if kept is not None and (beneath or place in keeping):
                kept.add(place)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def functions_that_keep() -> frozenset[Place]:
    """The functions of the law whose values are kept."""
    wrapped = [
        getattr(each, "__wrapped__", getattr(each, "func", None))
        for each in gc.get_objects()
        if isinstance(each, functools._lru_cache_wrapper | functools.cached_property)
    ]
    codes = [function.__code__ for function in wrapped if isinstance(function, FunctionType)]
    return frozenset(place_of(code) for code in codes if code.co_filename.startswith(str(LAW)))


def place_of(code: CodeType) -> Place:
    return code.co_filename, code.co_name, code.co_firstlineno


def functions_of_the_law() -> dict[Place, list[FunctionType]]:
    """Every function of the law there is."""
    found: dict[Place, list[FunctionType]] = {}
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(str(LAW)):
            found.setdefault(place_of(each.__code__), []).append(each)
    return found
