"""How the fields of a matter came to be what they are: each former version beside the one after it.

The trigger keeps former versions by transaction; who changed them, and when, says the journal's entry in the same one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from casewright.foundation.journal.models import Entry, FieldHistory
from casewright.foundation.journal.sentences import SYSTEM
from casewright.foundation.matters.models import Matter, MatterStatus
from casewright.foundation.matters.models.matter import Consequence
from casewright.foundation.people.models import Team, User
from casewright.foundation.reference.models import Force
from casewright.web import words

MOST = 200
NOTHING = "nothing"
# Table: what its row is called, and its columns in words; a column that is not here is bookkeeping of ours.
FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "matters_matter": ("Matter", {
        "reference": "Reference", "kind": "Kind", "status": "Stands at", "title": "Title", "force_id": "Force",
        "team_id": "Team", "owner_id": "Owner", "queue": "Queue", "sensitivity": "Who may see it",
        "next_act": "Next act", "next_act_by": "Next act by", "next_consequence": "If that is missed",
        "next_flag": "Flag", "opened_at": "Opened", "closed_at": "Closed", "closed_reason": "Why it is closed",
        "retain_until": "Kept until",
    }),
    "parties_party": ("Person", {
        "role": "Part in it", "kind": "Person or organisation", "name": "Name", "address": "Address",
        "country": "Country", "born_on": "Born", "language": "Language", "source": "Source",
    }),
    "parties_vehicle": ("Vehicle", {
        "registration_mark": "Mark", "make": "Make", "model": "Model", "colour": "Colour",
        "vehicle_class": "Class", "source": "Source",
    }),
    "matters_note": ("Note", {"text": "Words", "by_id": "By", "at": "Written"}),
}  # fmt: skip
# Of our own keeping: keys, what the work needs, and evidence that may name another matter.
LEFT_OUT = {
    "id", "matter_id", "version", "next_lead_days", "next_start_on", "source_message_id", "identity_id",
    "identity_evidence",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed: when, by whom, of what, and from what to what."""

    at: datetime
    who: str
    what: str
    field: str
    before: str
    after: str


def changes(matter: Matter) -> tuple[Change, ...]:
    """Every changed field, the newest first: ten statements at most. The caller has seen that it may be shown."""
    kept = list(FieldHistory.objects.filter(matter_id=matter.id).order_by("-id")[:MOST])
    kept = [each for each in kept if each.table_name in FIELDS]
    if not kept:
        return ()
    following = _as_they_stand(kept)
    doers, names = _doers(matter.id, {each.tx for each in kept}), _Names(matter.kind)
    found: list[Change] = []
    for each in kept:
        row = (each.table_name, each.row_id)
        after = following.get(row) if each.operation == "update" else None
        who, at = doers.get(each.tx, ("not in the journal", None))
        found += _fields(each, after, who, at or each.at, names)
        following[row] = each.former
    return tuple(found)


def _fields(
    kept: FieldHistory, after: dict[str, Any] | None, who: str, at: datetime, names: _Names
) -> list[Change]:
    what, columns = FIELDS[kept.table_name]
    if kept.operation == "delete":
        told = str(
            kept.former.get("name") or kept.former.get("registration_mark") or kept.former.get("text", "")
        )
        return [Change(at, who, what, "The whole record", told, "removed")]
    later = after if after is not None else {}
    found = []
    for column, label in columns.items():
        before, now = kept.former.get(column), later.get(column)
        if before != now:
            found.append(
                Change(at, who, what, label, names.word(column, before), names.word(column, now))
            )
    return found


def _as_they_stand(kept: list[FieldHistory]) -> dict[tuple[str, int], dict[str, Any]]:
    """The rows as they are now, as the trigger would keep them: one statement a table."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    with connection.cursor() as cursor:
        for table in sorted({each.table_name for each in kept}):
            ids = sorted({each.row_id for each in kept if each.table_name == table})
            cursor.execute(f"SELECT id, to_jsonb(t)::text FROM {table} t WHERE id = ANY(%s)", [ids])  # noqa: S608
            for row_id, text in cursor.fetchall():
                found[table, row_id] = json.loads(text)
    return found


def _doers(matter_id: int, transactions: set[int]) -> dict[int, tuple[str, datetime]]:
    """Who acted in each transaction, for whom, and when; a person before the system, which acts after one.

    The moment is the act's own: the trigger knows only when the row was written. Two statements.
    """
    entries = Entry.objects.filter(matter_id=matter_id, tx__in=transactions - {0}).order_by(
        F("actor_id").asc(nulls_last=True), "id"
    )
    rows = list(entries.values_list("tx", "at", "actor_id", "for_id"))
    known = User.objects.filter(id__in={who for _, _, *both in rows for who in both if who})
    names = dict(known.values_list("id", "name"))
    found: dict[int, tuple[str, datetime]] = {}
    for tx, at, actor, stood_for in rows:
        doer = names.get(actor, SYSTEM) if actor else SYSTEM
        found.setdefault(tx, (f"{doer} for {names[stood_for]}" if stood_for in names else doer, at))
    return found


class _Names:
    """Values in words; the names of people, teams and forces are asked for once, when the first is met."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._known: dict[str, dict[Any, str]] = {}

    def word(self, column: str, value: Any) -> str:
        """A value as a person reads it."""
        if value in (None, "", []):
            return NOTHING
        if column in _ASKED:
            return self._of(column).get(value, str(value))
        if column == "next_consequence":
            return str(Consequence(value).label)
        if column == "sensitivity":
            return "only people with leave" if value == "restricted" else "everybody whose role reads it"
        if column == "closed_reason":
            return words.reason(str(value))
        if isinstance(value, list):
            return ", ".join(str(each) for each in value)
        return _day_or_text(str(value))

    def _of(self, column: str) -> dict[Any, str]:
        if column not in self._known:
            self._known[column] = _ASKED[column](self.kind)
        return self._known[column]


def _people(_: str) -> dict[Any, str]:
    return dict(User.objects.values_list("id", "name"))


_ASKED: dict[str, Any] = {
    "status": lambda kind: dict(MatterStatus.objects.filter(kind=kind).values_list("status", "title")),
    "force_id": lambda _: dict(Force.objects.values_list("id", "name")),
    "team_id": lambda _: dict(Team.objects.values_list("id", "name")),
    "owner_id": _people,
    "by_id": _people,
}


def _day_or_text(text: str) -> str:
    """A day or moment as PostgreSQL writes it in JSON becomes words; anything else is words already."""
    try:
        return words.plain_day(date.fromisoformat(text)) if len(text) == len("2026-12-21") else words.moment(
            datetime.fromisoformat(text)
        )  # fmt: skip
    except ValueError:
        return text
