"""A field that holds a mark or a code is checked as it is left: which character is wrong, and what would fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Browser, Page, expect
from tests import given
from tests.browser.demonstration import Demonstration

from casewright.foundation import clock

SOON = 300_000  # milliseconds: the demonstration's workers may have the work of its first minute before them


def test_leaving_the_offence_of_a_site_says_which_character_is_wrong(
    chromium: Browser, demonstration: Demonstration, looked_at: Callable[[Page, str], None]
) -> None:
    context = demonstration.context(chromium, "Senior processing officer")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto("/register/sites/add")
    box = page.get_by_label("Offence")
    told = page.locator(".cw-checked").filter(has=box).get_by_role("status")
    box.fill("RR8470T")
    box.press("Tab")
    expect(told).to_contain_text("T is not right as character 7")
    expect(told).to_contain_text("RR84707 would fit.")
    expect(box).to_have_value("RR8470T")  # told, never changed for one
    assert faults == []  # before axe, which writes styles of its own
    looked_at(page, "identifier-told")
    box.fill("RR84707")
    box.press("Tab")
    expect(told).to_contain_text("Exceed 30 restricted road")
    page.goto("/account")
    mine = page.get_by_role("region", name="Numbers you typed")
    expect(mine.get_by_role("row").nth(1)).to_contain_text("Offence code")
    expect(mine.get_by_role("row").nth(1)).to_contain_text("50 per cent")
    looked_at(page, "account-own-checks")
    context.close()


def test_mending_a_held_mark_is_told_as_the_field_is_left(
    chromium: Browser, demonstration: Demonstration, looked_at: Callable[[Page, str], None]
) -> None:
    context = demonstration.context(chromium, "Senior processing officer")
    page = context.new_page()
    page.goto("/intake")
    file = given.csv_of(
        [given.row(mark="QX2B RTL", date=f"{clock.today() - timedelta(days=1)}", sequence="770001")]
    )
    page.get_by_label("File of detections").set_input_files(
        {"name": "one.csv", "mimeType": "text/csv", "buffer": file}
    )
    page.get_by_role("button", name="Take in the file").click()
    held = page.get_by_role("row").filter(has_text="QX2B RTL")
    held.get_by_role("link").first.click(timeout=SOON)  # nothing is pressed: it appears when all is read
    box = page.get_by_label("Correct mark")
    box.fill("QX2B RTL")
    box.press("Tab")
    told = page.locator(".cw-told")
    expect(told).to_contain_text("Character 4 must be a figure")
    expect(told).to_contain_text("QX28 RTL would fit.")
    looked_at(page, "held-row-told")
    context.close()


def test_the_page_of_checks_works_with_the_script_off(
    chromium: Browser, demonstration: Demonstration
) -> None:
    context = demonstration.context(chromium, "Prosecution case administrator", script=False)
    page = context.new_page()
    page.goto("/law/check")
    page.get_by_label("Kind").select_option("driver_number")
    page.get_by_label("As it was typed").fill("M0RGA657O54SM9BF")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#checked")).to_contain_text("O is not right as character 9")
    expect(page).to_have_url(demonstration.address + "/law/check")
    context.close()
