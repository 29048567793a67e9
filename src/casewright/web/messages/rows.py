"""What became of the rows of a file that were not accepted: held, refused, or here already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from casewright.areas.traffic.models import Incident
from casewright.foundation.matters.rights import hidden_from, visible_to
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Outcome

MOST = 50
KINDS = {
    "held": ("Held", "No row is held", "A row that cannot be understood is held here with what mends it."),
    "refused": ("Refused", "No row is refused", "A row that can never become a record stands here with the reason."),
    "already": ("Here already", "No row was here already", "A row given before is not taken in or held twice."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """One way to narrow the list: its word, how many rows, where, and whether it is the one shown."""

    text: str
    count: int
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that will not become a record: what it says, why not, what mends it and who refused it."""

    row: int
    href: str
    field: str
    value: str
    why: str
    cure: str
    by: str


@dataclass(frozen=True, slots=True)
class AlreadyHere:
    """A row given before: its matter, and the row that brought it; empty if not for this person.

    ``held`` says where the same row is held, for a row that became no matter yet.
    """

    row: int
    matter: str
    matter_href: str
    first: str
    first_href: str
    matter_id: int | None = None
    held: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """The part of a file's page below its count: which kind of rows is shown, and the counts of all kinds."""

    kind: str
    chips: tuple[Chip, ...]
    fact: str
    filler: str


def fate(count: dict[str, int], *, asked: str) -> Fate:
    """Which kind of rows to show: the one asked for, else the first kind that has any."""
    kind = asked if asked in KINDS else next((name for name in KINDS if count[name]), "held")
    chips = tuple(Chip(KINDS[name][0], count[name], f"?shown={name}", name == kind) for name in KINDS)
    return Fate(kind, chips, *KINDS[kind][1:])


def refused_rows(file: IntakeFile) -> list[RefusedRow]:
    """Rows refused when read, or by a person with a reason: one statement."""
    items = HeldItem.objects.filter(file=file, state="refused").select_related("settled_by")
    return [
        RefusedRow(
            item.row_number or 0,
            reverse("held_row", kwargs={"held_id": item.id}),
            item.field,
            "(removed)" if item.emptied_at else item.value,
            item.reason,
            item.remedy,
            _refused_by(item),
        )
        for item in items.order_by("row_number")[:MOST]
    ]


def _refused_by(item: HeldItem) -> str:
    """Who refused it and why, as far as it is still kept."""
    if item.settled_by:
        return ": ".join(filter(None, (item.settled_by.name, item.settled_why)))
    unmended = item.emptied_at is not None and item.settled_at == item.emptied_at
    return f"Casewright: {item.settled_why}" if unmended else "Casewright, when it was read"


def rows_here_already(actor: Any, file: IntakeFile) -> list[AlreadyHere]:
    """Rows given before, each with its matter or where it is held, and the row that brought it: four statements."""
    rows = _seen(actor, IntakeRow.objects.filter(file=file, outcome=Outcome.DUPLICATE))
    rows = list(rows.order_by("number")[:MOST])
    held = _held_before([row.repeats_id for row in rows if row.repeats_id])
    # a row mended while this one was read: its matter is told by the held row
    of = {row.number: row.matter_id or _matter_of(held.get(row.repeats_id)) for row in rows}
    mine = visible_to(actor).filter(id__in=[matter_id for matter_id in of.values() if matter_id])
    known = dict(mine.values_list("id", "reference"))
    came = {each.matter_id: each for each in Incident.objects.filter(matter_id__in=known)}
    files = IntakeFile.objects.filter(id__in={each.intake_file_id for each in came.values()})
    names = dict(files.values_list("id", "reference"))
    return [
        _already(row.number, of[row.number], known, came.get(of[row.number] or 0), names)
        if of[row.number] or row.repeats_id not in held
        else _held_already(row.number, held[row.repeats_id])
        for row in rows
        if of[row.number] is None or of[row.number] in known
    ]


def _held_before(ids: list[int]) -> dict[int, HeldItem]:
    """Held rows by their ids, with their files; no statement where none is asked for."""
    return HeldItem.objects.select_related("file").in_bulk(ids) if ids else {}


def _matter_of(held: HeldItem | None) -> int | None:
    return held.matter_id if held else None


def _held_already(number: int, first: HeldItem) -> AlreadyHere:
    said = {"held": "Held, to mend", "refused": "Refused"}.get(first.state, "Mended")
    where = f"{first.file.reference}, row {first.row_number}" if first.file else ""
    return AlreadyHere(number, "", "", where, reverse("held_row", kwargs={"held_id": first.id}), held=said)


def _already(
    number: int, matter_id: int | None, known: dict[int, str], came: Incident | None, files: dict[int, str]
) -> AlreadyHere:
    if matter_id not in known or matter_id is None:
        return AlreadyHere(number, "", "", "", "")
    reference = files.get(came.intake_file_id, "") if came and came.intake_file_id else ""
    return AlreadyHere(
        number,
        known[matter_id],
        reverse("matter", kwargs={"matter_id": matter_id}),
        f"{reference}, row {came.intake_row}" if came and reference else "",
        reverse("intake_file", kwargs={"file_id": came.intake_file_id}) if came and reference else "",
        matter_id,
    )


def outcomes_of(actor: Any, file: IntakeFile) -> dict[str, int]:
    """How many rows of the file are of each kind shown here: one statement."""
    rows = _seen(actor, IntakeRow.objects.filter(file=file))
    found = dict(rows.values_list("outcome").annotate(count=Count("number")))
    kinds = {"held": Outcome.HELD, "refused": Outcome.REFUSED, "already": Outcome.DUPLICATE}
    return {name: found.get(outcome, 0) for name, outcome in kinds.items()}


def _seen(actor: Any, rows: Any) -> Any:
    """Rows without those that became matters this person may not see."""
    return rows.filter(Q(matter_id__isnull=True) | ~Q(matter_id__in=hidden_from(actor).values("id")))
