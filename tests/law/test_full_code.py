"""The Full Code Test: each stage answered, and what is taken follows from the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casewright.law import InvalidFacts
from casewright.law.charging import full_code as f
from casewright.law.offences import known

WHY = "He turned across the cyclist without looking; the video shows it."
SOUND = f.Considered(
    elements=(f.Element("manner of driving", "shown", "video of the bus"),),
    evidential="met", public_interest="prosecute", factors=("seriousness",), rationale=WHY,
)  # fmt: skip


@pytest.mark.parametrize("taken", sorted(f.PROSECUTES | f.OFFERS | {f.NOTHING}))
@pytest.mark.parametrize("interest", f.PUBLIC_INTEREST)
def test_what_is_taken_fits_the_public_interest(taken: str, interest: str) -> None:
    fits = {
        "prosecute": taken in f.PROSECUTES,
        "alternative": taken in f.OFFERS,
        "nothing": taken == f.NOTHING,
    }
    considered = replace(SOUND, public_interest=interest)
    if fits[interest]:
        f.check(considered, taken)
    else:
        with pytest.raises(InvalidFacts, match="fits the public interest"):
            f.check(considered, taken)


@pytest.mark.parametrize("taken", sorted(f.PROSECUTES | f.OFFERS))
def test_without_evidence_nothing_but_an_end_is_open(taken: str) -> None:
    with pytest.raises(InvalidFacts, match="evidential stage is not met"):
        f.check(replace(SOUND, evidential="not_met"), taken)
    f.check(replace(SOUND, evidential="not_met", public_interest="", factors=()), f.NOTHING)


def test_what_is_not_yet_known_allows_a_provisional_decision_only() -> None:
    waiting = replace(SOUND, evidential="not_yet")
    with pytest.raises(InvalidFacts, match="provisional"):
        f.check(waiting, "requisition")
    f.check(waiting, "requisition", provisional=True)


@pytest.mark.parametrize("standing", ["contradicted", "not_known"])
def test_an_element_that_is_not_shown_asks_for_a_written_reason(standing: str) -> None:
    lost = replace(SOUND, elements=(f.Element("manner of driving", standing),))
    with pytest.raises(InvalidFacts, match="although this is not shown: manner of driving"):
        f.check(lost, "requisition")
    f.check(replace(lost, despite="He admits it in interview."), "requisition")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"evidential": ""}, "evidential"),
        ({"evidential": "perhaps"}, "evidential"),
        ({"public_interest": ""}, "public_interest"),
        ({"factors": ()}, "factors"),
        ({"factors": ("gut",)}, "factors"),
        ({"rationale": "x" * 29}, "rationale"),
        ({"rationale": " " * 99}, "rationale"),
        ({"elements": (f.Element("manner of driving", "shown", " "),)}, "by what"),
        ({"elements": (f.Element("manner of driving", "maybe", "x"),)}, "shown, contradicted"),
    ],
)
def test_what_is_wanting_is_named(changed: dict, words: str) -> None:
    with pytest.raises(InvalidFacts, match=words):
        f.check(replace(SOUND, **changed), "requisition")


def test_reasons_of_just_the_least_length_are_enough() -> None:
    f.check(replace(SOUND, rationale="x" * 30), "requisition")


def test_how_long_reasons_must_be_is_the_unit_s_to_set() -> None:
    own = {"unit.reason_characters": 60}
    with pytest.raises(InvalidFacts, match="60 characters or more"):
        f.check(replace(SOUND, rationale="x" * 59), "requisition", policy=own)
    f.check(replace(SOUND, rationale="x" * 60), "requisition", policy=own)


def test_every_offence_says_what_has_to_be_shown() -> None:
    assert f.elements_of(known("RR84707"))[:2] == f.COMMON
    assert "speed recorded" in f.elements_of(known("RR84707"))
    from casewright.law.offences import all_offences

    assert all(len(f.elements_of(offence)) > len(f.COMMON) for offence in all_offences().values())


def test_what_was_considered_is_kept_whole() -> None:
    kept = replace(SOUND, despite="x", against={"course": "wants court"}).as_json()
    assert kept["elements"] == [{"name": "manner of driving", "standing": "shown", "by": "video of the bus"}]
    assert kept["against"] == {"course": "wants court"}
    assert {"evidential", "despite", "public_interest", "factors"} <= set(kept)
