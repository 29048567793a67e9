"""No change without its entry and no entry without its change, told by PostgreSQL itself and not by our own marks.

The rig's server keeps the moment at which each transaction ended (`track_commit_timestamp`), to the microsecond and
alike for its savepoints. A row and an entry of the same transaction therefore bear the same moment, whatever our code
wrote into them. Every table of the unit is of a kind that is journalled, or stands below with the reason why not.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection


class Kind(NamedTuple):
    """A kind of row that is never written without an entry: its key, and the SQL of the matter it belongs to."""

    key: str = "id"
    matter: str = ""


def _of_matter(key: str = "id") -> Kind:
    return Kind(key, "r.matter_id")


KINDS = {
    "matters_matter": Kind("id", "r.id"),
    "matters_destruction": _of_matter(), "matters_hold": _of_matter(), "matters_note": _of_matter(),
    "matters_link": _of_matter(), "matters_grant": _of_matter(), "matters_restriction": _of_matter(),
    "matters_conflict": _of_matter(), "matters_glassbroken": _of_matter(),
    "parties_party": _of_matter(), "parties_vehicle": _of_matter(),
    "traffic_incident": _of_matter("matter_id"),
    "traffic_allegation": Kind("id", "r.incident_id"), "traffic_requirement": Kind("id", "r.incident_id"),
    "deadlines_deadline": _of_matter(), "tasks_task": _of_matter(), "decisions_decision": _of_matter(),
    "collisions_collision": _of_matter("matter_id"), "documents_document": _of_matter(),
    "policy_setting": Kind(), "reference_bankholiday": Kind(), "documents_printrun": Kind(),
    "messages_intakefile": Kind(), "people_team": Kind(), "people_workplace": Kind(), "people_user": Kind(),
    "people_rolegiven": Kind(), "people_roleproposal": Kind(), "people_skillheld": Kind(),
    "people_delegation": Kind(), "people_factor": Kind(), "people_recoverycode": Kind(),
    "people_signonsubject": Kind(), "people_clocksetting": Kind(), "people_user_forces": Kind(),
    "traffic_site": Kind(), "traffic_device": Kind(), "traffic_devicecertificate": Kind(),
}  # fmt: skip
_PART = "is written with, and only with, the row above it that has the entry"
_WORK = "is how far long work has come; what the work does has its own entries"
_HELD = "is read with its file; who settles it and what goes after its last day have their entries"
_KEY = "is a derived key or index over rows that have their entry"
_STAY = "belongs to a stay in the browser, not to the record"
NO_ENTRY_OF_ITS_OWN = {
    "collisions_collisionvehicle": _PART, "collisions_casualty": _PART, "documents_blob": _PART,
    "documents_leavingfile": _WORK,
    "documents_printpart": _WORK, "documents_letter": _WORK, "runs_run": _WORK, "runs_chunk": _WORK,
    "messages_message": _WORK, "messages_interfacestate": _WORK, "messages_intakerow": _WORK,
    "messages_helditem": _HELD, "matters_searchkey": _KEY, "parties_identity": _KEY, "traffic_detectionkey": _KEY,
    "deadlines_working": _KEY, "decisions_finding": _KEY, "matters_searchasked": "is logged as a look, with its words",
    "people_session": _STAY, "people_signintry": _STAY, "people_keptform": _STAY, "people_press": _STAY,
    "people_signinlink": _STAY, "people_enrolment": _STAY, "people_securitynotice": "is the copy of an entry by mail",
    "matters_matterstatus": "is the table of statuses, written by a migration",
    "tasks_tasktype": "is the table of kinds of task, written by a migration",
    "reference_force": "is the unit itself, written when it is set up",
    "reference_code": "is national data, loaded by a command",
    "people_numberschecked": "counts a person's own typing, for that person alone",
}  # fmt: skip

# What an entry's subject is called, and where its row is.
SUBJECTS = {
    "matter": "matters_matter", "note": "matters_note", "grant": "matters_grant", "conflict": "matters_conflict",
    "glass": "matters_glassbroken", "hold": "matters_hold", "setting": "policy_setting",
    "bank_holiday": "reference_bankholiday", "run": "runs_run", "person": "people_user", "team": "people_team",
    "workplace": "people_workplace", "factor": "people_factor", "delegation": "people_delegation",
    "letter": "documents_letter", "print_run": "documents_printrun", "file": "messages_intakefile",
    "held": "messages_helditem", "task": "tasks_task", "decision": "decisions_decision",
    "deadline": "deadlines_deadline", "allegation": "traffic_allegation", "incident": "matters_matter",
    "collision": "collisions_collision", "message": "messages_message",
}  # fmt: skip
# Entries that change no row of their subject: what they tell of lies outside, or in a stay that may be over.
CHANGES_NO_ROW = {
    "people.sign_in", "people.sign_out", "people.fail_sign_in", "people.make_link", "people.end_sessions",
    "people.refuse",
    "documents.take_copy", "journal.give_out", "intake.refuse_file",
}  # fmt: skip
# Entries whose change is in another row than their subject's: table, its column, and where the entry names it.
ELSEWHERE = {
    "records.propose_destroy": ("matters_destruction", "matter_id", "e.matter_id"),
    **dict.fromkeys(
        ("people.propose_role", "people.approve_role"),
        ("people_roleproposal", "id", "(e.facts->>'proposal')::bigint"),
    ),
}
# Entries after which the row of their subject is gone.
GONE = {
    "records.destroy", "records.decline_destroy", "records.withdraw_destroy", "policy.withdraw",
    "reference.withdraw_holiday",
}  # fmt: skip

_MOMENT = "pg_xact_commit_timestamp({}.xmin)"
_ENTRIES = f"WITH e AS MATERIALIZED (SELECT {_MOMENT.format('j')} AS ended, j.* FROM journal_entry j)"


def faults(since: str) -> list[str]:
    """Every row without its entry and every entry without its row, of what was committed after a moment."""
    return [*_without_entry(since), *_without_row(since)]


def moment() -> str:
    """The moment the last transaction ended, as the server keeps it."""
    return str(_ask("SELECT coalesce(max(timestamp), now())::text FROM pg_last_committed_xact()")[0][0])


def _without_entry(since: str) -> list[str]:
    found = []
    for table, kind in KINDS.items():
        same = f"AND e.matter_id = {kind.matter}" if kind.matter else ""
        null = f"OR {kind.matter} IS NULL" if kind.matter == "r.matter_id" else ""
        rows = _ask(
            f"{_ENTRIES} SELECT r.{kind.key} FROM {table} r WHERE {_MOMENT.format('r')} > %s AND NOT EXISTS ("
            f" SELECT FROM e WHERE e.ended = {_MOMENT.format('r')} {same and f'AND ({same[4:]} {null})'})",
            since,
        )
        found += [f"{table} {row[0]} was written without an entry" for row in rows]
    return found


def _without_row(since: str) -> list[str]:
    """An entry whose subject was last written before it, or is not there although nothing was destroyed."""
    found = []
    for name, table in SUBJECTS.items():
        where = "e.subject_kind = %s AND NOT (e.verb = ANY(%s))"
        key = KINDS[table].key if table in KINDS else "id"
        found += _older(since, table, key, "e.subject_id", where, name, list(ELSEWHERE))
    for verb, (table, key, named) in ELSEWHERE.items():
        found += _older(since, table, key, named, "e.verb = %s", verb)
    found += _older(
        since, "matters_matter", "id", "e.matter_id", "e.subject_kind = '' AND e.matter_id IS NOT NULL"
    )
    return found + _not_gone(since)


def _older(since: str, table: str, key: str, named: str, where: str, *given: object) -> list[str]:
    rows = _ask(
        f"{_ENTRIES} SELECT e.id, e.verb FROM e LEFT JOIN {table} r ON r.{key} = {named}"
        f" WHERE e.ended > %s AND {where} AND NOT (e.verb = ANY(%s))"
        f" AND (r.{key} IS NULL OR (NOT (e.verb = ANY(%s)) AND {_MOMENT.format('r')} < e.ended))"
        " AND NOT EXISTS (SELECT FROM matters_destruction d WHERE d.matter_id = e.matter_id"
        " AND d.approved_at IS NOT NULL) AND NOT EXISTS (SELECT FROM e later WHERE later.verb = ANY(%s)"
        " AND later.subject_kind = e.subject_kind AND later.subject_id = e.subject_id AND later.id > e.id)",
        since, *given, list(GONE), list(CHANGES_NO_ROW), list(GONE),
    )  # fmt: skip
    return [f"entry {entry} {verb} has no change in {table}" for entry, verb in rows]


def _not_gone(since: str) -> list[str]:
    """An entry of a destruction whose matter is still there."""
    rows = _ask(
        f"{_ENTRIES} SELECT e.id FROM e JOIN matters_matter m ON m.id = e.matter_id"
        " WHERE e.ended > %s AND e.verb = 'records.destroy'",
        since,
    )
    return [f"entry {row[0]} records.destroy, but its matter is there" for row in rows]


def unknown_subjects() -> list[str]:
    """Kinds of subject in the journal that the check knows no table of."""
    rows = _ask("SELECT DISTINCT subject_kind FROM journal_entry WHERE subject_kind <> '' ORDER BY 1")
    return [row[0] for row in rows if row[0] not in SUBJECTS and row[0] not in ("log", "asked")]


def _ask(statement: str, *given: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return list(cursor.fetchall())
