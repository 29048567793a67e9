"""What is said of a print run follows the kind of its letters: nothing but a notice is called one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from tests import given
from tests.scenarios.december import PRODUCE_BY, received

from casewright.areas.traffic.letters import LETTERS
from casewright.foundation.lifecycle import NotAllowed

pytestmark = pytest.mark.django_db
MEANS = "It counts for nothing but that it went."


@pytest.fixture
def reminder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one letter there is, called otherwise, and a second kind beside it for which nothing waits."""
    told = {
        "called": "reminder",
        "waits": "Reminders wait here once nobody has answered.",
        "when_posted": MEANS,
    }
    monkeypatch.setitem(LETTERS, "nip_s172", replace(LETTERS["nip_s172"], **told))
    monkeypatch.setitem(LETTERS, "reminder", replace(LETTERS["nip_s172"], waits_at="notice_posted"))


@pytest.mark.usefixtures("reminder")
def test_where_none_waits_the_refusal_says_which_letter_and_what_it_waits_for() -> None:
    force = given.a_unit()
    said = "No reminder waits to be produced. Reminders wait here once nobody has answered."
    with given.on(given.MONDAY), pytest.raises(NotAllowed, match=said):
        given.print_letters("reminder", force)


@pytest.mark.usefixtures("reminder")
def test_the_pages_of_a_run_speak_of_its_own_letters_and_what_their_posting_means() -> None:
    matter = received()
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    with given.on(PRODUCE_BY):
        made = given.print_letters("nip_s172", matter.force)
        given.hand_over(made)
        asked = client.get(f"/print-runs/{made.id}/posted").content.decode()
        sent = {"posted_on": date(2026, 12, 21).isoformat(), "receipt": "FM-1"}
        told = client.post(f"/print-runs/{made.id}/posted", sent, follow=True).content.decode()
    assert f"1 reminder. {MEANS}" in asked
    assert f"1 reminder posted. {MEANS}" in told
    assert "notice is met" not in asked + told


def test_the_run_behind_it_is_a_print_run_whatever_its_letters_are() -> None:
    matter = received()
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        page = client.get(f"/runs/{made.run_id}").content.decode()
    assert "print run" in page
    assert "print notices" not in page
