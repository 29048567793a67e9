"""What a mutant is: one change of one operator, comparison, number, truth value, condition, branch or returned value.

Words are left alone: no sentence is judged here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Lt: ast.LtE,
    ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One changed module: its name, its source, which node is changed and how."""

    module: str
    source: str
    place: int
    change: str
    line: int

    def __str__(self) -> str:
        return f"{self.module} line {self.line}: {self.change}"

    def tree(self) -> ast.Module:
        """The module with the one change made."""
        changed = ast.parse(self.source)
        apply(
            next(node for number, node in enumerate(ast.walk(changed)) if number == self.place), self.change
        )
        return ast.fix_missing_locations(changed)


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    for place, node in enumerate(ast.walk(ast.parse(source))):
        for change in changes(node):
            yield Mutant(module, source, place, change, getattr(node, "lineno", 0))


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
