"""Roles and what each may do: one readable table, shown in the product as it stands here.

The roles are those of the unit's people (reference work.md P1-P11). A permission has the name of the move or page it
opens. Nobody has a permission except by a role, or for another who has it (a delegation). NEEDS says which permissions
also need vetting or a skill that is still in force (work.md D222, D229); which ones is the unit's own choice.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date

ROLES: dict[str, str] = {
    "case_administrator": "Prosecution case administrator",
    "viewing_clerk": "Viewing clerk",
    "senior_prosecution_officer": "Senior prosecution officer",
    "cju_case_progression_officer": "CJU case progression officer",
    "senior_processing_officer": "Senior processing officer",
    "case_progression_officer": "Case progression officer",
    "officer_in_case": "Officer in the case",
    "supervisor": "Supervisor",
    "witness_care_officer": "Witness care officer",
    "receipts_clerk": "Receipts clerk",
    "records_manager": "Records manager",
    "system_administrator": "System administrator",
}

_DESK = {
    "case_administrator",
    "viewing_clerk",
    "senior_prosecution_officer",
    "cju_case_progression_officer",
    "senior_processing_officer",
    "case_progression_officer",
    "supervisor",
}
_READS = _DESK | {"witness_care_officer", "receipts_clerk", "records_manager"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "matter.read": frozenset(_READS),
    "matter.note": frozenset(_READS),
    "matter.take": frozenset(_DESK),
    "matter.restrict": frozenset({"senior_prosecution_officer", "senior_processing_officer", "supervisor"}),
    "matter.give_leave": frozenset({"senior_prosecution_officer", "senior_processing_officer", "supervisor"}),
    "matter.break_glass": frozenset(_READS),
    "matter.review_glass": frozenset({"senior_processing_officer", "supervisor"}),
    "matter.declare_conflict": frozenset(_READS | {"officer_in_case"}),
    "matter.end_conflict": frozenset({"senior_processing_officer", "supervisor"}),
    "intake.upload": frozenset(
        {"case_administrator", "viewing_clerk", "senior_processing_officer", "cju_case_progression_officer"}
    ),
    "intake.read": frozenset(_DESK | {"system_administrator"}),
    "held.mend": frozenset(
        {"case_administrator", "viewing_clerk", "senior_processing_officer", "cju_case_progression_officer"}
    ),
    "held.refuse": frozenset({"viewing_clerk", "senior_processing_officer", "senior_prosecution_officer"}),
    "traffic.accept_keeper": frozenset({"case_administrator", "viewing_clerk", "senior_processing_officer"}),
    "traffic.produce_notice": frozenset({"case_administrator", "senior_processing_officer"}),
    "traffic.promise_posting_receipt": frozenset({"senior_processing_officer", "senior_prosecution_officer"}),
    "traffic.record_posting": frozenset(
        {"case_administrator", "receipts_clerk", "senior_processing_officer"}
    ),
    "traffic.keep_register": frozenset({"senior_processing_officer", "system_administrator"}),
    "traffic.cancel": frozenset({"senior_prosecution_officer", "senior_processing_officer"}),
    "traffic.decide_default": frozenset({"senior_prosecution_officer", "senior_processing_officer"}),
    "collisions.decide": frozenset({"senior_prosecution_officer", "senior_processing_officer"}),
    "print_run.read": frozenset(_DESK | {"receipts_clerk"}),
    "print_run.hand_over": frozenset({"case_administrator", "senior_processing_officer"}),
    "print_run.reprint": frozenset({"senior_processing_officer", "senior_prosecution_officer"}),
    "task.finish": frozenset(_DESK),
    "decision.within_policy": frozenset(
        {"case_administrator", "senior_prosecution_officer", "senior_processing_officer", "supervisor"}
    ),
    "decision.outside_policy": frozenset(
        {"senior_prosecution_officer", "senior_processing_officer", "supervisor"}
    ),
    "decision.without_fall_back": frozenset({"senior_processing_officer", "supervisor"}),
    "decision.replay": frozenset({"senior_prosecution_officer", "senior_processing_officer", "supervisor"}),
    "decision.monitor": frozenset({"senior_processing_officer", "supervisor"}),
    "run.read": frozenset(_DESK | {"system_administrator"}),
    "run.control": frozenset({"senior_processing_officer", "system_administrator"}),
    "health.read": frozenset(_DESK | {"system_administrator"}),
    "policy.propose": frozenset({"senior_prosecution_officer", "senior_processing_officer"}),
    "policy.approve": frozenset({"senior_processing_officer", "supervisor"}),
    "records.read": frozenset({"records_manager", "senior_processing_officer"}),
    "records.hold": frozenset({"records_manager", "senior_processing_officer"}),
    "records.propose_destroy": frozenset({"records_manager"}),
    "records.approve_destroy": frozenset({"senior_processing_officer"}),
    "people.manage": frozenset({"system_administrator"}),
    "people.propose_role": frozenset({"system_administrator"}),
    "people.approve_role": frozenset({"senior_processing_officer", "supervisor"}),
    "people.assess_skill": frozenset({"senior_processing_officer", "supervisor"}),
    "people.delegate": frozenset(_READS),
    "journal.audit": frozenset({"records_manager", "supervisor"}),
    "demo.move_clock": frozenset(ROLES),
    "law.read": frozenset(ROLES),
}

READS = frozenset({"matter.read"})

# Levels of vetting, each including those before it (work.md D229).
VETTING: dict[str, str] = {
    "recruitment": "Recruitment vetting",
    "ctc": "Counter-terrorist check (CTC)",
    "sc": "Security check (SC)",
}
SKILLS: dict[str, str] = {
    "traffic_decisions": "Deciding traffic allegations",
    "records_disposal": "Disposal of records",
}
# permission: (least vetting or "", skill or "")
NEEDS: dict[str, tuple[str, str]] = {
    "traffic.decide_default": ("", "traffic_decisions"),
    "records.approve_destroy": ("recruitment", "records_disposal"),
}
UNGATED = frozenset({"law.read", "demo.move_clock"})  # about nobody: stays when vetting has run out


def permissions_of(roles: Set[str]) -> frozenset[str]:
    """All permissions that a set of roles gives, before vetting and skills are asked."""
    return frozenset(name for name, holders in PERMISSIONS.items() if holders & roles)


def in_force(
    roles: Set[str], skills: Set[str], vetting: str, vetted_until: date | None, on: date
) -> frozenset[str]:
    """What roles give on a London day to someone with these skills and this vetting."""
    given = permissions_of(roles)
    if not cleared(vetting, vetted_until, on):
        return given & UNGATED
    return frozenset(name for name in given if fit(name, skills, vetting))


def cleared(vetting: str, until: date | None, on: date) -> bool:
    """Whether clearance has not run out; ``until`` is the first day without it. No role is given without clearance."""
    return not vetting or until is None or on < until


def fit(permission: str, skills: Set[str], vetting: str) -> bool:
    """Whether someone has the skill and the vetting that a permission needs."""
    level, skill = NEEDS.get(permission, ("", ""))
    ranks = ["", *VETTING]
    return (not skill or skill in skills) and ranks.index(vetting) >= ranks.index(level)
