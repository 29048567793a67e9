"""Each requirement in the table of OWASP's ASVS 5.0 names a test that is there, a file to look into, or a reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = CHECKOUT / "docs" / "reference" / "asvs.csv"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_stands_there_once_in_order() -> None:
    numbers = [[int(n) for n in row["requirement"].split(".")] for row in rows()]
    assert numbers == sorted(numbers)
    assert len({tuple(each) for each in numbers}) == len(numbers)
    assert len(numbers) >= 100


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["requirement"])
def test_its_answer_is_there(row: dict[str, str]) -> None:
    kind, said = row["answered_by"], row["where_or_why"]
    assert row["level"] in ("", "1", "2", "3")
    assert row["in_our_own_words"]
    if kind == "test":
        path, _, name = said.partition("::")
        assert re.search(rf"^def {name}\(", (CHECKOUT / path).read_text(encoding="utf-8"), re.MULTILINE)
    elif kind == "check":
        assert (CHECKOUT / said).is_file()
    else:
        assert kind in ("reason", "open")
        assert len(said) > 40
