"""Who works here and how they sign in; one module for each, this page names them all."""

from __future__ import annotations

from casewright.foundation.people.models.signing_in import (
    ClockSetting,
    Enrolment,
    Factor,
    KeptForm,
    Press,
    RecoveryCode,
    SecurityNotice,
    Session,
    SignInLink,
    SignInTry,
    SignOnSubject,
)
from casewright.foundation.people.models.staff import (
    Delegation,
    NumbersChecked,
    RoleGiven,
    RoleProposal,
    SkillHeld,
    Team,
    User,
    UserManager,
    Workplace,
)

__all__ = [
    "ClockSetting",
    "Delegation",
    "Enrolment",
    "Factor",
    "KeptForm",
    "NumbersChecked",
    "Press",
    "RecoveryCode",
    "RoleGiven",
    "RoleProposal",
    "SecurityNotice",
    "Session",
    "SignInLink",
    "SignInTry",
    "SignOnSubject",
    "SkillHeld",
    "Team",
    "User",
    "UserManager",
    "Workplace",
]
