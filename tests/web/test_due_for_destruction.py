"""What was to be kept until a day that has passed: listed, proposed at once by one person, approved by another."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.attacks.crawler import client_of

from casewright.flows import destroy_matter
from casewright.foundation import clock
from casewright.foundation.journal.models import Consultation, Entry
from casewright.foundation.matters import holds
from casewright.foundation.matters.models import Destruction, Matter
from casewright.foundation.people import deputies

AGNES, RUTH, MINA = "Agnes Dray", "Ruth Alder", "Mina Thorley"
LAST, DAY = given.MONDAY + timedelta(days=100), timedelta(days=1)
PAGE = "/destructions"


def closed(number: int = 1, until: date = LAST) -> list[int]:
    """Ids of closed matters of the unit's force, kept until a day."""
    force = given.a_unit()
    rows = [
        given.row(sequence=f"{n:08d}", mark=f"QX{n + 10} RTL", time=f"{10 + n:02d}:00:00")
        for n in range(number)
    ]
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of(rows), force=force)
        Matter.objects.update(
            closed_at=at,
            closed_reason="PUBLIC_INTEREST",
            next_act="",
            next_act_by=None,
            queue="",
            retain_until=until,
        )
    found = list(Matter.objects.order_by("id").values_list("id", flat=True))
    assert len(found) == number
    return found


def listed(client: Client) -> tuple[list[str], str]:
    """The references in the panel, and its words."""
    page = html.unescape(client.get(PAGE).content.decode())
    panel = page[page.index('aria-labelledby="due"') :]
    panel = panel[: panel.index("</section>")]
    return re.findall(r">(\w\d\d-\d{6})<", panel), " ".join(re.sub(r"<[^>]*>", " ", panel).split())


def propose(client: Client, ids: list[int]) -> str:
    """Press the button for some matters; the sentence said on the page that follows."""
    assert client.post(f"{PAGE}/due", {"chosen": ids})["Location"] == PAGE
    return html.unescape(client.get(PAGE).content.decode())


def reference(matter_id: int) -> str:
    return Matter.objects.get(id=matter_id).reference


@pytest.mark.django_db
def test_a_matter_is_due_the_day_after_its_last_day_and_not_on_it() -> None:
    (one,) = closed()
    agnes = client_of(given.person(AGNES))
    for day in (LAST - DAY, LAST):
        with given.on(day, 23):
            assert listed(agnes)[0] == []
            assert "1 matter was no longer due and left out." in propose(agnes, [one])
            assert not Destruction.objects.exists()
    with given.on(LAST + DAY, 0):
        found, said = listed(agnes)
        assert found == [reference(one)]
        assert "Not in the public interest" in said
        assert "1 matter" in said
        assert "1 destruction proposed; each waits for another person’s approval." in propose(agnes, [one])
        assert listed(agnes)[0] == []
    made = Destruction.objects.get()
    assert (made.matter_id, made.proposed_by, made.approved_at) == (one, given.person(AGNES), None)
    assert made.reason == "Kept until 3 March 2027, which has passed"
    entry = Entry.objects.get(verb="records.propose_destroy")
    assert (entry.matter_id, entry.operation, entry.actor_id) == (one, "erasure", made.proposed_by_id)


@pytest.mark.django_db
def test_an_open_matter_and_one_without_a_last_day_are_never_due() -> None:
    first, second = closed(2)
    Matter.objects.filter(id=first).update(closed_at=None, closed_reason="", next_act="Look", queue="notices")
    Matter.objects.filter(id=second).update(retain_until=None)
    with given.on(LAST + 400 * DAY):
        agnes = client_of(given.person(AGNES))
        assert listed(agnes)[0] == []
        propose(agnes, [first, second])
    assert not Destruction.objects.exists()


