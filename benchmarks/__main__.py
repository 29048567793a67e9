"""``python3 run.py bench [--json] [--quick]``: the figures, on a database of their own with full durability."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure
from casewright.commands.machine.postgres import Cluster


def main() -> int:
    """Take every figure; 0 if each share that was asked for is reached."""
    arguments = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    arguments.add_argument("--json", action="store_true", help="answer in JSON")
    arguments.add_argument("--quick", action="store_true", help="smaller sizes, for trying it out")
    chosen = arguments.parse_args()
    with on_a_database() as address:
        found = _figures(address, (2_000, 200, 40) if chosen.quick else (20_000, 1_000, 200), not chosen.json)
    if chosen.json:
        print(json.dumps([each.as_json() for each in found], indent=1))
    return int(not all(each.reached for each in found))


@contextmanager
def on_a_database() -> Iterator[str]:
    """A migrated database of its own and Django upon it, both gone afterwards; its address."""
    folder = Path(
        tempfile.mkdtemp(prefix="casewright-bench-")
    )  # on disk, not in memory: COMMIT must reach it
    cluster = Cluster(folder / "pg")
    try:
        cluster.start()
        _environment(cluster, folder)
        yield cluster.url("cw_owner")
    finally:
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(cluster: Cluster, folder: Path) -> None:
    os.environ |= {
        "DATABASE_URL": cluster.url("cw_owner"),
        "CASEWRIGHT_SECRET_KEY": secrets.token_urlsafe(48),
        "CASEWRIGHT_DEMO": "1",
        "CASEWRIGHT_HOSTS": "testserver",
        "CASEWRIGHT_FILES": str(folder / "files"),
        "CASEWRIGHT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "casewright.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _figures(address: str, sizes: tuple[int, int, int], aloud: bool) -> list[Figure]:
    from django.db import connection

    from benchmarks import decisions, law, log, measured, replays

    rows, letters, requests = sizes
    with measured.this_morning():
        force = measured.unit()
        takes: list[Callable[[], list[Figure]]] = [
            lambda: law.figures(lines=50 * rows),
            lambda: decisions.figures(number=rows),
            # before the intakes: what they have just written goes to disk meanwhile, and is no cost of a look
            lambda: [log.page(force, requests=20 * requests)],
            lambda: [measured.intake(force, address, rows=rows, rounds=5)],
            lambda: [measured.print_run(force, letters=letters, rounds=5)],
            lambda: measured.pages(requests=requests, rounds=3),
            lambda: [log.intake(force, rows=rows // 2, rounds=3)],
            lambda: [replays.figure(number=10 * rows)],  # last: what it stores keeps the database busy afterwards
        ]
        found = _taken(takes, aloud)
    connection.close()
    connection.close_pool()
    return found


def _taken(takes: list[Callable[[], list[Figure]]], aloud: bool) -> list[Figure]:
    """Take each figure; aloud, each is printed as it comes."""
    found: list[Figure] = []
    if aloud:
        print("  figure                                  ours of the limit               share", flush=True)
    for take in takes:
        fresh = take()
        found += fresh
        if aloud:
            print(*fresh, sep="\n", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
