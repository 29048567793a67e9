"""A proclaimed holiday or a changed value moves the right findings, keeps the old, and touches no others."""

from datetime import date

from casewright import law

CALENDAR = law.calendars.ENGLAND_AND_WALES
TODAY = date(2026, 11, 22)
NEW = date(2026, 12, 1)  # a Tuesday in nine days' time


def find(rule_id: str, **facts: object) -> law.Finding:
    return law.deadline(rule_id, facts, on=law.law_day(rule_id, facts))


def test_a_holiday_proclaimed_for_a_day_in_nine_days_moves_the_right_clocks_and_no_others() -> None:
    moves = {
        "posting over it": find("nip-14", offence_on="2026-11-18"),
        "service over it": find("svc-post", posted_on="2026-11-30"),
        "business days over it": find("badchar-object", served_on="2026-11-25"),
        "working days over it": find("vc-arrest", arrested_on="2026-11-27"),
        "foi over it": find("foi-20wd", received_on="2026-11-10"),
        "custody limit ending on it": find("ctl-summary-56", first_remand_on="2026-10-06"),
    }
    stays = {
        "days of every kind": find("cond-offer-28", offer_on="2026-11-10"),
        "six months": find("summary-6m", offence_on="2026-06-01"),
        "over before it": find("badchar-object", served_on="2026-11-02"),
        "begun after it": find("svc-post", posted_on="2026-12-02"),
        "custody limit ending after it": find("ctl-summary-56", first_remand_on="2026-10-07"),
        "hours": find("pace-24", relevant_at="2026-12-01T00:00+00:00"),
        "a notice of another fortnight": find("nip-14", offence_on="2026-11-25"),
    }
    proclaimed = CALENDAR.proclaim(NEW, "A proclaimed holiday")
    moved = list(law.impact([*moves.values(), *stays.values()], proclaimed))
    assert {id(each.old) for each in moved} == {id(finding) for finding in moves.values()}


def test_what_moves_says_from_when_to_when_and_whether_it_is_now_sooner() -> None:
    notice, custody = (
        find("nip-14", offence_on="2026-11-18"),
        find("ctl-summary-56", first_remand_on="2026-10-06"),
    )
    arrest = find("vc-arrest", arrested_on="2026-11-27")
    proclaimed = CALENDAR.proclaim(NEW, "A proclaimed holiday")
    first, second, third = law.impact([notice, custody, arrest], proclaimed)
    assert (
        first.why
        == "Produce by moves from 2026-11-27 to 2026-11-26; Post by moves from 2026-11-30 to 2026-11-27."
    )
    assert (first.earlier, second.earlier, third.earlier) == (True, True, False)
    assert second.new is not None
    assert second.new.act_by == date(2026, 11, 30)
    assert second.old.act_by == NEW


def test_a_kept_finding_is_counted_again_from_its_own_facts() -> None:
    kept = law.Finding.from_json(find("nip-14", offence_on="2026-11-18").as_json())
    (moved,) = law.impact([kept], CALENDAR.proclaim(NEW, "A day"))
    assert moved.new is not None
    assert moved.new.step("post_by").on == date(2026, 11, 27)
    assert not list(law.impact([kept]))


def test_a_changed_setting_moves_the_targets_it_sets() -> None:
    offer = find("ndors-accept-28", offered_on="2026-11-10")
    (moved,) = law.impact([offer], policy={"ndors-accept-28.number": 21})
    assert moved.earlier
    moves = "moves from 2026-12-08 to 2026-12-01"
    assert moved.why == f"Act by {moves}; Outer limit {moves}; Book by {moves}."


def test_an_instant_that_moves_is_compared_as_an_instant() -> None:
    seized = find("cash-seizure-48h", seized_at="2026-11-30T15:00+00:00")
    (moved,) = law.impact([seized], CALENDAR.proclaim(NEW, "A day"))
    assert not moved.earlier
    (back,) = law.impact([moved.new], CALENDAR) if moved.new else ()
    assert back.earlier


def test_a_finding_that_can_no_longer_be_counted_is_listed_with_the_reason() -> None:
    kept = find("nip-14", offence_on="2026-11-18").as_json()
    kept["rule_id"] = "gone"
    (moved,) = law.impact([law.Finding.from_json(kept)])
    assert moved.new is None
    assert moved.earlier
    assert "gone" in moved.why


def test_a_bank_holiday_may_be_moved() -> None:
    moved = CALENDAR.withdraw(date(2026, 8, 31)).proclaim(date(2026, 9, 7), "Summer bank holiday")
    assert moved.days("business").is_open(date(2026, 8, 31))
    assert not moved.days("business").is_open(date(2026, 9, 7))
    assert moved.holiday_name(date(2026, 9, 7)) == "Summer bank holiday"
    assert CALENDAR.holiday_name(date(2026, 8, 31)) == "Summer bank holiday"


def test_a_holiday_in_scotland_alone_moves_only_freedom_of_information() -> None:
    scottish = CALENDAR.proclaim(NEW, "A day in Scotland", ["SC"])
    findings = [find("foi-20wd", received_on="2026-11-10"), find("badchar-object", served_on="2026-11-25")]
    assert [each.old.rule_id for each in law.impact(findings, scottish)] == ["foi-20wd"]
