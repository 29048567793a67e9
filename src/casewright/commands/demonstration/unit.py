"""Northmere, an invented force: its people, sites, devices and settings."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from casewright.areas.traffic.models import Device, DeviceCertificate, Site
from casewright.foundation.people.models import RoleGiven, SkillHeld, Team, User, Workplace
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.models import Force
from casewright.interfaces.cameras import generator

FORCE = ("91", "Northmere Police", "NM")
TEAMS = (
    ("Notices", "notices"),
    ("Keeper enquiries", "enquiries"),
    ("Replies", "replies"),
    ("Decisions", "decisions"),
    ("Collisions", "collisions"),
)
# name, role, team's queue: twelve people over the roles of the unit
PEOPLE = (
    ("Ruth Alder", "senior_processing_officer", "decisions"),
    ("Mina Thorley", "case_administrator", "notices"),
    ("Jonah Prewett", "viewing_clerk", "notices"),
    ("Piers Hallam", "senior_prosecution_officer", "decisions"),
    ("Odette Varley", "cju_case_progression_officer", "enquiries"),
    ("Silas Crane", "case_progression_officer", "replies"),
    ("PC Ansel Rooke", "officer_in_case", None),
    ("Sergeant Una Brill", "supervisor", "decisions"),
    ("Hester Lowe", "witness_care_officer", None),
    ("Cyril Pennock", "receipts_clerk", "notices"),
    ("Agnes Dray", "records_manager", None),
    ("Theo Marsh", "system_administrator", None),
)
WORKPLACE = "Orrin House"
# name, skill, assessed by
PASSPORTS = (
    ("Ruth Alder", "traffic_decisions", "Sergeant Una Brill"),
    ("Ruth Alder", "records_disposal", "Sergeant Una Brill"),
    ("Piers Hallam", "traffic_decisions", "Ruth Alder"),
)
LASTS = timedelta(days=3 * 365)  # a demonstration's clock is moved on by months
SETTINGS = (
    ("unit.name", "Northmere Prosecution Unit"),
    ("unit.address", ["Orrin House", "1 Wharf Road", "Fernhithe", "FX1 4QZ"]),
)


def make_unit(*, today: date, at: datetime) -> Force:
    """Write the unit: force, teams, people, sites, devices with certificates, settings."""
    code, name, prefix = FORCE
    force = Force.objects.create(code=code, name=name, prefix=prefix)
    teams = {queue: Team.objects.create(name=title, queue=queue) for title, queue in TEAMS}
    place = Workplace.objects.create(name=WORKPLACE)
    for person, role, queue in PEOPLE:
        _person(person, role, teams.get(queue or ""), force, place, today)
    _skills(today)
    _sites_and_devices(force, today)
    ruth, una = (User.objects.get(name=n) for n in ("Ruth Alder", "Sergeant Una Brill"))
    for key, value in SETTINGS:
        Setting.objects.create(
            key=key,
            value=value,
            effective_from=today - timedelta(days=365),
            approved_at=at,
            reason="First setting of the unit",
            proposed_by=ruth,
            approved_by=una,
        )
    return force


def _person(name: str, role: str, team: Team | None, force: Force, place: Workplace, today: date) -> None:
    address = (
        name.lower().replace("pc ", "").replace("sergeant ", "").replace(" ", ".") + "@northmere.example"
    )
    user = User(email=address, name=name, team=team, workplace=place, is_demo=True)
    user.vetting, user.vetted_until = "recruitment", today + LASTS
    user.set_unusable_password()
    user.save()
    user.forces.add(force)
    RoleGiven.objects.create(user=user, role=role)


def _skills(today: date) -> None:
    for person, skill, assessor in PASSPORTS:
        SkillHeld.objects.create(
            user=User.objects.get(name=person),
            skill=skill,
            evidence="Twenty decisions read beside the assessor; reasons and law right in each",
            assessed_by=User.objects.get(name=assessor),
            valid_from=today - timedelta(days=90),
            valid_until=today + LASTS,
        )


def _sites_and_devices(force: Force, today: date) -> None:
    for code, location, road, limit, offence in generator.SITES:
        Site.objects.create(
            force=force, code=code, location=location, road_kind=road, limit_mph=limit, offence_code=offence
        )
    for number, code in enumerate((*generator.DEVICES, generator.EXPIRED_DEVICE)):
        device = Device.objects.create(code=code, kind="Fixed radar", approval="Gatso Type 24")
        until = (
            today - timedelta(days=40)
            if code == generator.EXPIRED_DEVICE
            else today + timedelta(days=90 + number)
        )
        DeviceCertificate.objects.create(
            device=device, valid_from=until - timedelta(days=365), valid_until=until
        )
