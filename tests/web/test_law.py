"""The law as pages: every rule, its values over time, a calculator that follows what is typed and keeps it."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from tests import given
from tests.law.test_catalogue import LISTED

from casewright import law
from casewright.foundation.policy import actions as policy
from casewright.foundation.reference import holidays

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def read(client):
    """Read a page as the case administrator on the day of the tests, as plain text."""
    given.a_unit(TODAY)
    client.force_login(given.person("Mina Thorley"))

    def page(address: str, *, typing: bool = False) -> str:
        with given.on(TODAY):
            answer = client.get(address, headers={"HX-Request": "true"} if typing else {})
        assert answer.status_code == 200, address
        return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))

    return page


def test_every_rule_of_the_catalogue_has_its_page_and_stands_in_the_list(read) -> None:
    listed = read("/law")
    assert f"{len(LISTED)} rules" in listed
    for rule in law.rules():
        assert f'href="/law/{rule.id}"' in listed
        page = read(f"/law/{rule.id}")
        said = re.sub(r"<[^>]+>", " ", page)
        for words in (rule.name, rule.if_missed, *(source.full for source in rule.authority)):
            assert re.sub(r"\s+", " ", words) in said, rule.id
        assert "Values over time" in said


def test_words_narrow_the_list_whatever_their_order(read) -> None:
    assert "/law/nip-14" in read("/law?about=prosecution+intended")
    assert "/law/summary-6m" not in read("/law?about=prosecution+intended")


def test_the_calculator_answers_for_what_is_typed_with_the_working_alone(read) -> None:
    said = read("/law/nip-14?offence_on=12+December+2026", typing=True)
    assert "Saturday 12 December 2026" in said
    assert "Monday 21" in said
    assert "<html" not in said
    assert "CrimPR" in said


def test_what_was_typed_stays_when_it_cannot_be_counted(read) -> None:
    page = read("/law/nip-14?offence_on=the+twelfth")
    assert 'value="the twelfth"' in page
    assert "Write a day such as 12 December 2026." in page
    assert "Write a day such as 12 December 2026." in read("/law/nip-14?offence_on=the+twelfth", typing=True)


def test_a_birth_that_is_yet_to_come_or_too_long_ago_is_refused_and_stays_as_typed(read) -> None:
    page = read("/law/youth-turn18?born_on=24+November+2026")
    assert 'value="24 November 2026"' in page
    assert (
        "born_on cannot be Tuesday 24 November 2026: expected a day no later than Monday 23 November" in page
    )
    assert "no more than 120 years before" in read("/law/youth-turn18?born_on=23+November+1905", typing=True)
    for possible in ("23+November+2026", "24+November+1905"):
        assert "cannot be" not in read(f"/law/youth-turn18?born_on={possible}", typing=True)


def test_older_facts_are_counted_by_the_law_of_their_day(read) -> None:
    rule = next(each for each in law.rules() if len(law.limits.catalogue.versions()[each.id]) > 1)
    older = law.limits.catalogue.versions()[rule.id][-1]
    example = next(each for each in older.examples if each.act_by)
    facts = "&".join(f"{name}={value}" for name, value in example.facts.items())
    found = law.deadline(
        rule.id, example.facts, on=law.law_day(rule.id, example.facts), policy=example.policy
    )
    assert found.working[0] in read(f"/law/{rule.id}?{facts}", typing=True)


def test_lists_of_days_and_periods_can_be_typed(read) -> None:
    rule = law.newest("ctl-stop")
    example = rule.examples[0]
    facts = {
        **example.facts,
        "custody": ", ".join("/".join(map(str, pair)) for pair in example.facts["custody"]),
    }
    said = read("/law/ctl-stop?" + "&".join(f"{name}={value}" for name, value in facts.items()), typing=True)
    assert (
        law.deadline("ctl-stop", example.facts, on=law.law_day("ctl-stop", example.facts)).working[0] in said
    )


def test_a_proclaimed_holiday_and_the_units_own_target_count_here_too(read) -> None:
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")
    with given.on(date(2026, 11, 22)) as at:
        row = holidays.propose(on=date(2026, 12, 1), name="Day of thanks", source="x", by=ruth, at=at)
        holidays.approve(holiday_id=row.id, by=una, at=at)
        own = policy.propose(
            key="ndors-accept-28.number",
            value=21,
            effective_from=TODAY,
            reason="Courses fill up",
            by=ruth,
            at=at,
        )
        policy.approve(setting_id=own.id, by=una, at=at)
    said = read("/law/nip-14?offence_on=2026-11-18", typing=True)
    assert "Friday 27" in said
    assert "Day of thanks" in said
    page = read("/law/ndors-accept-28?offered_on=2026-11-20")
    assert "Friday 11 December" in page
    assert "The unit's own: 21" in page
    assert "Courses fill up" in page


def test_the_matters_that_use_a_rule_are_listed_to_those_who_may_see_them(read, client) -> None:
    force = given.Force.objects.get()
    with given.on(TODAY):
        given.give(given.csv_of([given.row()]), force=force)
    matter = given.Matter.objects.get()
    assert f'<a href="/matters/{matter.id}">{matter.reference}</a>' in read("/law/nip-14")
    assert matter.reference not in read("/law/summary-6m")  # its day lies further ahead than five weeks
    given.Matter.objects.update(sensitivity="restricted")
    assert matter.reference not in read("/law/nip-14")


def test_a_list_of_uses_that_is_cut_off_says_of_how_many(read) -> None:
    force = given.Force.objects.get()
    with given.on(TODAY):
        rows = [
            given.row(sequence=f"{number:08}", time=f"14:{number:02}:31", mark=f"QX26 RT{letter}")
            for number, letter in enumerate("ABCDEFGHJKLM", 1)
        ]
        given.give(given.csv_of(rows), force=force)
    page = read("/law/nip-14")
    assert page.count('<a href="/matters/') == 10
    assert "These are the first 10 of 12." in page
    given.Matter.objects.filter(id__in=given.Matter.objects.values("id")[:2]).update(sensitivity="restricted")
    page = read("/law/nip-14")
    assert page.count('<a href="/matters/') == 10
    assert "These are the first" not in page


def test_every_day_of_a_matter_links_to_the_rule_it_rests_on(read, client) -> None:
    """On the matter's own page, in worklists, on My day and in a search alike."""
    force = given.Force.objects.get()
    with given.on(TODAY):
        given.give(given.csv_of([given.row()]), force=force)
    matter = given.Matter.objects.get()
    with given.on(TODAY):
        found = client.post("/search", {"sought": "QX26"}).headers["Location"]
    for address in (f"/matters/{matter.id}", "/worklist?of=unit", "/my-day", found):
        assert 'href="/law/nip-14"' in read(address), address
