"""People's pages against a hostile hand: more fields than were asked for, other people's ids, one person twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests import given

from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.models import Delegation, RoleGiven, RoleProposal, Team, User
from casewright.foundation.people.roles import NEEDS, PERMISSIONS, ROLES, SKILLS

pytestmark = pytest.mark.django_db
MORE = {
    "is_active": "", "is_demo": "on", "is_superuser": "on", "password": "x", "vetting": "sc", "user": "1",
    "vetted_until": "2099-01-01", "roles": "supervisor", "role_names": "supervisor", "approved_by": "1",
    "proposed_by": "1", "gives": "on", "turned_down": "on", "forces": "1", "assessed_by": "1", "id": "1",
}  # fmt: skip


def inside(name: str) -> Client:
    """Somebody of the unit, signed in and just proved."""
    client = Client()
    client.force_login(given.person(name))
    client.post("/sign-in/again")
    return client


@pytest.fixture
def theo() -> Client:
    given.a_unit()
    return inside("Theo Marsh")


def test_fields_nobody_asked_for_change_nothing(theo: Client) -> None:
    before = User.objects.get(name="Silas Crane")
    forces = list(before.forces.all())
    theo.post("/people/add", {"name": "New", "email": "new@northmere.example", **MORE})
    new = User.objects.get(email="new@northmere.example")
    assert (new.is_demo, new.vetting, new.is_active, new.has_usable_password()) == (False, "", True, False)
    assert not new.forces.exists()
    assert not new.roles.exists()
    theo.post(f"/people/{before.id}/vetting", {"level": "ctc", "until": "2099-01-01", **MORE})
    theo.post(
        f"/people/{before.id}/role",
        {"change": "take", "role": "case_progression_officer", "reason": "x", **MORE},
    )
    after = User.objects.get(id=before.id)
    assert after.vetting == "ctc"
    assert (after.password, after.is_demo, after.is_active) == (before.password, True, True)
    assert list(after.forces.all()) == forces
    waits = RoleProposal.objects.get()
    assert (waits.gives, waits.approved_by, waits.proposed_by.name) == (False, None, "Theo Marsh")
    theo.post("/preferences", {"theme": "dark", **MORE})
    assert User.objects.get(name="Theo Marsh").vetting == "recruitment"


def test_a_team_gets_a_queue_and_no_name_twice(theo: Client) -> None:
    assert theo.post("/people/teams", {"team": "Courts desk", "queue": "notices"}).status_code == 302
    assert Team.objects.get(name="Courts desk").queue == "courts-desk"
    for name in ("courts DESK", "notices", "!"):
        answer = theo.post("/people/teams", {"team": name})
        assert answer.status_code == 422
        assert "already" in answer.content.decode()
    assert theo.post("/people/teams", {"workplace": "Orrin House"}).status_code == 422
    assert theo.post("/people/teams", {"workplace": "Annex"}).status_code == 302


def test_a_deputy_cannot_be_given_rights_by_adding_them_to_the_form(theo: Client) -> None:
    mina = inside("Mina Thorley")
    jonah = given.person("Jonah Prewett")
    answer = mina.post("/account/deputy", {
        "to": jonah.id, "permissions": ["traffic.cancel", "people.approve_role"], "starts_on": "2026-11-23",
        "ends_on": "2026-12-01", "reason": "x", "giver": given.person("Ruth Alder").id,
    })  # fmt: skip
    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_the_administrator_approves_nothing_and_changes_nothing_of_himself(theo: Client) -> None:
    own = given.person("Theo Marsh")
    theo.post(
        f"/people/{given.person('Silas Crane').id}/role",
        {"change": "give", "role": "supervisor", "reason": "x"},
    )
    waits = RoleProposal.objects.get()
    assert theo.post(f"/people/roles/{waits.id}", {"answer": "approve"}).status_code == 403
    for path, said in (
        ("place", {"forces": [str(given.person("Ruth Alder").forces.get().id)]}),
        ("vetting", {"level": "sc", "until": "2099-01-01"}),
        ("role", {"change": "give", "role": "supervisor", "reason": "x"}),
        ("leave", {}),
        ("link", {}),
    ):
        assert theo.post(f"/people/{own.id}/{path}", said).status_code == 409, path
    assert RoleProposal.objects.count() == 1


def test_the_administrator_never_sees_the_link_he_sends(theo: Client) -> None:
    silas = given.person("Silas Crane")
    answer = theo.post(f"/people/{silas.id}/link", follow=True)
    assert "/sign-in/password/" not in answer.content.decode()
    assert [each.to for each in mail.outbox] == [[silas.email]]
    assert "/sign-in/password/" in mail.outbox[0].body


def test_a_link_the_mail_server_refuses_is_not_made(theo: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    silas = given.person("Silas Crane")
    answer = theo.post(f"/people/{silas.id}/link")
    assert answer.status_code == 409
    assert "none was made" in answer.content.decode()
    assert not silas.enrolments.exists()


def test_approving_on_the_page_gives_the_role_and_turning_down_does_not(theo: Client) -> None:
    silas, jonah = given.person("Silas Crane"), given.person("Jonah Prewett")
    for each in (silas, jonah):
        theo.post(
            f"/people/{each.id}/role", {"change": "give", "role": "supervisor", "reason": "Una is away"}
        )
    una = inside("Sergeant Una Brill")
    page = una.get("/people").content.decode()
    assert page.count("Una is away") == 2
    una.post(f"/people/roles/{RoleProposal.objects.get(user=silas).id}", {"answer": "approve"})
    una.post(f"/people/roles/{RoleProposal.objects.get(user=jonah).id}", {"answer": "refuse"})
    assert set(RoleGiven.objects.filter(role="supervisor").values_list("user__name", flat=True)) == {
        "Sergeant Una Brill",
        "Silas Crane",
    }
    verbs = list(Entry.objects.filter(verb__contains="_role").order_by("id").values_list("verb", flat=True))
    assert verbs == ["people.propose_role"] * 2 + ["people.approve_role", "people.turn_down_role"]


def test_a_leavers_open_matters_go_back_to_a_queue(theo: Client) -> None:
    mina = given.person("Mina Thorley")
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=mina.forces.get())
    Matter.objects.update(owner=mina, queue="")
    theo.post(f"/people/{mina.id}/leave")
    matter = Matter.objects.get()
    assert (matter.owner, matter.queue) == (None, "notices")
    assert Entry.objects.filter(verb="matters.hand_back", matter_id=matter.id).exists()


def test_what_a_deputy_does_is_marked_as_done_for_the_giver(theo: Client) -> None:
    silas, piers = given.person("Silas Crane"), given.person("Piers Hallam")
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=silas.forces.get())
        Delegation.objects.create(
            giver=piers, receiver=silas, permissions=["traffic.cancel"], reason="x", starts_on=given.MONDAY,
            ends_on=given.MONDAY.replace(day=30),
        )  # fmt: skip
        matter = Matter.objects.get()
        client = inside("Silas Crane")
        why = {"reason": "UNREADABLE", "words": "The mark is under mud"}
        answer = client.post(f"/matters/{matter.id}/cancel", why)
        assert answer.status_code == 302
        entry = Entry.objects.filter(matter_id=matter.id, actor_id=silas.id).latest("id")
        assert entry.for_id == piers.id
        page = inside("Ruth Alder").get(f"/matters/{matter.id}").content.decode()
        assert "Silas Crane for Piers Hallam" in page
        client.post(f"/matters/{matter.id}/note", {"text": "My own note"})
        assert Entry.objects.filter(matter_id=matter.id, verb="matters.note").latest("id").for_id is None


def test_a_deputy_who_works_the_givers_matters_is_marked_there_and_only_there(theo: Client) -> None:
    silas, piers = given.person("Silas Crane"), given.person("Piers Hallam")
    with given.on(given.MONDAY):
        given.give(
            given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")]), force=silas.forces.get()
        )
        his, other = Matter.objects.order_by("id")
        Matter.objects.filter(id=his.id).update(owner=piers)
        Delegation.objects.create(
            giver=piers, receiver=silas, own_matters=True, reason="x", starts_on=given.MONDAY,
            ends_on=given.MONDAY.replace(day=30),
        )  # fmt: skip
        client = inside("Silas Crane")
        for matter, whose in ((his, piers.id), (other, None)):
            assert client.post(f"/matters/{matter.id}/note", {"text": "Rang the keeper"}).status_code == 302
            assert Entry.objects.filter(matter_id=matter.id, verb="matters.note").latest("id").for_id == whose


def test_the_table_in_the_product_and_in_the_docs_is_the_one_in_force(theo: Client) -> None:
    from html import unescape
    from pathlib import Path

    page = unescape(theo.get("/people").content.decode())
    docs = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md").read_text(
        encoding="utf-8"
    )
    for name, holders in PERMISSIONS.items():
        line = next((each for each in docs.splitlines() if each.startswith(f"| `{name}` ")), "")
        assert line, f"{name} stands not in docs/reference/roles.md"
        written = {each.strip() for each in line.split("|")[2].split(",")}
        assert written == {ROLES[role] for role in holders}, name
        assert ", ".join(title for role, title in ROLES.items() if role in holders) in page
    for name, (_, skill) in NEEDS.items():
        assert SKILLS[skill] in next(each for each in docs.splitlines() if each.startswith(f"| `{name}` "))


@pytest.mark.parametrize("end", ["\nBcc: thief@elsewhere.example", "\r\n\r\nHello", "%0aBcc:x@elsewhere.example"])
def test_no_address_adds_a_header_to_mail(theo: Client, end: str) -> None:
    answer = theo.post("/people/add", {"name": "Nora Pell", "email": f"nora.pell@northmere.example{end}"})
    assert answer.status_code == 422
    assert not User.objects.filter(name="Nora Pell").exists()
    assert mail.outbox == []
