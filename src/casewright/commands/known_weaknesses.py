"""A list of known weaknesses brought in as a file, for servers that reach no list: records in the OSV format.

Format: OSV schema 1.6 (a JSON document a weakness), as published for each ecosystem in one zip, or unpacked.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
LARGEST = 20_000_000  # bytes of one record; the largest published have a few hundred thousand
FIXED, LAST_AFFECTED, INTRODUCED = range(3)  # in the order in which they count at one version
KINDS = {"fixed": FIXED, "last_affected": LAST_AFFECTED, "introduced": INTRODUCED}
Record = dict[str, Any]


class NoList(Exception):
    """The file holds no list; the sentence says what was expected."""


@dataclass(frozen=True, slots=True)
class Weak:
    """A part with a known weakness: its address (purl), the weakness, and the versions that mend it."""

    part: str
    weakness: str
    mended_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class List:
    """Records by ecosystem and name of package, and the moment of the list's last word (UTC)."""

    records: dict[tuple[str, str], list[Record]]
    last_word: datetime
    ecosystems: frozenset[str]


def read(*paths: Path) -> List:
    """Read a list for each ecosystem, whole; the last word of all is that of the oldest of them.

    :raises NoList: if a path is neither a zip nor a folder with OSV records, or any of them cannot be read: what is
        not understood might be the very weakness that reaches us
    """
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    covered: set[str] = set()
    words = []
    for path in paths:
        last: datetime | None = None
        of_folder: dict[str, set[str]] = {}
        for folder, name, text in _texts(path):
            record = _record(path, name, text)
            last = max(last or record.modified, record.modified)
            of_folder[folder] = of_folder.get(folder, record.ecosystems) & record.ecosystems
            for key, affected in record.affected:
                found[key].append(affected)
        if last is None:
            raise NoList(
                f"{path} holds no OSV records: name the zip of an ecosystem, or the folder it was unpacked in."
            )
        words.append(last)
        covered.update(*of_folder.values())
    return List(dict(found), min(words), frozenset(covered))


@dataclass(frozen=True, slots=True)
class _Read:
    """One record: its own last word, which ecosystems it speaks of, and what it says of each package."""

    modified: datetime
    ecosystems: set[str]
    affected: list[tuple[tuple[str, str], Record]]


def _record(path: Path, name: str, text: bytes) -> _Read:
    """One record of a list, or NoList with the sentence that says which could not be read.

    A list covers an ecosystem only if each of its records is about it: the list of one names others here and there.
    """
    try:
        record = json.loads(text)
        shared = {"id": _word(record["id"]), "withdrawn": record.get("withdrawn")}
        affected = [
            (_key(each["package"]), {**each, **shared})
            for each in record.get("affected", ())
            if "package" in each
        ]
        return _Read(_moment(record["modified"]), {key[0] for key, _ in affected}, affected)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NoList(f"{name} in {path} is no OSV record that can be read. Bring the list in anew.") from None


def _word(said: Any) -> str:
    if not isinstance(said, str) or not said:
        raise ValueError
    return said


def _key(package: Record) -> tuple[str, str]:
    return _word(package["ecosystem"]), canonicalize_name(_word(package["name"]))


def _moment(said: str) -> datetime:
    """When a record was last changed; without a zone it is UTC, as OSV has it."""
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def weak_parts(parts: list[dict[str, Any]], known: List) -> list[Weak]:
    """Each part of a bill (CycloneDX components) with each weakness of the list that reaches its version."""
    weak = []
    for part in parts:
        for record in known.records.get((ecosystem_of(part), canonicalize_name(part["name"])), ()):
            if not record["withdrawn"] and reaches(record, part["version"]):
                weak.append(Weak(part["purl"], record["id"], tuple(_mended(record))))
    return weak


def ecosystem_of(part: dict[str, Any]) -> str:
    """Which list a part of a bill (a CycloneDX component) stands in, by its address."""
    return ECOSYSTEMS[part["purl"].removeprefix("pkg:").partition("/")[0]]


def reaches(affected: Record, version: str) -> bool:
    """Whether a weakness reaches a version: it is listed, or lies in a range. What cannot be read counts as reached."""
    try:
        versions, ranges = affected.get("versions") or (), affected.get("ranges") or ()
        told = [each for each in ranges if each.get("type") in ("ECOSYSTEM", "SEMVER")]
        if version in versions or not (versions or told):
            return True
        return any(_within(each["events"], version) for each in told)
    except (InvalidVersion, ValueError, TypeError, KeyError, AttributeError):
        return True


def _within(events: Any, version: str) -> bool:
    """OSV's own rule: the last event at or below the version says whether it is reached."""
    ours, inside = Version(version), False
    for at, kind in sorted(_places(events)):
        if kind == INTRODUCED and ours >= at:
            inside = True
        elif (kind == FIXED and ours >= at) or (kind == LAST_AFFECTED and ours > at):
            inside = False
    return inside


def _places(events: Any) -> Iterator[tuple[Version, int]]:
    for event in events:
        for kind, said in event.items():
            if kind in KINDS:
                yield Version("0" if said == "0" else said), KINDS[kind]


def _mended(affected: Record) -> Iterator[str]:
    """The versions that mend it, as far as they can be read."""
    for each in affected.get("ranges") or ():
        events = each.get("events") if isinstance(each, dict) else None
        yield from (
            str(event["fixed"]) for event in events or () if isinstance(event, dict) and "fixed" in event
        )


def _texts(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each record's folder, name and text.

    :raises NoList: if one of them cannot be read, or is larger than any record is
    """
    try:
        if path.is_dir():
            yield from _unpacked(path)
        elif zipfile.is_zipfile(path):
            yield from _zipped(path)
        else:
            raise NoList(
                f"There is no list in {path}: name a zip of OSV records, or the folder it was unpacked in."
            )
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as broken:
        raise NoList(f"{path} cannot be read whole ({broken}). Bring the list in anew.") from None


def _unpacked(path: Path) -> Iterator[tuple[str, str, bytes]]:
    for each in sorted(path.rglob("*.json")):
        _must_be_small(path, each.name, each.stat().st_size)
        yield str(each.parent), each.name, each.read_bytes()


def _zipped(path: Path) -> Iterator[tuple[str, str, bytes]]:
    with zipfile.ZipFile(path) as packed:
        for each in packed.infolist():
            if each.filename.endswith(".json"):
                _must_be_small(path, each.filename, each.file_size)
                yield each.filename.rpartition("/")[0], each.filename, packed.read(each)


def _must_be_small(path: Path, name: str, size: int) -> None:
    if size > LARGEST:
        raise NoList(
            f"{name} in {path} is larger than any OSV record ({LARGEST:,} bytes). Bring the list in anew."
        )
