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
    teams = {
        each.queue: each
        for each in Team.objects.bulk_create(Team(name=title, queue=queue) for title, queue in TEAMS)
    }
    people = _people(force, teams, today)
    _skills(people, today)
    _sites_and_devices(force, today)
    Setting.objects.bulk_create(
        Setting(
            key=key, value=value, effective_from=today - timedelta(days=365), approved_at=at,
            reason="First setting of the unit", proposed_by=people["Ruth Alder"],
            approved_by=people["Sergeant Una Brill"],
        )
        for key, value in SETTINGS
    )  # fmt: skip
    return force


def _people(force: Force, teams: dict[str, Team], today: date) -> dict[str, User]:
    """Everybody, by name, each with a role and the force."""
    place = Workplace.objects.create(name=WORKPLACE)
    made = User.objects.bulk_create(
        _person(name, teams.get(queue or ""), place, today) for name, _, queue in PEOPLE
    )
    RoleGiven.objects.bulk_create(
        RoleGiven(user=user, role=role) for user, (_, role, _) in zip(made, PEOPLE, strict=True)
    )
    User.forces.through.objects.bulk_create(User.forces.through(user=user, force=force) for user in made)
    return {user.name: user for user in made}


def _person(name: str, team: Team | None, place: Workplace, today: date) -> User:
    address = (
        name.lower().replace("pc ", "").replace("sergeant ", "").replace(" ", ".") + "@northmere.example"
    )
    user = User(email=address, name=name, team=team, workplace=place, is_demo=True)
    user.vetting, user.vetted_until = "recruitment", today + LASTS
    user.set_unusable_password()
    return user


def _skills(people: dict[str, User], today: date) -> None:
    SkillHeld.objects.bulk_create(
        SkillHeld(
            user=people[person],
            skill=skill,
            evidence="Twenty decisions read beside the assessor; reasons and law right in each",
            assessed_by=people[assessor],
            valid_from=today - timedelta(days=90),
            valid_until=today + LASTS,
        )
        for person, skill, assessor in PASSPORTS
    )


def _sites_and_devices(force: Force, today: date) -> None:
    Site.objects.bulk_create(
        Site(force=force, code=code, location=location, road_kind=road, limit_mph=limit, offence_code=offence)
        for code, location, road, limit, offence in generator.SITES
    )
    devices = Device.objects.bulk_create(
        Device(code=code, kind="Fixed radar", approval="Gatso Type 24")
        for code in (*generator.DEVICES, generator.EXPIRED_DEVICE)
    )
    DeviceCertificate.objects.bulk_create(
        _certificate(device, today, number) for number, device in enumerate(devices)
    )


def _certificate(device: Device, today: date, number: int) -> DeviceCertificate:
    expired = device.code == generator.EXPIRED_DEVICE
    until = today - timedelta(days=40) if expired else today + timedelta(days=90 + number)
    return DeviceCertificate(device=device, valid_from=until - timedelta(days=365), valid_until=until)
