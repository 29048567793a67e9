"""The journal is complete: what stands in docs/reference/acts.csv for an act is what it writes, no more and no less."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import given
from tests.attacks import hostile_world
from tests.attacks.crawler import client_of
from tests.web import deeds, prepared
from tests.web.acts import SENT, Sent, filled
from tests.web.test_rights import names, wanted

from casewright.commands import main
from casewright.commands.work import HANDLERS
from casewright.flows.daily_round import MOVERS
from casewright.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "acts.csv"
SIGN_IN = "/sign-in?"  # where somebody who is not signed in is sent


class Row(NamedTuple):
    """What an act writes: verb and operation, as often as it is written; which other test does it, or why none does."""

    writes: list[str]
    driven_in: str
    not_driven: str


def table(kind: str) -> dict[str, Row]:
    """The rows of a kind of act, by the act's name."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["act"]: read(row) for row in csv.DictReader(file) if row["kind"] == kind}


def read(row: dict[str, str]) -> Row:
    """A row as it was written: a verb for each operation, and after an x how often where it is more than once."""
    verbs, operations = (row[name].split(";") if row[name] else [] for name in ("verbs", "operations"))
    writes: list[str] = []
    for said, operation in zip(verbs, operations, strict=True):
        verb, _, often = said.partition(" x")
        writes += [f"{verb} {operation}"] * int(often or 1)
    return Row(writes, row["driven_in"], row["not_driven"])


def driven(kind: str) -> dict[str, list[str]]:
    """The acts of a kind that are done here, with what each writes."""
    return {
        act: row.writes for act, row in table(kind).items() if not row.not_driven and not row.driven_in
    }


def entries(act: Callable[[], Any]) -> list[str]:
    """Each verb with its operation that an act writes, sorted."""
    before = max(Entry.objects.values_list("id", flat=True), default=0)
    act()
    made = Entry.objects.filter(id__gt=before).values_list("verb", "operation")
    return sorted(f"{verb} {operation}" for verb, operation in made)


def written(sent: Sent, there: Any) -> list[str]:
    """What one form, sent as a browser sends it, writes; all is undone."""
    world = prepared.World(**vars(there))
    with transaction.atomic():
        world.client = client_of(given.person(sent.who)) if sent.who else Client()
        sent.before(world)
        client = world.client if sent.who else Client()
        client.raise_request_exception = True
        fields = {name: filled(value, world) for name, value in sent.fields.items()}
        said: list[Any] = []
        found = entries(lambda: said.append(sent.send(client, filled(sent.to, world), fields)))
        transaction.set_rollback(True)
    assert said[0].status_code == sent.answers, (sent.to, said[0].status_code)
    assert not said[0].get("Location", "").startswith(SIGN_IN) or "password/" in sent.to, sent.to
    return found


def undone(send: Callable[[str], Any], path: str) -> tuple[int, list[str]]:
    """The status of an answer and what asking for it writes; all is undone."""
    said: list[Any] = []
    with transaction.atomic():
        found = entries(lambda: said.append(send(path)))
        transaction.set_rollback(True)
    return said[0].status_code, found


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert {act.partition(" ")[0] for act in table("route")} == names()


def test_each_form_writes_what_the_table_says(settings: Any) -> None:
    settings.CASEWRIGHT_DEMO = True
    with_forms = {act: writes for act, writes in driven("route").items() if act in SENT}
    assert set(with_forms) == set(SENT)
    world, wrong = prepared.a_world(), []
    with given.on(given.MONDAY, 15):
        for act, writes in with_forms.items():
            found = written(SENT[act], world)
            wrong += [(act, found)] if found != sorted(writes) else []
    assert wrong == [], "\n".join(map(str, wrong))


def test_a_look_and_an_empty_form_write_nothing() -> None:
    """Every address asked without anything to act on, by those who may: only what needs no field is an act."""
    hostile_world.a_world()
    there, wrong, opened = hostile_world.there(), [], set()
    rows = driven("route")
    looks = {act for act in rows if act not in SENT}
    assert all(rows[act] == [] for act in looks)
    with given.on(given.MONDAY, 15):
        for role in ("Ruth Alder", "Agnes Dray", "Theo Marsh"):
            client = client_of(given.person(role))
            for name in looks:
                if not all(there.get(place) for place in wanted(name)):
                    continue
                path = reverse(name, kwargs={place: there[place][0] for place in wanted(name)})
                for send in (client.get, client.post):
                    status, found = undone(send, path)
                    if status in (403, 404):
                        assert found == ["people.refuse consultation"], path
                        continue
                    opened |= {name} if status == 200 else set()
                    wrong += [(name, found)] if found else []
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(opened) >= 28, sorted(looks - opened)


def test_each_command_writes_what_the_table_says(tmp_path: Path) -> None:
    wrong_names = sorted(set(table("command")) ^ commands())
    assert wrong_names == [], " | ".join(wrong_names)
    assert set(driven("command")) == set(deeds.COMMANDS)
    world, wrong = prepared.a_world(), []
    with given.on(given.MONDAY, 15):
        for act, writes in driven("command").items():
            with transaction.atomic():
                line = deeds.COMMANDS[act](world, tmp_path)
                found = entries(lambda act=act, line=line: deeds.call(act, line))  # type: ignore[misc]
                transaction.set_rollback(True)
            wrong += [(act, found)] if found != sorted(writes) else []
    assert wrong == [], "\n".join(map(str, wrong))


def commands() -> set[str]:
    """Every command there is, with its subcommand where it has some."""
    found = set()
    for name in main.names():
        module = main.import_module(f"casewright.commands.{name.replace('-', '_')}") if name != "dj" else None
        known = getattr(typer.main.get_command(module.app), "commands", None) if module else None
        found |= {f"{name} {each}" for each in known} if known else {name}
    return found


def test_each_job_writes_what_the_table_says() -> None:
    assert set(driven("job")) == set(deeds.JOBS)
    assert set(HANDLERS) | set(MOVERS) <= set(table("job"))
    world, wrong = prepared.a_world(), []
    for act, writes in driven("job").items():
        with transaction.atomic(), given.on(given.MONDAY, 15):
            own = prepared.World(**vars(world))
            deed = deeds.JOBS[act](own)
            found = entries(deed)
            transaction.set_rollback(True)
        wrong += [(act, found)] if found != sorted(writes) else []
    assert wrong == [], "\n".join(map(str, wrong))


NOT_DRIVEN = {"route": 0, "command": 3, "job": 0}


def test_what_another_test_does_is_done_there() -> None:
    for kind in NOT_DRIVEN:
        for act, row in table(kind).items():
            path, _, name = row.driven_in.partition("::")
            if path:
                said = (TABLE.parents[2] / path).read_text(encoding="utf-8")
                assert f"def {name}(" in said, act
                assert "acts.csv" in said, act


def test_what_no_test_here_does_is_named_and_does_not_grow(capsys: Any) -> None:
    gaps = {kind: [a for a, row in table(kind).items() if row.not_driven] for kind in NOT_DRIVEN}
    for kind, missing in gaps.items():
        assert all(table(kind)[act].not_driven.startswith("not driven: ") for act in missing)
    with capsys.disabled():
        print(f"\nacts not driven: {gaps}")
    assert {kind: len(missing) for kind, missing in gaps.items()} == NOT_DRIVEN
