"""The consistency monitor: a planted bias is mentioned within a month, noise is not, small numbers are not shown."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.areas.decisions import monitor
from casewright.areas.decisions.monitor import Count

BANDS = (
    ("speed", "course", "allegation"),
    ("speed", "conditional_offer", "allegation"),
    ("phone", "", "allegation"),
)
RATES = {BANDS[0]: 0.15, BANDS[1]: 0.30, BANDS[2]: 0.45}
DECIDERS, A_MONTH = 12, 250  # twelve deciders, about twelve decisions a working day each
SEEDS = 200


def month(seed: int, *, bias: float = 0.0, own_mix: bool = False) -> list[Count]:
    """A month of decisions; the first decider prosecutes more often by the bias, in every kind of case."""
    dice, found = Random(seed), Counter()
    for who in range(DECIDERS):
        weights = (1 + who, 6, DECIDERS - who) if own_mix else (4, 4, 2)
        for stratum in dice.choices(BANDS, weights, k=A_MONTH):
            odds = RATES[stratum] + (bias if who == 0 else 0.0)
            found[stratum, f"decider {who:02}", "prosecute" if dice.random() < odds else "offer"] += 1
    return [Count(*key, number) for key, number in found.items()]


def mentioned(counts: list[Count]) -> set[str]:
    return {rate.group for rate in monitor.compare(counts) if rate.differs}


def test_a_bias_of_twenty_points_is_mentioned_within_a_month_and_nobody_else_is() -> None:
    found = [mentioned(month(seed, bias=0.20)) for seed in range(SEEDS)]
    assert sum("decider 00" in each for each in found) >= 0.97 * SEEDS
    assert sum(bool(each - {"decider 00"}) for each in found) <= 0.02 * SEEDS


@pytest.mark.parametrize("own_mix", [False, True], ids=["like work", "other work for each"])
def test_random_noise_is_mentioned_no_oftener_than_was_stated(own_mix: bool) -> None:
    false = sum(bool(mentioned(month(seed, own_mix=own_mix))) for seed in range(SEEDS))
    assert (
        false <= 2 * monitor.ALPHA * SEEDS
    )  # stated: one comparison in a hundred; the room is for the seeds


def test_other_work_alone_is_no_difference() -> None:
    odd = [Count(BANDS[0], "a", "offer", 900), Count(BANDS[0], "a", "prosecute", 100),
           Count(BANDS[2], "a", "offer", 5), Count(BANDS[2], "a", "prosecute", 5),
           Count(BANDS[0], "b", "offer", 90), Count(BANDS[0], "b", "prosecute", 10),
           Count(BANDS[2], "b", "offer", 500), Count(BANDS[2], "b", "prosecute", 500)]  # fmt: skip
    rates = {(rate.group, rate.option): rate for rate in monitor.compare(odd)}
    assert abs(rates["a", "prosecute"].share - rates["b", "prosecute"].share) > 0.3
    assert rates["a", "prosecute"].expected == pytest.approx(rates["a", "prosecute"].share)
    assert not mentioned(odd)


def test_small_numbers_are_not_shown_and_work_that_nobody_else_does_is_not_compared() -> None:
    def of(number: int) -> list[monitor.Rate]:
        return monitor.compare([Count(BANDS[0], "a", "offer", number), Count(BANDS[0], "b", "offer", 500),
                                Count(BANDS[1], "a", "offer", 900)])  # fmt: skip

    assert {rate.group for rate in of(monitor.LEAST - 1)} == {"b"}
    assert {(rate.group, rate.of) for rate in of(monitor.LEAST)} == {("a", monitor.LEAST), ("b", 500)}


def test_a_certain_but_small_difference_is_not_mentioned() -> None:
    def by(points: int) -> set[str]:
        mine = 3000 + points * 100
        return mentioned([
            Count(BANDS[0], "a", "x", mine), Count(BANDS[0], "a", "y", 10_000 - mine),
            Count(BANDS[0], "b", "x", 3000), Count(BANDS[0], "b", "y", 7000),
        ])  # fmt: skip

    assert by(9) == set()
    assert by(10) == {"a", "b"}


@pytest.mark.parametrize(
    ("taken", "of", "low", "high"), [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (81, 263, 0.255, 0.366)]
)
def test_wilsons_interval(taken: int, of: int, low: float, high: float) -> None:
    assert monitor.wilson(taken, of) == pytest.approx((low, high), abs=0.001)


COUNT = st.builds(
    Count,
    st.sampled_from(BANDS),
    st.sampled_from("abc"),
    st.sampled_from(["x", "y", "z"]),
    st.integers(0, 90),
)
CELLS = st.lists(COUNT, max_size=30)


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_whatever_the_counts_the_figures_hold_together(counts: list[Count]) -> None:
    rates = monitor.compare(counts)
    for rate in rates:
        assert 0 <= rate.low <= rate.share <= rate.high <= 1
        assert 0 <= rate.expected <= 1
        assert 0 <= rate.chance <= 1
        assert rate.of >= monitor.LEAST
    for group in {rate.group for rate in rates}:
        own = [rate for rate in rates if rate.group == group]
        assert sum(rate.taken for rate in own) == own[0].of
        assert sum(rate.expected for rate in own) == pytest.approx(1)
