"""A list of known weaknesses brought in as a file, for servers that reach no list: records in the OSV format.

Format: OSV schema 1.6 (a JSON document a weakness), as published for each ecosystem in one zip, or unpacked.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
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

    :raises NoList: if a path is neither a zip nor a folder with OSV records
    """
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    last = min(_read_one(path, found) for path in paths)
    return List(dict(found), last, frozenset(ecosystem for ecosystem, _ in found))


def _read_one(path: Path, found: dict[tuple[str, str], list[Record]]) -> datetime:
    last = ""
    for record in _records(path):
        last = max(last, str(record.get("modified", "")))
        for each in record.get("affected", ()):
            package = each.get("package", {})
            key = (package.get("ecosystem", ""), canonicalize_name(package.get("name", "")))
            found[key].append({"id": record["id"], "withdrawn": record.get("withdrawn"), **each})
    if not last:
        raise NoList(
            f"{path} holds no OSV records: name the zip of an ecosystem, or the folder it was unpacked in."
        )
    return datetime.fromisoformat(last)


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
    if version in affected.get("versions", ()):
        return True
    ranges = [each for each in affected.get("ranges", ()) if each.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_within(each.get("events", ()), version) for each in ranges)


def _within(events: Any, version: str) -> bool:
    """OSV's own rule: the last event at or below the version says whether it is reached."""
    try:
        ours, inside = Version(version), False
        for event in sorted(events, key=_place):
            kind, said = next(iter(event.items()))
            at = Version("0") if said == "0" else Version(said)
            if kind == "introduced" and ours >= at:
                inside = True
            elif (kind == "fixed" and ours >= at) or (kind == "last_affected" and ours > at):
                inside = False
    except InvalidVersion:
        return True
    return inside


def _place(event: dict[str, str]) -> tuple[Version, bool]:
    kind, said = next(iter(event.items()))
    return Version("0") if said == "0" else Version(said), kind == "introduced"


def _mended(affected: Record) -> Iterator[str]:
    for each in affected.get("ranges", ()):
        yield from (event["fixed"] for event in each.get("events", ()) if "fixed" in event)


def _records(path: Path) -> Iterator[Record]:
    if path.is_dir():
        texts: Iterator[str] = (each.read_text(encoding="utf-8") for each in sorted(path.rglob("*.json")))
    elif zipfile.is_zipfile(path):
        texts = _zipped(path)
    else:
        raise NoList(
            f"There is no list in {path}: name a zip of OSV records, or the folder it was unpacked in."
        )
    for text in texts:
        try:
            record = json.loads(text)
        except ValueError:
            continue
        if isinstance(record, dict) and "id" in record:
            yield record


def _zipped(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.endswith(".json"):
                yield packed.read(name).decode("utf-8", "replace")
