"""Every part of an installation as a CycloneDX 1.6 bill of materials, read from the lock files alone.

Specification: CycloneDX 1.6 (ECMA-424). The same lock files give the same bill, but for its moment.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[3]
PYTHON_LOCK, NODE_LOCK = "requirements/unit.lock", "package-lock.json"
LOCKED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([\w.+!]+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NoLocks(Exception):
    """The lock files are not here."""


def bill(folder: Path, *, at: datetime) -> dict[str, Any]:
    """The bill of materials of the product, from the lock files of a checkout.

    :param at: the moment it is made, UTC
    :raises NoLocks: if they are not in this folder
    """
    parts = [*python_parts(folder), *node_parts(folder)]
    known = json.dumps(parts, sort_keys=True)
    ours = version("casewright")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, known)}",
        "version": 1,
        "metadata": {
            "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "casewright",
                "name": "casewright",
                "version": ours,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": parts,
        "dependencies": [{"ref": "casewright", "dependsOn": [each["bom-ref"] for each in parts]}],
    }


def python_parts(folder: Path) -> Iterator[dict[str, Any]]:
    """The Python packages a unit's installation has."""
    for name, release, rest in LOCKED.findall(_read(folder / PYTHON_LOCK)):
        hashes = [{"alg": "SHA-256", "content": each} for each in HASH.findall(rest)]
        yield _part(f"pkg:pypi/{name}@{release}", name, release, hashes)


def node_parts(folder: Path) -> Iterator[dict[str, Any]]:
    """The packages whose styles, scripts and fonts are served; what only tests use is left out."""
    for path, said in json.loads(_read(folder / NODE_LOCK))["packages"].items():
        if path and not said.get("dev"):
            name = path.rpartition("node_modules/")[2]
            content = base64.b64decode(said["integrity"].removeprefix("sha512-")).hex()
            purl = f"pkg:npm/{name.replace('@', '%40')}@{said['version']}"
            part = _part(purl, name, said["version"], [{"alg": "SHA-512", "content": content}])
            yield part | ({"licenses": [{"license": {"id": said["license"]}}]} if said.get("license") else {})


def _part(purl: str, name: str, release: str, hashes: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": release,
        "purl": purl,
        "hashes": hashes,
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoLocks(
            f"There is no {path.name} in {path.parent}: name a checkout of this version with --folder."
        ) from None
