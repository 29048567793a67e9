"""Whether the log is as it was sealed, and if not, the first row that was altered, removed or inserted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from casewright.foundation.journal.seals import (
    COLUMNS,
    DIGEST,
    LEAF,
    LOCK,
    as_written_alike,
    leaves_of,
    sum_up,
)

# Seals compared at the same time, each on a connection of its own: the work is the database's, on its processors.
AT_ONCE = max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is not as it was sealed."""

    what: str
    table: str
    row: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        row = f" row {self.row:,}" if self.row is not None else ""
        seal = f" (seal {self.seal:,})" if self.seal is not None else ""
        return f"{self.table}{row} {self.what}{seal}"


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was compared, how much is not under a seal yet, and the first fault."""

    seals: int
    rows: int
    unsealed: int
    exported: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class _Seal:
    id: int
    sealed: str
    from_tx: int
    until_tx: int
    rows: int
    previous: bytes
    digest: bytes
    whole: bool


def verify(exported: Iterable[dict[str, Any]] = (), *, workers: int = AT_ONCE) -> Verified:
    """Compare every seal with its rows, the chain with itself and with what was exported, and words with their hashes.

    :param exported: seals as they were exported, oldest first (`read_exported`)
    """
    outside = {
        each["id"]: each for each in exported
    }  # read first: a seal made meanwhile is not one that is gone
    sum_up()
    seals = _seals()
    fault = _chain(seals, outside) or _first_of(_tasks(seals), workers)
    return Verified(len(seals), sum(each.rows for each in seals), _unsealed(), len(outside), fault)


def _seals() -> list[_Seal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, sealed, from_tx, until_tx, rows, previous, digest, {DIGEST} = digest"  # noqa: S608
            " FROM journal_seal ORDER BY id"
        )
        return [
            _Seal(number, table, first, until, rows, bytes(previous), bytes(digest), whole)
            for number, table, first, until, rows, previous, digest, whole in cursor.fetchall()
        ]


def _chain(seals: list[_Seal], outside: dict[int, dict[str, Any]]) -> Fault | None:
    """Each seal holds what it says, follows the one before, and is the one that was exported."""
    previous, until = b"", dict.fromkeys(COLUMNS, 0)
    for each in seals:
        if not each.whole or each.previous != previous or each.from_tx != until.get(each.sealed):
            return Fault("is not the seal that was made", "journal_seal", each.id)
        told = outside.get(each.id)
        if told is not None and told["digest"] != each.digest.hex():
            return _against(told, "is not the seal that was exported")
        previous, until[each.sealed] = each.digest, each.until_tx
    gone = sorted(set(outside) - {each.id for each in seals})
    return _against(outside[gone[0]], "is gone; it was exported") if gone else None


def _against(told: dict[str, Any], otherwise: str) -> Fault:
    """The first row that is not as the exported seal has it, else what is wrong with the seal itself."""
    span = _Seal(told["id"], told["sealed"], told["from_tx"], told["until_tx"], told["rows"], b"", b"", True)
    found = _first_bad(span, bytes.fromhex(told["leaves"]))
    return found or Fault(otherwise, "journal_seal", told["id"])


def _tasks(seals: list[_Seal]) -> list[Callable[[], Fault | None]]:
    """All there is to compare: each seal with its rows, and words with their hashes."""
    rows = [partial(_compare, each) for each in seals]
    return [*rows, *(partial(_words, *each) for each in _WORDS)]


def _first_of(tasks: list[Callable[[], Fault | None]], workers: int) -> Fault | None:
    """The first fault in the order of the tasks, which are done a few at a time."""
    if workers == 1:
        return next((fault for fault in (task() for task in tasks) if fault), None)
    with ThreadPoolExecutor(workers) as pool:
        for fault in pool.map(_apart, tasks):
            if fault:
                pool.shutdown(cancel_futures=True)
                return fault
    return None


def _apart(task: Callable[[], Fault | None]) -> Fault | None:
    try:
        return task()
    finally:
        connection.close()


def _compare(seal: _Seal) -> Fault | None:
    with transaction.atomic(), connection.cursor() as cursor:
        as_written_alike(cursor)
        cursor.execute(
            f"SELECT now_.leaves = s.leaves FROM journal_seal s, ({leaves_of(seal.sealed)}) AS now_"  # noqa: S608
            " WHERE s.id = %(seal)s",
            {"from": seal.from_tx, "until": seal.until_tx, "seal": seal.id},
        )
        if cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT leaves FROM journal_seal WHERE id = %s", [seal.id])
        return _first_bad(seal, bytes(cursor.fetchone()[0]))


def _first_bad(seal: _Seal, leaves: bytes) -> Fault | None:
    """The first row by id that differs from the leaves; a former version that a destroy erased is no fault."""
    with transaction.atomic(), connection.cursor() as cursor:
        as_written_alike(cursor)
        cursor.execute(leaves_of(seal.sealed), {"from": seal.from_tx, "until": seal.until_tx})
        now = dict(_read(bytes(cursor.fetchone()[1])))
        cursor.execute("SELECT matter_id FROM matters_destruction WHERE approved_at IS NOT NULL")
        destroyed = {row[0] for row in cursor.fetchall()} if seal.sealed == "journal_fieldhistory" else set()
    then = dict(_read(leaves))
    for row in sorted(then.keys() | now.keys()):
        if row not in now:
            if then[row][0] not in destroyed:
                return Fault("was removed", seal.sealed, row, seal.id)
        elif row not in then:
            return Fault("was inserted", seal.sealed, row, seal.id)
        elif then[row] != now[row]:
            return Fault("was altered", seal.sealed, row, seal.id)
    return None


def _read(leaves: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Leaves as id, and matter with digest."""
    for start in range(0, len(leaves), LEAF):
        row, matter = (int.from_bytes(leaves[start + n : start + n + 8]) for n in (0, 8))
        yield row, (matter, leaves[start + 16 : start + LEAF])


