"""Answering JSON Lines: standard input in order, on several processes where there is much of it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

AT_ONCE = 4000
WRONG = 2

Answers = Callable[[list[str]], list[str]]


def answer(answers: Answers, jobs: int) -> int:
    """Answer standard input line by line, in order. Exit code 2 if any line could not be answered."""
    wrong = 0
    for text, refused in _answered(sys.stdin, answers, jobs):
        sys.stdout.write(text)
        wrong += refused
    return WRONG if wrong else 0


def _answered(source: Iterable[str], answers: Answers, jobs: int) -> Iterator[tuple[str, int]]:
    given = iter(source)
    chunks = iter(lambda: list(itertools.islice(given, AT_ONCE)), [])
    first = next(chunks, [])
    if jobs == 1 or len(first) < AT_ONCE:
        yield from (_chunk(answers, each) for each in itertools.chain([first], chunks))
        return
    with ProcessPoolExecutor(jobs) as pool:
        begun = itertools.chain([first], itertools.islice(chunks, jobs * 2))
        waiting = [pool.submit(_chunk, answers, each) for each in begun]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_chunk, answers, each) for each in itertools.islice(chunks, 1)]


def _chunk(answers: Answers, given: list[str]) -> tuple[str, int]:
    found = answers(given)
    refused = sum(each.startswith('{"error"') for each in found)
    return "".join(f"{each}\n" for each in found), refused
