"""The six steps of Try it, as a stranger does them, on the product as the command starts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.demonstration import Demonstration

ROLE = "Senior processing officer"
SOON = 300_000  # milliseconds: two workers on a busy machine


@pytest.fixture
def desk(chromium: Browser, demonstration: Demonstration) -> Iterator[Page]:
    """The senior processing officer at Try it."""
    context = demonstration.context(chromium, ROLE)
    page = context.new_page()
    page.goto("/try-it")
    yield page
    context.close()


def figures(page: Page) -> dict[str, int]:
    """The count as the page shows it, by word."""
    text = page.locator(".cw-balance").inner_text()
    return {
        word: int(number.replace(",", ""))
        for word, number in re.findall(r"([A-Z][a-z ,]+?)\s*\n+\s*([\d,]+)", text)
    }


def step_1_drop_in_the_file_and_watch_the_sum_agree(desk: Page) -> None:
    desk.get_by_role("button", name="Drop it in").click()
    expect(desk.locator(".cw-check")).to_have_text(re.compile("It adds up"))
    desk.locator("#count:not([hx-get])").wait_for(timeout=SOON)  # it asks no more: everything is read
    told = figures(desk)
    assert told.pop("Received") == 800
    assert sum(told.values()) == 800
    assert 800 - told["Accepted"] == 37


def step_2_mend_a_held_row_and_see_it_join_the_others(desk: Page) -> None:
    told = re.search(r"type (\d{4}-\d\d-\d\d)", desk.locator("main").inner_text())
    assert told, "Try it says which day to type"
    desk.get_by_role("link", name=re.compile("^Mend row")).click()
    expect(desk.locator("h1")).to_contain_text("November")
    desk.fill("#correct", "rubbish")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".govuk-error-summary")).to_contain_text("still held")
    expect(desk.locator("#correct")).to_have_value("rubbish")
    day = desk.locator(".cw-raw").inner_text()
    assert day
    desk.fill("#correct", told.group(1))
    expect(desk.locator("#follows")).to_contain_text("The last day to serve is")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".govuk-notification-banner")).to_contain_text("joined the others")


def step_3_ask_a_date_why(desk: Page) -> None:
    desk.get_by_role("link", name=re.compile(r"^Open T\d\d-")).click()
    why = desk.locator("details.cw-why").first
    expect(why).to_have_attribute("open", "")
    expect(why.locator(".answer").first).to_contain_text("The law gives 14 days")
    assert [each.inner_text() for each in why.locator(".cw-by small").all()][:2] == ["Produce by", "Post by"]
    expect(why.locator(".cw-days li.in")).to_have_count(14)
    expect(why.locator(".cw-days li.last")).to_have_count(1)
    expect(why).to_contain_text("RTOA 1988 s.1(1)(c)")


def before_the_clock_moves_the_print_run_is_handed_over_and_its_posting_recorded(desk: Page) -> None:
    desk.get_by_role("link", name=re.compile(r"^Open R\d\d-")).click()
    told = figures(desk)
    assert told.pop("Chosen") == sum(told.values())
    desk.get_by_role("link", name="Look through them").click()
    expect(desk.locator("img.cw-sheet")).to_have_count(2)
    desk.go_back()
    if desk.get_by_role("button", name="Hand to the printer").is_visible():
        desk.get_by_role("button", name="Hand to the printer").click()
        expect(desk.locator(".govuk-notification-banner")).to_contain_text("with the printer")
    desk.get_by_role("link", name="Record the posting").click()
    desk.get_by_role("button", name="Record the posting").click()
    expect(desk.locator(".govuk-error-summary")).to_contain_text("receipt")
    desk.fill("#id_receipt", "FM-1")
    desk.get_by_role("button", name="Record the posting").click()
    expect(desk.locator(".cw-title .govuk-tag")).to_have_text("Posted")


def step_4_move_the_clock_and_the_default_appears_not_a_day_early(desk: Page) -> None:
    text = desk.locator(".cw-try li").nth(3).inner_text()
    reference = re.search(r"T\d\d-\d+", text)
    assert reference
    desk.fill("#go", reference[0])
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile(r"/matters/\d+$"))
    expect(desk.locator(".cw-title .govuk-tag")).to_have_text("Reply awaited")
    matter = desk.url
    desk.goto("/clock")
    desk.get_by_role("button", name="Move the clock").click()
    expect(desk.locator(".govuk-notification-banner")).to_contain_text("defaults were alleged")
    desk.goto(matter)
    expect(desk.locator(".cw-title .govuk-tag")).to_have_text("No reply")
    expect(desk.locator(".cw-timeline")).to_contain_text("No answer came by")


def step_5_replay_decisions_under_another_threshold(desk: Page) -> None:
    desk.get_by_role("link", name="Choose a decision").click()
    desk.fill("#id_start", "36")
    desk.get_by_role("button", name="Run them again").click()
    expect(desk.locator(".cw-check")).to_have_text(
        re.compile(r"[1-9][\d,]* of [\d,]+ decisions in a 30 would differ")
    )
    desk.locator("section:has(#differ) a").first.click()
    expect(desk.locator("#verdict")).to_contain_text("It would differ")
    desk.get_by_role("link", name="With the figures kept").click()
    expect(desk.locator("#verdict")).to_contain_text("The same")


def step_6_open_the_print_run_and_find_every_page(desk: Page) -> None:
    desk.get_by_role("link", name=re.compile(r"^Open R\d\d-")).click()
    told = figures(desk)
    assert told.pop("Chosen") == sum(told.values())
    desk.get_by_role("link", name="Look through them").click()
    expect(desk.locator("img.cw-sheet")).to_have_count(2)


def test_the_six_steps_of_try_it_one_after_the_other(desk: Page) -> None:
    """One test, as each step goes on where the one before ended, wherever tests are shared out."""
    for step in (
        step_1_drop_in_the_file_and_watch_the_sum_agree,
        step_2_mend_a_held_row_and_see_it_join_the_others,
        step_3_ask_a_date_why,
        before_the_clock_moves_the_print_run_is_handed_over_and_its_posting_recorded,
        step_4_move_the_clock_and_the_default_appears_not_a_day_early,
        step_5_replay_decisions_under_another_threshold,
        step_6_open_the_print_run_and_find_every_page,
    ):
        desk.goto("/try-it")
        step(desk)