@pytest.mark.django_db
def test_what_a_hold_keeps_is_counted_beside_and_not_proposed_until_it_is_lifted() -> None:
    held, free = closed(2)
    agnes = given.person(AGNES)
    with given.on(LAST + DAY) as at:
        placed = holds.place(matter_id=held, reason="Civil claim", by=agnes, at=at)
        client = client_of(agnes)
        found, said = listed(client)
        assert found == [reference(free)]
        assert "1 more is held by a legal hold." in said
        said = propose(client, [held, free])
        assert "1 destruction proposed" in said
        assert "1 matter was no longer due and left out." in said
        assert [each.matter_id for each in Destruction.objects.all()] == [free]
        holds.lift(hold_id=placed.id, reason="Settled", by=agnes, at=at)
        assert listed(client)[0] == [reference(held)]


@pytest.mark.django_db
def test_what_is_proposed_already_keeps_its_own_reason() -> None:
    first, second = closed(2)
    agnes = given.person(AGNES)
    with given.on(LAST + DAY) as at:
        destroy_matter.propose(matter_id=first, reason="Order of the court", by=agnes, at=at)
        client = client_of(agnes)
        assert listed(client)[0] == [reference(second)]
        propose(client, [first, second])
    reasons = dict(Destruction.objects.values_list("matter_id", "reason"))
    assert reasons == {first: "Order of the court", second: "Kept until 3 March 2027, which has passed"}


@pytest.mark.django_db
def test_a_matter_one_may_not_see_is_in_no_list_no_count_and_no_proposal() -> None:
    hidden, elsewhere, held, seen = closed(4)
    agnes = given.person(AGNES)
    with given.on(LAST + DAY) as at:
        holds.place(matter_id=held, reason="Civil claim", by=agnes, at=at)
        Matter.objects.filter(id__in=[hidden, held]).update(sensitivity="restricted")
        Matter.objects.filter(id=elsewhere).update(force_id=999_999)
        client = client_of(agnes)
        found, said = listed(client)
        assert found == [reference(seen)]
        assert "Kept until a day that has passed 1 matter " in said
        assert "legal hold." not in said
        assert Consultation.objects.latest("id").shown["matters"] == [seen]
        no_such_matter = 987_654
        said = propose(client, [hidden, elsewhere, held, no_such_matter])
        assert "4 matters were no longer due and left out." in said
    assert not Destruction.objects.exists()


@pytest.mark.django_db
def test_pressed_twice_it_proposes_once() -> None:
    ids = closed(3)
    with given.on(LAST + DAY):
        agnes = client_of(given.person(AGNES))
        sent = {"chosen": ids, "csrfmiddlewaretoken": "page 1"}
        for _ in range(2):
            assert agnes.post(f"{PAGE}/due", sent)["Location"] == PAGE
        assert "3 matters were no longer due and left out." in propose(agnes, ids)
    assert Destruction.objects.count() == 3
    assert Entry.objects.filter(verb="records.propose_destroy").count() == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_press_at_the_same_moment_propose_each_matter_once() -> None:
    ids = closed(3)
    pages = [client_of(given.person(AGNES)) for _ in range(2)]

    def press(client: Client) -> int:
        try:
            with given.on(LAST + DAY):
                return int(client.post(f"{PAGE}/due", {"chosen": ids}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, pages)) == [302, 302]
    assert Destruction.objects.count() == 3
    assert Entry.objects.filter(verb="records.propose_destroy", matter_id__in=ids).count() == 3


@pytest.mark.django_db
def test_only_who_may_propose_has_the_button_and_at_most_what_a_page_lists() -> None:
    (one,) = closed()
    with given.on(LAST + DAY):
        agnes, ruth = client_of(given.person(AGNES)), client_of(given.person(RUTH))
        assert "Propose this one" in listed(agnes)[1]
        found, said = listed(ruth)
        assert (found, "Propose" in said) == ([reference(one)], False)
        assert ruth.post(f"{PAGE}/due", {"chosen": [one]}).status_code == 403
        assert client_of(given.person(MINA)).post(f"{PAGE}/due", {"chosen": [one]}).status_code == 403
        too_many = agnes.post(f"{PAGE}/due", {"chosen": list(range(1, 52))})
        assert too_many.status_code == 409
        assert "At most 50" in too_many.content.decode()
        assert agnes.post(f"{PAGE}/due", {"chosen": ["x"]}).status_code == 409
    assert not Destruction.objects.exists()