# Words stand beside their entry, under its hash: (table, what happened, the first such row). They go with a destroy;
# those about a held row of no matter go when it is removed after its last day, which has an entry of that moment.
_WORDS = (
    ("journal_entry", "has words that were altered", """
      SELECT e.id FROM journal_entrytext t JOIN journal_entry e ON e.id = t.entry_id AND e.at = t.at
      WHERE e.text_hash <> encode(sha256(convert_to(t.salt || t.text, 'UTF8')), 'hex') ORDER BY e.id LIMIT 1"""),
    ("journal_entry", "has words that were removed without a destroy", """
      SELECT e.id FROM journal_entry e
      WHERE e.text_hash <> '' AND NOT EXISTS (SELECT FROM journal_entrytext t WHERE t.entry_id = e.id)
        AND NOT EXISTS (SELECT FROM matters_destruction d WHERE d.matter_id = e.matter_id
          AND d.approved_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM messages_helditem h JOIN journal_entry gone
          ON gone.verb = 'held.remove' AND gone.at = h.emptied_at
          WHERE e.subject_kind = 'held' AND e.matter_id IS NULL AND h.id = e.subject_id) ORDER BY e.id LIMIT 1"""),
    ("journal_entry", "has words that were inserted", """
      SELECT t.entry_id FROM journal_entrytext t
      WHERE NOT EXISTS (SELECT FROM journal_entry e WHERE e.id = t.entry_id AND e.at = t.at)
      ORDER BY t.entry_id LIMIT 1"""),
    ("journal_consultation", "has a search that was altered", """
      SELECT c.id FROM journal_searchwords w JOIN journal_consultation c ON c.id = w.consultation_id
      WHERE c.text_hash <> encode(sha256(convert_to(w.salt || w.words, 'UTF8')), 'hex') ORDER BY c.id LIMIT 1"""),
)  # fmt: skip


def _words(table: str, what: str, statement: str) -> Fault | None:
    """The first entry whose words are not those it was written with, or are gone without a destroy."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchone()
    return Fault(what, table, found[0]) if found else None


def _unsealed() -> int:
    """Rows that no seal covers yet: 0 a few minutes after the last act."""
    total = 0
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE tx >= (SELECT coalesce(max(until_tx), 0)"  # noqa: S608
                " FROM journal_seal WHERE sealed = %s)",
                [table],
            )
            total += cursor.fetchone()[0]
    return total


def export(folder: Path) -> int:
    """Write the seals that were not exported yet into a new file of the folder; how many.

    The folder is to be copied off the machine, or to be a locked store: what is there cannot be forged here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)", [LOCK]
        )  # one exporter at a time: workers begin together
        last = max((each["id"] for each in read_exported(folder)), default=0)
        cursor.execute(
            "SELECT id, at, sealed, from_tx, until_tx, rows, previous, digest, leaves FROM journal_seal"
            " WHERE id > %s ORDER BY id",
            [last],
        )
        rows = cursor.fetchall()
        if rows:
            _write(folder / f"seals-{rows[0][0]:09d}-{rows[-1][0]:09d}.jsonl", rows)
    return len(rows)


def _write(name: Path, rows: list[tuple[Any, ...]]) -> None:
    part = name.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_told(row)) + "\n" for row in rows)
    part.rename(name)


def _told(row: tuple[Any, ...]) -> dict[str, Any]:
    names = ("id", "at", "sealed", "from_tx", "until_tx", "rows")
    told = dict(zip(names, row[:6], strict=True)) | {"at": row[1].isoformat()}
    return told | {n: bytes(v).hex() for n, v in zip(("previous", "digest", "leaves"), row[6:], strict=True)}


def read_exported(folder: Path) -> Iterator[dict[str, Any]]:
    """The seals exported to a folder, oldest first."""
    for path in sorted(folder.glob("seals-*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)
