"""P2-2: the senior prosecution officer decides a careless-driving allegation beside like cases, with the reasons."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect
from tests.browser.demonstration import Demonstration
from tests.browser.following import follow

ROLE = "Senior prosecution officer"
WHY = "The officer followed him and filmed it; he says he was tired. Nobody was hurt, so a course answers it."


def open_undecided(page: Page, looked_at: Callable[[Page, str], None]) -> None:
    """From the provisional decisions to the one that waits, and on to its page."""
    page.goto("/decisions/provisional")
    looked_at(page, "decide-provisional")
    follow(page.locator("main a[href^='/allegations/']").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decide allegation")


def test_deciding_a_careless_driving_allegation(
    chromium: Browser, demonstration: Demonstration, looked_at: Callable[[Page, str], None]
) -> None:
    context = demonstration.context(chromium, ROLE)
    page = context.new_page()
    open_undecided(page, looked_at)
    like = page.get_by_role("region", name="Like cases")
    expect(like).to_contain_text("Piers Hallam")
    page.get_by_text("Facts that the record does not hold").click()
    page.get_by_label("Driving licence").select_option("full")
    page.get_by_label("A person has checked that the code was in force that day").check()
    page.get_by_label("Collision").select_option("none")
    follow(page.get_by_role("button", name="Look again with these facts"))
    expect(page.get_by_role("region", name="Offer a course")).to_be_visible()
    expect(like).to_contain_text("No difference in the facts held.")
    looked_at(page, "decide-facts")
    follow(page.get_by_role("button", name="Record the decision"))
    expect(page.get_by_role("alert")).to_contain_text("not recorded yet")
    for select in page.locator("select[name^=standing_]").all():
        select.select_option("shown")
    for box in page.locator("input[name^=by_]").all():
        box.fill("the officer's video")
    page.locator("input[name=evidential][value=met]").check()
    page.locator("input[name=public_interest][value=alternative]").check()
    page.locator("input[name=factors][value=seriousness]").check()
    page.locator("input[name=taken][value=course]").check()
    page.get_by_label("Reasons", exact=True).fill(WHY)
    looked_at(page, "decide-answered")
    follow(page.get_by_role("button", name="Record the decision"))
    expect(page.get_by_role("status").first).to_contain_text("is decided, with your reasons")
    expect(page.get_by_role("heading", name="Offer a course Taken")).to_be_visible()
    expect(page.get_by_text(WHY).first).to_be_visible()
    expect(page.get_by_role("heading", name="Offer a course Replaced")).to_be_visible()
    context.close()
