"""No pattern of ours takes long on words made to make it take long (ASVS 5.0 1.3.12)."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture import sources

MOST = 0.5  # seconds of this process's own time for a hundred thousand signs; a bad pattern takes minutes
LONG = 100_000
CALLS = {"compile", "match", "fullmatch", "search", "sub", "findall", "finditer", "split"}
PIECES = ("a", "A", "0", " ", "-", ".", "A1 ", "a.", "0-", "\t", "\n", "'", "a@", "AB12 ", "é")
ENDS = ("", "\x00", "!", " !", "\n!")


def patterns() -> Iterator[tuple[str, str, int]]:
    """Every pattern that stands in the source as a literal: where, the pattern, its line."""
    for path in sorted(sources.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                first = node.args[0]
                if of_re and node.func.attr in CALLS and isinstance(first, ast.Constant):
                    yield _where(path), str(first.value), node.lineno
            for word in node.keywords if isinstance(node, ast.Call) else ():
                if word.arg == "regex" and isinstance(word.value, ast.Constant):
                    yield _where(path), str(word.value.value), node.lineno


def _where(path: Path) -> str:
    return str(path.relative_to(sources.PACKAGE))


def slowest(pattern: str) -> float:
    """Seconds for the worst of the hostile words, cut off at twice the limit."""
    made, worst = re.compile(pattern), 0.0
    for piece in PIECES:
        for end in ENDS:
            words = (piece * (LONG // len(piece)))[: LONG - len(end)] + end
            for ask in (made.fullmatch, made.match):
                began = time.process_time()
                ask(words)
                worst = max(worst, time.process_time() - began)
                if worst > 2 * MOST:
                    return worst
    return worst


FOUND = sorted(set(patterns()))


def test_the_patterns_were_found() -> None:
    assert len(FOUND) > 40


@pytest.mark.parametrize(("where", "pattern", "line"), FOUND, ids=lambda each: str(each)[:60])
def test_hostile_words_take_no_time(where: str, pattern: str, line: int) -> None:
    assert slowest(pattern) < MOST, f"{where}:{line}: {pattern}"


def test_a_bad_pattern_would_be_found() -> None:
    made = re.compile(r"(a+)+$")
    began = time.process_time()
    made.fullmatch("a" * 24 + "!")
    assert time.process_time() - began > 0.05


def calls(named: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the source of one of these methods or functions."""
    for path in sorted(sources.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            )
            if name in named:
                yield f"{_where(path)}:{node.lineno}", node


def ours(node: ast.AST) -> bool:
    """Whether words are ours alone: a literal, a constant of a module, or literals and constants put together."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id.lstrip("_").isupper()
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(each, ast.Constant) or ours(each.value) for each in node.values)  # type: ignore[attr-defined]
    return isinstance(node, ast.BinOp) and ours(node.left) and ours(node.right)


def test_no_pattern_is_built_from_what_somebody_typed() -> None:
    wrong = [
        where
        for where, call in calls(CALLS)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "re"
        and not ours(call.args[0])
    ]
    assert wrong == []


OWN_TEMPLATES = (
    "commands/machine/postgres.py",  # SQL composed by psycopg, of names of roles in code
    "foundation/people/accounts.py",  # what to do about a weak password, from its own table
    "foundation/journal/sentences.py",  # the sentence of a verb, from the areas' own tables
    "web/faults.py",  # a sentence for a fault of a form, from its own table
    "law/",  # the wording of a rule or a charge, from the law's own data
)


def test_no_format_is_built_from_what_somebody_typed() -> None:
    wrong = []
    for where, call in calls({"format", "format_map"}):
        said = call.func.value if isinstance(call.func, ast.Attribute) else None
        sql = isinstance(said, ast.Call) and getattr(said.func, "attr", "") == "SQL"
        if said is not None and not ours(said) and not sql and not where.startswith(OWN_TEMPLATES):
            wrong.append(where)
    assert wrong == []


def test_no_broken_hash_is_used_for_anything_that_must_hold() -> None:
    """SHA-1 stands in the published list of stolen passwords, which is looked up by it; nothing else uses one."""
    found = [where.partition(":")[0] for where, _ in calls({"md5", "sha1"})]
    assert found == ["foundation/people/passwords.py"]
