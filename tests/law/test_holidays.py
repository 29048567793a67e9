"""Bank holidays: the published list, what the Act computes, the official form, and each kind of day."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from casewright import law
from casewright.law import bank_holidays, calendars

CALENDAR = calendars.ENGLAND_AND_WALES
ONE_OFF = {
    "2020-05-08", "2020-05-04", "2022-06-02", "2022-05-30", "2022-06-03", "2022-09-19", "2023-05-08", "2026-06-15",
}  # fmt: skip
OFFICIAL = {
    "england-and-wales": {
        "events": [
            {"title": "New Year\u2019s Day", "date": "2027-01-01", "notes": ""},
            {"title": "Christmas Day", "date": "2027-12-27", "notes": "Substitute day"},
        ]
    },
    "scotland": {"events": [{"title": "New Year\u2019s Day", "date": "2027-01-01", "notes": ""}]},
    "northern-ireland": {"events": [{"title": "St Patrick\u2019s Day", "date": "2027-03-17"}]},
}


def test_what_the_act_computes_is_what_was_published_but_for_proclaimed_days() -> None:
    published = {(h.on, where) for h in bank_holidays.listed() for where in h.where if h.on.year >= 2013}
    computed = {
        (h.on, where) for year in range(2013, 2029) for h in bank_holidays.computed(year) for where in h.where
    }
    assert {on.isoformat() for on, _ in published ^ computed} == ONE_OFF


def test_computed_days_bear_the_names_of_the_published_list() -> None:
    assert [(h.on.isoformat(), h.name) for h in bank_holidays.computed(2033) if "EW" in h.where] == [
        ("2033-01-03", "New Year's Day, substitute"),
        ("2033-04-15", "Good Friday"),
        ("2033-04-18", "Easter Monday"),
        ("2033-05-02", "Early May bank holiday"),
        ("2033-05-30", "Spring bank holiday"),
        ("2033-08-29", "Summer bank holiday"),
        ("2033-12-26", "Boxing Day"),
        ("2033-12-27", "Christmas Day, substitute"),
    ]
    assert all(h.standing == "computed" for h in bank_holidays.computed(2030))


def test_the_one_day_scotland_alone_was_given_counts_for_freedom_of_information_alone() -> None:
    day = date(2026, 6, 15)
    assert not CALENDAR.days("foi").is_open(day)
    assert CALENDAR.days("business").is_open(day)
    assert CALENDAR.holiday_name(day) == ""


def test_christmas_and_boxing_day_are_never_business_days_though_a_substitute_is_given() -> None:
    for year in range(2012, 2036):
        for day in (25, 26):
            assert not law.calendars.is_business_day(date(year, 12, day))
    assert CALENDAR.holiday_name(date(2026, 12, 26)) == "Boxing Day"
    assert CALENDAR.holiday_name(date(2026, 12, 28)) == "Boxing Day, substitute"


def test_the_module_functions_count_business_days() -> None:
    assert law.calendars.next_business_day(date(2026, 4, 2)) == date(2026, 4, 7)
    assert law.calendars.business_days_after(date(2026, 12, 18), 10) == date(2027, 1, 6)
    assert law.calendars.holiday_name(date(2026, 4, 3)) == "Good Friday"
    assert law.calendars.holiday_name(date(2026, 4, 4)) == ""
    assert law.calendars.is_business_day(date(2026, 4, 2))


def test_a_kind_of_day_says_what_it_is_and_on_what_authority() -> None:
    for key, kind in calendars.kinds().items():
        assert kind.key == key
        assert kind.meaning
        assert kind.authority.title
    assert str(calendars.kinds()["business"].authority) == "CrimPR r.2.2"
    assert CALENDAR.days("business").why_closed(date(2026, 4, 4)) == "Saturday"
    assert CALENDAR.days("business").why_closed(date(2026, 4, 2)) == ""
    assert CALENDAR.days("every").is_open(date(2026, 12, 25))


def test_holidays_load_from_the_official_json_form_and_other_years_are_refused() -> None:
    loaded = calendars.from_official(OFFICIAL)
    assert (loaded.first, loaded.last) == (2027, 2027)
    assert loaded.holiday_name(date(2027, 12, 27)) == "Christmas Day, substitute"
    assert not loaded.days("foi").is_open(date(2027, 3, 17))
    assert loaded.days("business").is_open(date(2027, 3, 17))
    assert loaded.holiday_name(date(2027, 1, 1)) == "New Year's Day"
    with pytest.raises(law.NoHolidays, match="2027 to 2027"):
        loaded.days("business").after(date(2027, 12, 31), 1)
    found = law.deadline("svc-post", {"posted_on": "2027-03-01"}, on=date(2027, 3, 1), calendars=loaded)
    assert found.act_by == date(2027, 3, 3)


def test_which_years_are_computed_is_known() -> None:
    assert not CALENDAR.is_computed(date(2028, 12, 31))
    assert CALENDAR.is_computed(date(2029, 1, 1))
    assert not CALENDAR.is_computed(date(2036, 1, 1))


@pytest.mark.reference_data
def test_the_packaged_list_is_the_official_file_and_what_was_proclaimed_since() -> None:
    path = Path(os.environ["CASEWRIGHT_REFERENCE_DATA"]) / "bank-holidays" / "bank-holidays.json"
    official = bank_holidays.official(json.loads(path.read_text(encoding="utf-8")))
    packaged = {
        (h.on, where) for h in bank_holidays.listed() for where in h.where if h.standing == "published"
    }
    assert packaged == {(h.on, where) for h in official for where in h.where}
