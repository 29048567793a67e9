"""Working by keys alone, and without any script."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect
from tests import given
from tests.browser.demonstration import Demonstration

from casewright.foundation import clock

ROLE = "Prosecution case administrator"
SOON = 300_000  # milliseconds: a file is read by workers that the other tests use too


def test_a_worklist_is_worked_without_a_mouse(chromium: Browser, demonstration: Demonstration) -> None:
    # of the team whose list it is: others are asked first why they look at a matter
    context = demonstration.context(chromium, "Case progression officer")
    page = context.new_page()
    page.goto("/worklist?of=replies")
    expect(page.locator(".cw-bulk")).to_be_hidden()
    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("tr[aria-selected=true]")).to_have_count(2)
    expect(page.locator(".cw-bulk")).to_contain_text("2 selected")
    page.keyboard.press("Escape")
    expect(page.locator(".cw-bulk")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/matters/\d+\?of=replies$"))
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    assert re.search(r"/matters/\d+\?of=replies$", page.url)
    page.keyboard.press("w")
    expect(page.locator("details.cw-why").first).not_to_have_attribute("open", "")
    page.keyboard.press("?")
    expect(page.locator("#all-keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#go")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/worklist"))
    context.close()


def test_single_keys_can_be_switched_off(chromium: Browser, demonstration: Demonstration) -> None:
    context = demonstration.context(chromium, "Viewing clerk")
    page = context.new_page()
    page.goto("/my-day")
    page.locator(".cw-who summary").click()
    page.get_by_label("Single keys do things").uncheck()
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("body")).to_have_attribute("data-keys", "off")
    page.keyboard.press("?")
    expect(page.locator("#all-keys")).to_be_hidden()
    context.close()


def test_a_matter_is_taken_noted_and_found_without_script(
    chromium: Browser, demonstration: Demonstration
) -> None:
    context = demonstration.context(chromium, ROLE, script=False)
    page = context.new_page()
    page.goto("/worklist?of=replies")
    page.locator("input[name=chosen]").first.check()
    page.get_by_role("button", name="Take as mine").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("1 matter is yours now")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Note", exact=True).click()
    page.get_by_role("button", name="Write the note").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("The note is not written yet")
    page.fill("#id_text", "Rang the keeper; no answer.")
    page.get_by_role("button", name="Write the note").click()
    expect(page.locator(".cw-timeline")).to_contain_text("Rang the keeper; no answer.")
    page.fill("#go", page.locator(".cw-title .num").inner_text().split(",")[0])
    page.locator("#go").press("Enter")
    expect(page.locator(".cw-timeline")).to_contain_text("Rang the keeper; no answer.")
    context.close()


def test_a_file_is_given_without_script(chromium: Browser, demonstration: Demonstration) -> None:
    context = demonstration.context(chromium, "Viewing clerk", script=False)
    page = context.new_page()
    page.goto("/intake")
    page.get_by_role("button", name="Take in the file").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose the file the site sent")
    page.set_input_files(
        "input[type=file]", {"name": "wrong.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    page.get_by_role("button", name="Take in the file").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("The first line must name the columns")
    context.close()


def test_a_watched_page_waits_while_somebody_types_and_keeps_nothing_of_it_in_the_browser(
    chromium: Browser, demonstration: Demonstration
) -> None:
    context = demonstration.context(chromium, "Senior processing officer")
    page = context.new_page()
    page.goto("/intake")
    day = f"{clock.today() - timedelta(days=1)}"
    rows = [given.row(mark="QX2B RTM", date=day, sequence=str(780_000 + n)) for n in range(30)]
    page.get_by_label("File of detections").set_input_files(
        {"name": "many.csv", "mimeType": "text/csv", "buffer": given.csv_of(rows)}
    )
    with demonstration.nothing_read():
        page.get_by_role("button", name="Take in the file").click()
        page.wait_for_url(
            re.compile(r"/intake/files/\d+$")
        )  # the page left behind has a field of this name too
        expect(page.locator("#count[hx-get]")).to_be_visible()
        page.fill("#go", "Marlow")
    for _ in range(2):
        page.wait_for_event("response", lambda answer: answer.headers.get("hx-refresh") == "true")
    expect(page.locator("#go")).to_have_value("Marlow")
    assert "Marlow" not in page.evaluate("JSON.stringify([window.sessionStorage, window.localStorage])")
    page.fill("#go", "")
    expect(page.get_by_role("row").filter(has_text="QX2B RTM").first).to_be_visible(timeout=SOON)
    context.close()


def test_a_watched_page_keeps_the_place_of_whoever_is_in_it(
    chromium: Browser, demonstration: Demonstration
) -> None:
    """The same row again and again: one matter at most."""
    context = demonstration.context(chromium, "Viewing clerk")
    page = context.new_page()
    page.goto("/intake")
    file = given.csv_of([given.row()] * 200)
    page.set_input_files("input[type=file]", {"name": "same.csv", "mimeType": "text/csv", "buffer": file})
    with demonstration.nothing_read():
        page.get_by_role("button", name="Take in the file").click()
        page.wait_for_url(re.compile(r"/intake/files/\d+$"))
        expect(page.locator(".cw-title .govuk-tag")).to_have_text("Reading")
        page.locator(".cw-back a").focus()
    expect(page.locator(".cw-title .govuk-tag")).to_have_text("Done", timeout=SOON)
    expect(page.locator(".cw-back a")).to_be_focused()
    context.close()