@pytest.mark.django_db
def test_a_certificate_leads_the_approver_to_the_next_that_waits_and_never_to_one_that_is_held() -> None:
    ids = closed(3)
    agnes, ruth = given.person(AGNES), given.person(RUTH)
    with given.on(LAST + DAY) as at:
        propose(client_of(agnes), ids)
        first, second, third = Destruction.objects.order_by("id")
        assert client_of(agnes).post(f"{PAGE}/{first.id}/approve").status_code == 403
        holds.place(matter_id=second.matter_id, reason="Civil claim", by=agnes, at=at)
        approver = client_of(ruth)
        here = f"{PAGE}/{first.id}"
        assert approver.post(f"{here}/approve")["Location"] == here
        certificate = approver.get(here).content.decode()
        assert f'href="{PAGE}/{third.id}">Go on to {third.reference}' in certificate
        assert Consultation.objects.latest("id").shown == {
            "destruction_id": str(first.id),
            "matters": [third.matter_id],
        }
        assert "Go on to" not in client_of(agnes).get(here).content.decode()
        assert approver.post(f"{PAGE}/{third.id}/approve").status_code == 302
        assert "Go on to" not in approver.get(f"{PAGE}/{third.id}").content.decode()
    assert list(Matter.objects.values_list("id", flat=True)) == [second.matter_id]


@pytest.mark.django_db
def test_who_proposes_for_another_is_the_proposer_and_approves_none_of_them() -> None:
    ids = closed(2)
    with given.on(LAST + DAY) as at:
        deputies.delegate(
            to=given.person(RUTH), permissions=["records.propose_destroy"], own_matters=False,
            starts_on=clock.today(), ends_on=clock.today() + 7 * DAY, reason="away", by=given.person(AGNES), at=at,
        )  # fmt: skip
        ruth = client_of(given.person(RUTH))
        propose(ruth, ids[:1])
        propose(client_of(given.person(AGNES)), ids)
        own, other = Destruction.objects.order_by("id")
        refused = ruth.post(f"{PAGE}/{own.id}/approve")
        assert (refused.status_code, b"cannot approve your own" in refused.content) == (409, True)
        assert ruth.post(f"{PAGE}/{other.id}/approve").status_code == 302
    assert list(Matter.objects.values_list("id", flat=True)) == [own.matter_id]
    entry = Entry.objects.filter(verb="records.propose_destroy").earliest("id")
    assert (entry.actor_id, entry.for_id) == (given.person(RUTH).id, given.person(AGNES).id)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@pytest.mark.django_db
def test_neither_page_nor_proposal_takes_more_statements_for_more_matters() -> None:
    ids = closed(9)
    with given.on(LAST + DAY) as at:
        agnes = given.person(AGNES)
        client = client_of(agnes)
        client.get(PAGE)
        Matter.objects.filter(id__in=ids[1:]).update(retain_until=LAST + 2 * DAY)
        few = statements(lambda: client.get(PAGE))
        Matter.objects.update(retain_until=LAST)
        assert statements(lambda: client.get(PAGE)) == few
        one, some = ([ids[1]], ids[2:])
        destroy_matter.propose_due(matter_ids=ids[:1], by=agnes, at=at)  # what she may is read once, and kept
        alone = statements(lambda: destroy_matter.propose_due(matter_ids=one, by=agnes, at=at))
        assert statements(lambda: destroy_matter.propose_due(matter_ids=some, by=agnes, at=at)) == alone == 4
    assert Destruction.objects.count() == 9
