"""The days drawn are the days counted."""

from datetime import date
from itertools import pairwise

import pytest

from casewright import law
from casewright.law.limits.catalogue import versions


def draw(rule_id: str, today: date | None = None, **facts: object) -> tuple[law.Day, ...]:
    return law.draw(law.deadline(rule_id, facts, on=law.law_day(rule_id, facts)), today=today)


def test_an_inclusive_count_begins_with_one() -> None:
    cells = draw("s172-28", served_on="2026-01-05")
    assert [c.count for c in cells[:28]] == list(range(1, 29))
    assert cells[0].classes[:2] == ("from", "in")
    assert cells[27].flag == "Last day"
    assert [c.classes for c in cells[28:]] == [("beyond",), ("beyond",)]
    assert not any("rest" in c.classes for c in cells)


def test_business_days_are_numbered_and_the_rest_are_hatched_without_a_number() -> None:
    cells = draw("s9-object", served_on="2026-04-02")
    assert [(c.on.day, c.count) for c in cells if c.count] == [(7, 1), (8, 2), (9, 3), (10, 4), (13, 5)]
    assert [c.named for c in cells if "hol" in c.classes] == ["Good Friday", "Easter Monday"]
    assert all(c.count is None for c in cells[1:] if "rest" in c.classes)


def test_a_count_back_from_a_hearing_runs_from_the_act_to_the_event() -> None:
    cells = draw("s16-certificate", hearing_on="2026-02-09")
    assert [c.count for c in cells] == [7, 6, 5, 4, 3, 2, 1, 0]
    assert "last" in cells[0].classes
    assert cells[-1].flag == "Hearing"


def test_business_days_counted_back_are_numbered_from_the_hearing() -> None:
    cells = draw("written-plea", hearing_on="2026-04-07")
    assert [(c.on.day, c.count) for c in cells] == [
        (2, 1),
        (3, None),
        (4, None),
        (5, None),
        (6, None),
        (7, 0),
    ]


def test_an_end_that_rolls_forward_shows_the_raw_end_inside() -> None:
    cells = draw("defence-statement-mc", disclosed_on="2026-01-05")
    last = next(c for c in cells if "last" in c.classes)
    assert last.on == date(2026, 1, 19)


def test_a_limit_brought_back_shows_the_days_beyond_it() -> None:
    facts = {"limit_days": 56, "custody": "2026-01-05/2026-02-10", "remanded_again_on": "2026-02-12"}
    cells = draw("ctl-stop", **facts)
    last = next(c for c in cells if "last" in c.classes)
    assert "beyond" in cells[-1].classes
    assert last.count is not None


def test_the_post_travels_from_presumed_posting() -> None:
    cells = draw("svc-computer", produced_on="2026-01-08")
    assert [(c.on.day, "a" in c.classes, "z" in c.classes) for c in cells if "in-post" in c.classes] == [
        (9, True, False), (10, False, False), (11, False, False), (12, False, False), (13, False, True),
    ]  # fmt: skip


def test_the_business_days_of_the_single_justice_are_numbered() -> None:
    cells = draw("sjp-response-15bd", served_on="2026-01-12")
    assert [c.count for c in cells if "last" in c.classes] == [15]
    older = draw("sjp-response-15bd", served_on="2020-01-13")
    assert [c.count for c in older if "last" in c.classes] == [21]


def test_months_beginning_with_the_evidence_end_a_day_short() -> None:
    facts = {"offence_on": "2025-01-05", "evidence_on": "2025-10-15"}
    tiles = law.draw_months(law.deadline("malcomms-s127", facts, on=date(2025, 1, 5)))
    assert [(t.on.isoformat(), t.number) for t in tiles][:3] == [
        ("2025-10-15", 0),
        ("2025-11-14", 1),
        ("2025-12-14", 2),
    ]
    plain = law.draw_months(law.deadline("vera-s47", facts, on=date(2025, 1, 5)))
    assert plain[1].on == date(2025, 11, 15)


def test_today_gives_way_to_an_act_of_that_day() -> None:
    cells = draw("nip-14", today=date(2026, 12, 21), offence_on="2026-12-12")
    today = next(c for c in cells if "now" in c.classes)
    assert today.flag == "Produce by"


def test_longer_counts_are_drawn_as_months() -> None:
    found = law.deadline("summary-6m", {"offence_on": "2026-12-12"}, on=date(2026, 12, 12))
    assert law.draw(found) == ()
    tiles = law.draw_months(found)
    assert [(t.on.isoformat(), t.number, t.classes, t.label) for t in tiles] == [
        ("2026-12-12", 0, ("from",), "Offence, Sat"),
        ("2027-01-12", 1, (), ""),
        ("2027-02-12", 2, (), ""),
        ("2027-03-12", 3, (), ""),
        ("2027-04-12", 4, (), ""),
        ("2027-05-12", 5, (), ""),
        ("2027-06-12", 6, ("last",), "Last day, Sat"),
    ]


def test_inclusive_months_end_the_day_before() -> None:
    tiles = law.draw_months(law.deadline("nto-serve-6m", {"fixed_on": "2025-08-31"}, on=date(2025, 8, 31)))
    assert [t.on.isoformat() for t in tiles] == [
        "2025-08-31", "2025-09-30", "2025-10-30", "2025-11-30", "2025-12-30", "2026-01-30", "2026-02-28",
    ]  # fmt: skip


def test_very_long_counts_show_both_ends_and_the_middle_in_words() -> None:
    long = law.draw_months(law.deadline("endorse-11y", {"convicted_on": "2020-06-01"}, on=date(2020, 6, 1)))
    assert [t.label for t in long] == ["Convicted, Mon", "132 months", "Last day, Sun"]
    days = law.draw_months(
        law.deadline("ctl-summary-56", {"first_remand_on": "2026-01-02"}, on=date(2026, 1, 2))
    )
    assert [t.label for t in days] == ["Remand, Fri", "56 days", "Last day, Fri"]


def test_nothing_is_shaded_by_guess_in_a_year_that_is_not_loaded() -> None:
    cells = draw("pnd-21", given_on="2040-12-20")
    assert not any("hol" in c.classes for c in cells)
    assert not any(c.named for c in cells)


@pytest.mark.parametrize("rule_id", sorted(versions()))
def test_every_rule_can_be_drawn_or_says_it_cannot(rule_id: str) -> None:
    for rule in versions()[rule_id]:
        for example in rule.examples:
            found = law.deadline(rule_id, example.facts, on=rule.effective_from, policy=example.policy)
            cells, tiles = law.draw(found), law.draw_months(found)
            if found.strip is None:
                assert cells == ()
                assert tiles == ()
                continue
            assert cells or tiles or found.strip.last < found.strip.start
            assert len(cells) <= 38
            if cells:
                assert sum("last" in c.classes for c in cells) == 1
                assert sum("from" in c.classes for c in cells) == 1
                assert all(later.on > earlier.on for earlier, later in pairwise(cells))
