"""Money and points: vectors M1 to M8 of the traffic reference, each edge of the dated figures, and its clocks."""

from __future__ import annotations

from datetime import date

import pytest

from casewright import law
from casewright.law.traffic import penalties, points

NOW = date(2026, 6, 1)


def test_m1_an_unpaid_notice_is_registered_at_one_and_a_half_times() -> None:
    assert [penalties.registration_sum(each) for each in (50, 100, 200, 300)] == [75, 150, 300, 450]


@pytest.mark.parametrize(
    ("fine", "surcharge", "total"),
    [
        (100, 40, 250),
        (146, 58, 314),
        (220, 88, 418),
        (666, 266, 1042),
        (5000, 2000, 7110),
        (6000, 2000, 8110),
        (0, 0, 110),
        (1, 0, 111),
        (2, 1, 113),
        (4999, 2000, 7109),
    ],
)
def test_m2_to_m6_fine_surcharge_and_costs(fine: int, surcharge: int, total: int) -> None:
    assert penalties.surcharge(fine, offence_on=NOW) == surcharge
    assert penalties.to_pay(fine, 110, offence_on=NOW) == total


def test_the_surcharge_is_that_of_the_day_of_the_offence() -> None:
    assert penalties.surcharge(200, offence_on=date(2022, 6, 16)) == 80
    assert penalties.surcharge(200, offence_on=date(2022, 6, 15)) == 34
    assert penalties.surcharge(5000, offence_on=date(2022, 6, 15)) == 190
    assert penalties.surcharge(1000, offence_on=date(2020, 4, 14)) == 100
    assert penalties.surcharge(5000, offence_on=date(2020, 4, 13)) == 181
    assert penalties.surcharge(345, offence_on=date(2020, 4, 13)) == 35
    assert penalties.surcharge(1, offence_on=date(2019, 6, 28)) == 32
    with pytest.raises(law.NoLawInForce, match="28 June 2019"):
        penalties.surcharge(1, offence_on=date(2019, 6, 27))


@pytest.mark.parametrize(
    ("speed", "limit", "band"),
    [
        (50, 30, "B"), (51, 30, "C"), (66, 40, "C"), (86, 60, "B"), (91, 60, "C"), (96, 70, "B"), (101, 70, "C"),
        (41, 20, "C"), (35, 20, "B"), (76, 50, "C"), (40, 30, "A"), (41, 30, "B"), (31, 30, "A"), (55, 40, "A"),
        (56, 40, "B"), (65, 50, "A"), (66, 50, "B"), (80, 60, "A"), (81, 60, "B"), (90, 70, "A"), (91, 70, "B"),
        (30, 20, "A"), (31, 20, "B"), (40, 20, "B"), (75, 50, "B"), (65, 40, "B"), (90, 60, "B"), (100, 70, "B"),
    ],
)  # fmt: skip
def test_m7_the_band_of_a_speed(speed: int, limit: int, band: str) -> None:
    assert penalties.speeding_band(limit, speed, sentenced_on=NOW).band == band


def test_a_band_says_points_fine_and_the_most() -> None:
    found = penalties.speeding_band(30, 50, sentenced_on=NOW)
    assert (found.points, found.start, found.least, found.most, found.cap_pounds) == (
        "4 to 6 points, or disqualification for 7 to 28 days", 100, 75, 125, 1000,
    )  # fmt: skip
    assert penalties.speeding_band(70, 96, sentenced_on=NOW, motorway=True).cap_pounds == 2500
    assert "Sentencing Council" in str(found.authority)
    assert penalties.speeding_band(30, 50, sentenced_on=date(2017, 4, 24)).band == "B"
    with pytest.raises(law.NoLawInForce, match="24 April 2017"):
        penalties.speeding_band(30, 50, sentenced_on=date(2017, 4, 23))
    with pytest.raises(law.InvalidFacts, match=r"recorded_mph cannot be 30.*limit_mph of 30"):
        penalties.speeding_band(30, 30, sentenced_on=NOW)
    with pytest.raises(law.InvalidFacts, match="limit_mph cannot be 80"):
        penalties.speeding_band(80, 90, sentenced_on=NOW)


def test_m8_value_added_tax_in_pence() -> None:
    assert penalties.with_vat(17330) == (20796, 3466)
    assert penalties.with_vat(2) == (2, 0)
    assert penalties.with_vat(3) == (4, 1)
    assert penalties.with_vat(100, percent=5) == (105, 5)


