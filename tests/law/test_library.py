"""The library stands alone: standard library only, no clock, no network, no Django; its reference is current."""

import ast
import doctest
import subprocess
import sys
from pathlib import Path

import casewright.law
from casewright.law import handbook

ROOT = Path(casewright.law.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
ALONE = """
import sys
sys.path[:0] = [{src!r}]
from casewright import law
from datetime import date
found = law.deadline("nip-14", {{"offence_on": "2026-12-12"}}, on=date(2026, 12, 12))
assert found.step("post_by").on == date(2026, 12, 22)
known = set(sys.stdlib_module_names) | {{"casewright", "__main__"}}
strange = sorted({{name.split(".")[0] for name in sys.modules}} - known)
strange = [name for name in strange if not name.startswith("_sysconfigdata")]
print(strange)
"""


def test_the_law_is_imported_in_an_environment_without_anything_else() -> None:
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE.format(src=str(ROOT.parent.parent))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_the_law_imports_only_the_standard_library_and_itself() -> None:
    allowed = set(sys.stdlib_module_names) | {"casewright"}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in allowed, (source.name, name)
                assert not name.startswith("casewright.") or name.startswith("casewright.law"), (
                    source.name,
                    name,
                )


def test_the_law_never_reads_the_clock() -> None:
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        for reading in (".now(", ".today(", ".utcnow(", "time.time("):
            assert reading not in text, (source.name, reading)


def test_the_reference_names_every_rule_with_its_examples() -> None:
    told = handbook.reference()
    for rule in casewright.law.rules():
        assert f"### {rule.id}: {rule.name}\n" in told
    assert "—" not in told


def test_the_reference_in_the_docs_is_the_one_the_catalogue_gives() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "law.md"
    assert page.read_text(encoding="utf-8") == handbook.reference(), (
        "run: casewright law docs docs/reference/law.md"
    )


def test_what_the_system_knows_is_listed_row_by_row_and_current() -> None:
    told = handbook.coverage()
    page = Path(__file__).parents[2] / "docs" / "reference" / "law-coverage.md"
    assert page.read_text(encoding="utf-8") == told, (
        "run: casewright law docs --coverage docs/reference/law-coverage.md"
    )
    assert sum(line.startswith("| nip-14 |") for line in told.splitlines()) == 2
    assert casewright.law.CHECKED.isoformat() == "2026-11-22"


def test_every_example_in_the_page_about_the_library_runs() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "law-library.md"
    failed, tried = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert (failed, tried > 20) == (0, True)


def test_confidence_is_said_in_words() -> None:
    assert handbook.confidence("H T") == "high, provision text read"
    assert handbook.confidence("H T, M count") == "high, provision text read, middling, count"
