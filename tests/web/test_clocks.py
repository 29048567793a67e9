"""A deadline as a page shows it: the act that can still be done, its day, and its whole working."""

from __future__ import annotations

from datetime import date

import pytest

from casewright import law
from casewright.web import clocks

OFFENCE = date(2026, 12, 12)  # the example of the look: over Christmas


def finding() -> law.Finding:
    return law.deadline("nip-14", {"offence_on": OFFENCE}, on=OFFENCE)


def test_the_headline_is_the_act_and_its_own_day() -> None:
    shown = clocks.clock(finding(), today=date(2026, 12, 16), lead=7)
    assert shown.act == "Produce the notice of intended prosecution by Monday 21 December"
    assert (shown.band, shown.left_words, shown.flag) == ("lead", "5 days", "Bars conviction")
    assert "Last lawful day Saturday 26 December 2026." in shown.line


def test_once_produced_the_next_act_is_to_post_it() -> None:
    shown = clocks.clock(finding(), today=date(2026, 12, 22), lead=1, done=("produce_by",))
    assert shown.act.startswith("Post the notice")
    assert (shown.band, shown.left) == ("today", 0)
    assert shown.why
    assert [step.label for step in shown.why.steps if step.next] == ["Post by"]


def test_what_was_missed_is_said_and_the_next_thing_that_can_be_done_is_shown() -> None:
    shown = clocks.clock(finding(), today=date(2026, 12, 23), lead=1)
    assert shown.act == "Serve the notice of intended prosecution by Saturday 26 December"
    assert "Produce by Monday 21 December has passed." in shown.line
    assert "Post by Tuesday 22 December has passed." in shown.line


def test_a_day_that_has_passed_is_too_late() -> None:
    shown = clocks.clock(finding(), today=date(2026, 12, 27), lead=1)
    assert (shown.band, shown.left_words) == ("late", "1 day over")


def test_the_working_is_the_laws_own() -> None:
    found = finding()
    told = clocks.why(found, today=date(2026, 12, 16))
    assert told.answer == found.answer
    assert [cell.count for cell in told.days if "in" in cell.classes] == list(range(1, 15))
    assert told.months == ()
    assert "RTOA 1988 s.1(1)(c), (1ZA) to (1ZC)" in told.authority


def test_a_count_of_months_is_drawn_in_months() -> None:
    told = clocks.why(law.deadline("summary-6m", {"offence_on": OFFENCE}, on=OFFENCE), today=OFFENCE)
    assert told.days == ()
    assert [tile.number for tile in told.months] == [0, 1, 2, 3, 4, 5, 6]


def test_every_rule_of_the_catalogue_can_be_shown() -> None:
    """Each worked example of each rule, as the page would draw it."""
    shown = 0
    for rule in law.rules():
        for example in rule.examples:
            try:
                found = law.deadline(rule.id, example.facts, on=rule.effective_from, policy=example.policy)
            except (law.InvalidFacts, law.NoLawInForce):
                continue
            clock = clocks.clock(found, today=date(2026, 12, 16), lead=7)
            assert clock.act
            assert clock.why
            assert clock.why.answer
            shown += 1
    assert shown > 200


@pytest.mark.parametrize(
    ("code", "said"),
    [("H T", "High: text read"), ("M G", "Medium: general knowledge, not yet confirmed"), ("L", "Low")],
)
def test_confidence_in_words(code: str, said: str) -> None:
    assert clocks.confidence(code) == said