def test_money_below_nought_or_in_fractions_is_refused() -> None:
    for wrong in (-1, 1.5, "100", True):
        with pytest.raises(law.InvalidFacts, match="whole pounds"):
            penalties.surcharge(wrong, offence_on=NOW)  # type: ignore[arg-type]
        with pytest.raises(law.InvalidFacts, match="costs"):
            penalties.to_pay(1, wrong, offence_on=NOW)  # type: ignore[arg-type]
        with pytest.raises(law.InvalidFacts, match="net"):
            penalties.with_vat(wrong)  # type: ignore[arg-type]


def test_points_count_for_offences_not_more_than_three_years_apart() -> None:
    record = [(date(2023, 1, 10), 3), (date(2024, 5, 1), 6)]
    assert points.live(record, offence_on=date(2026, 1, 10)) == 9
    assert points.live(record, offence_on=date(2026, 1, 11)) == 6
    assert points.live(record, offence_on=date(2023, 1, 9)) == 0
    assert points.live(record, offence_on=date(2023, 1, 10)) == 3
    assert points.live([], offence_on=NOW) == 0


def test_twelve_points_disqualify_for_six_twelve_or_twenty_four_months() -> None:
    assert points.totting(11) == 0
    assert [points.totting(12, bans_before=number) for number in (0, 1, 2, 3)] == [6, 12, 24, 24]


def test_a_new_driver_loses_the_licence_at_six_points_within_two_years_of_the_test() -> None:
    passed = date(2024, 3, 15)
    assert points.revokes(passed, date(2026, 3, 14), 6)
    assert not points.revokes(passed, date(2026, 3, 15), 6)
    assert not points.revokes(passed, date(2026, 3, 14), 5)
    assert points.revokes(passed, passed, 6)
    assert not points.revokes(passed, date(2024, 3, 14), 6)


def test_points_in_words() -> None:
    assert [points.counted(each) for each in (0, 1, 3)] == ["no points", "1 point", "3 points"]


@pytest.mark.parametrize(
    ("vector", "rule", "facts", "step", "day"),
    [
        ("C1", "nip-14", {"offence_on": "2026-06-01"}, "post_by", date(2026, 6, 11)),
        ("C3", "nip-14", {"offence_on": "2026-12-11"}, "post_by", date(2026, 12, 22)),
        ("C5", "nip-14", {"offence_on": "2026-05-11"}, "post_by", date(2026, 5, 20)),
        ("C6", "nip-14", {"offence_on": "2026-08-20"}, "post_by", date(2026, 9, 1)),
        ("C1", "nip-14", {"offence_on": "2026-06-01"}, "", date(2026, 6, 15)),
        ("C3", "nip-14", {"offence_on": "2026-12-11"}, "", date(2026, 12, 25)),
        ("C5", "nip-14", {"offence_on": "2026-05-11"}, "", date(2026, 5, 25)),
        ("C6", "nip-14", {"offence_on": "2026-08-20"}, "", date(2026, 9, 3)),
        ("C7", "summary-6m", {"offence_on": "2026-01-15"}, "", date(2026, 7, 15)),
        ("C9", "summary-6m", {"offence_on": "2026-02-28"}, "", date(2026, 8, 28)),
        ("C10", "summary-6m", {"offence_on": "2025-08-29"}, "", date(2026, 2, 28)),
        ("C11", "summary-6m", {"offence_on": "2026-10-31"}, "", date(2027, 4, 30)),
        ("C12", "s172-28", {"posted_on": "2026-06-05"}, "", date(2026, 7, 6)),
        ("C12", "s172-charge-by", {"posted_on": "2026-06-05"}, "", date(2027, 1, 6)),
        ("C14", "ndors-3y", {"offence_on": "2017-04-18"}, "barred_until", date(2020, 4, 18)),
        ("C14", "ndors-3y", {"offence_on": "2017-04-18"}, "eligible_from", date(2020, 4, 19)),
    ],
)
def test_a_clock_of_section_12_2(vector: str, rule: str, facts: dict[str, str], step: str, day: date) -> None:
    on = date.fromisoformat(next(iter(facts.values())))
    found = law.deadline(rule, facts, on=max(on, date(2022, 6, 28)) if rule.startswith("s172") else on)
    assert (found.step(step).on if step else found.act_by) == day, vector
    if rule == "s172-charge-by":
        assert found.outer_limit == date(2027, 1, 7)


def test_twelve_points_without_a_disqualification_before_are_six_months() -> None:
    assert points.totting(12) == points.totting(12, bans_before=0) == 6
    assert points.totting(11) == 0
