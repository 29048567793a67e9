"""Passkeys as a browser really makes and uses them: Chromium with a virtual authenticator, over the whole product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.demonstration import DESK, Demonstration

from casewright.foundation import clock

ROLE = "Witness care officer"  # no other test comes in by this link: the session is ended here
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def with_an_authenticator(context: BrowserContext) -> Iterator[Page]:
    """A page whose browser has an authenticator that says yes."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    yield page


@pytest.fixture
def by_name(demonstration: Demonstration) -> str:
    """The demonstration by a host name: a passkey belongs to a name, never to a number."""
    return demonstration.address.replace("127.0.0.1", "localhost")


def test_a_passkey_is_added_and_then_signs_its_person_in(
    chromium: Browser, demonstration: Demonstration, by_name: str
) -> None:
    since = clock.london_day(clock.real())  # it may become tomorrow meanwhile
    context = chromium.new_context(base_url=by_name, viewport=DESK, locale="en-GB")
    with with_an_authenticator(context) as page:
        page.goto(demonstration.links[ROLE].replace("127.0.0.1", "localhost"))
        page.goto("/account")
        page.fill("#passkey-name", "Desk by the window")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.locator("main")).to_contain_text("The passkey is on your account")
        expect(page.locator("table").first).to_contain_text("Desk by the window")
        page.locator(".cw-who summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(re.compile("/sign-in"))
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        expect(page.locator(".cw-who")).to_contain_text(ROLE)
    context.close()
    told = journal_of(chromium, demonstration, since)
    assert told.count("Hester Lowe added a second proof of who they are.") == 1
    assert told.count("Hester Lowe signed in with a passkey.") == 1


def journal_of(chromium: Browser, demonstration: Demonstration, first: date) -> str:
    """The alterations from a day on, as who audits the log reads them (passkeys in docs/reference/acts.csv)."""
    context = demonstration.context(chromium, "Records manager")
    page = context.new_page()
    # The demonstration's clock may stand up to a month on.
    asked = {
        "purpose": "integrity",
        "operation": "alteration",
        "since": first,
        "until": first + timedelta(days=30),
    }
    page.goto("/audit?" + urlencode(asked))
    told = page.locator("main").inner_text()
    context.close()
    return told


def test_a_browser_without_the_passkey_is_told_so_and_stays_out(chromium: Browser, by_name: str) -> None:
    context = chromium.new_context(base_url=by_name, viewport=DESK, locale="en-GB")
    with with_an_authenticator(context) as page:
        page.goto("/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.locator("[data-said]")).to_contain_text("No passkey was used")
        assert "/sign-in" in page.url
    context.close()
