"""Every numbered vector of the reference's section 13 stands among the worked examples, under its own number."""

from __future__ import annotations

import re
from collections import defaultdict

from casewright.law.limits.catalogue import versions

# Rule by rule, the numbers of time-limits section 13. What each expects is the example's own dates, tested in
# test_worked_examples; here only that none is lost.
VECTORS = {
    "nip-14": [1, 2, 4], "nip-post-by": [5], "svc-post": [7, 8, 10, 11], "svc-computer": [13], "s172-28": [14, 16],
    "summary-6m": [17, 19, 20, 22, 23, 25], "s172-charge-by": [26], "rtoa-s6": [28], "da-common-assault": [29],
    "fpn-sep-21": [31], "cond-offer-28": [32], "nto-serve-6m": [34, 35], "sjp-response-15bd": [37, 38],
    "written-plea": [40], "sd-mca-21": [41], "totting-3y": [43], "new-driver-2y": [44], "pace-24": [46, 47],
    "pace-review-6-9": [49], "pcb-initial-3m": [50, 52, 56], "pcb-6m": [53], "pcb-legacy-28d": [55],
    "ctl-summary-56": [58, 59], "ctl-crown-182": [61, 62, 64], "ctl-indictment-112": [65], "sope-50-70": [67, 68],
    "defence-statement-mc": [70], "defence-statement-cc": [71], "s9-object": [73], "badchar-pros": [74],
    "special-measures": [76], "appeal-cc-15bd": [77], "uls-28": [79], "slip-56": [80], "vc-arrest": [82],
    "vc-nfa-cps": [83], "foi-20wd": [85, 86], "sar-ukgdpr": [88, 89], "dp-complaint-30": [91], "mopi-g2": [92],
}  # fmt: skip


def test_every_numbered_vector_is_a_worked_example_of_its_rule() -> None:
    found: dict[str, set[int]] = defaultdict(set)
    for rule in (each for newest in versions().values() for each in newest):
        for example in rule.examples:
            for numbers in re.findall(r"13 nos?\. ([\d, and]+)", example.source):
                found[rule.id] |= {int(number) for number in re.findall(r"\d+", numbers)}
    assert {rule_id: sorted(found[rule_id]) for rule_id in VECTORS} == VECTORS
    assert set(found) == set(VECTORS)


def test_the_case_that_fixed_the_day_of_a_charge_is_in_time() -> None:
    """Brown v DPP [2019] EWHC 798 (Admin), as published: offence 19 November 2017, charge completed 21 April 2018."""
    limit = next(
        example
        for example in versions()["summary-6m"][0].examples
        if str(example.facts["offence_on"]) == "2017-11-19"
    )
    assert limit.act_by is not None
    assert "2018-04-21" <= limit.act_by < "2018-05-23"
