"""Journey P11-7: who saw this case, and why; then the answer is given to the Information Commissioner."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.demonstration import Demonstration, asked_who
from tests.browser.following import follow

Look = Callable[[Page, str], None]


@pytest.fixture
def whole(looked_at: Look) -> Look:
    """Axe finds nothing, nothing stands over the edge; photographed where pictures are asked for."""
    return lambda page, name: looked_at(page, f"audit-{name}")


def test_who_saw_this_case_and_why(
    chromium: Browser, demonstration: Demonstration, whole: Look, tmp_path: Path
) -> None:
    mina = demonstration.context(chromium, "Prosecution case administrator").new_page()
    mina.goto("/worklist?of=unit")
    mina.locator("tbody tr[data-href] a").first.click()
    mina.wait_for_url(re.compile(r"/matters/\d+"))
    if mina.get_by_role("heading", name="Why do you open").count():
        mina.get_by_label("Somebody telephoned about it").check()
        follow(mina.locator("main form button").first)
    title = mina.locator(".cw-title .num").first.inner_text()
    reference = re.search(r"[A-Z]+\d\d-\d{6}", title)
    assert reference
    una = demonstration.context(chromium, "Supervisor").new_page()
    una.goto("/my-day")
    una.locator(".cw-who summary").click()
    follow(una.get_by_role("link", name="The log"))
    whole(una, "asked")
    follow(una.get_by_role("button", name="Look it up"))
    expect(una.locator(".govuk-error-summary")).to_contain_text("purpose")
    whole(una, "refused")
    una.get_by_label("Purpose").select_option(label="To verify that what was done with the data was lawful")
    una.get_by_label("Matter").fill(reference[0])
    follow(una.get_by_role("button", name="Look it up"))
    rows = una.locator(".cw-log tbody tr")
    looked = rows.filter(has_text="opened the matter")
    expect(looked.first).to_contain_text(mina.locator(".cw-who b").inner_text())
    expect(looked.first).not_to_have_text(re.compile(r"opened the matter\.\s*$"))  # a reason stands beside it
    whole(una, "answered")
    exported(una, reference[0], tmp_path)
    una.goto("/audit?purpose=monitoring&since=2020-01-01&until=2020-01-02")
    expect(una.locator("main")).to_contain_text("Nothing in the log answers this")
    whole(una, "empty")


def exported(una: Page, reference: str, folder: Path) -> None:
    """Given out as a table, after proving again who it is; that this was done stands in the log at once."""
    una.get_by_role("button", name="Export as CSV").or_(
        una.get_by_role("heading", name="Give it out")
    ).first.wait_for()
    with una.expect_event("download") as coming:
        if asked_who(una, una.get_by_role("button", name="Export as CSV")):
            una.get_by_role("button", name="It is me").click()
            una.get_by_role("button", name="Export as CSV").click()
    coming.value.save_as(folder / "log.csv")
    with (folder / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert reference in {row["matter"] for row in rows}
    una.reload()
    expect(una.locator(".cw-log")).to_contain_text("gave out")
    expect(una.locator(".cw-log")).to_contain_text("to commissioner")
