"""Pressing what leads to another page, and waiting until that page is there: what is looked at next is that one."""

from __future__ import annotations

from playwright.sync_api import Locator


def follow(leads_on: Locator) -> None:
    """Press a link or a button that leads to another page, and wait until it is there whole.

    A press alone returns while the page that is left may still stand, or the next one has not begun to.
    """
    with leads_on.page.expect_navigation():
        leads_on.click()
