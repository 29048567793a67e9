"""Journey P11-2: the system administrator adds a colleague, who signs in and can do what two people gave."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.demonstration import Demonstration, asked_who
from tests.browser.following import follow

from casewright.foundation import clock

PASSWORD = "sixteen quiet herons"
ADDRESS = "ivo.lant@northmere.example"


def in_days(number: int) -> str:
    """A day so many days on, as it is typed."""
    return (clock.today() + timedelta(days=number)).isoformat()


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name).first)


def told(page: Page, words: str) -> None:
    expect(page.locator(".govuk-notification-banner").first).to_contain_text(words)


def proved(page: Page) -> None:
    """Asked again who it is, as grave acts do in the first place after ten minutes."""
    if "/sign-in/again" in page.url:
        press(page, "It is me")


@pytest.fixture
def whole(looked_at: Callable[[Page, str], None]) -> Callable[[Page, str], None]:
    """Axe finds nothing, nothing stands over the edge."""
    return lambda page, name: looked_at(page, f"people-{name}")


Look = Callable[[Page, str], None]


def test_a_colleague_is_added_vetted_given_a_role_by_two_and_signs_in(
    chromium: Browser, demonstration: Demonstration, whole: Look
) -> None:
    theo = demonstration.context(chromium, "System administrator").new_page()
    person = added(theo, whole)
    placed_and_vetted(theo, person, whole)
    seconded(demonstration.context(chromium, "Supervisor").new_page(), whole)
    ivo = chromium.new_context(base_url=demonstration.address, locale="en-GB").new_page()
    ivo.goto(link_mailed(demonstration))
    code = enrolled(ivo, whole)
    came_in_again(ivo, code, whole)
    theo.goto(f"{person}/leave")
    proved(theo)
    whole(theo, "leave")
    press(theo, "End the access now")
    told(theo, "Access has ended")
    ivo.reload()
    expect(ivo.locator("h1")).to_have_text("Sign in")


def added(theo: Page, whole: Look) -> str:
    """The administrator adds a person; a role before vetting is refused. Returns the person's page."""
    theo.goto("/people")
    whole(theo, "list")
    follow(theo.get_by_role("link", name="Teams and places"))
    theo.get_by_label("Name of the team").fill("Courts desk")
    press(theo, "Add the team")
    told(theo, "Courts desk is added")
    whole(theo, "teams")
    theo.goto("/people")
    follow(theo.get_by_role("button", name="Add a person").or_(theo.get_by_role("link", name="Add a person")))
    whole(theo, "add")
    theo.fill("#id_name", "Ivo Lant")
    theo.fill("#id_email", ADDRESS)
    press(theo, "Add the person")
    told(theo, "without any role")
    person = theo.url
    theo.goto(f"{person}/role")
    proved(theo)
    theo.get_by_label("Give the role").check()
    theo.get_by_label("Role", exact=True).select_option(label="Senior processing officer")
    theo.get_by_label("Why").fill("Begins on Monday in the notices team")
    press(theo, "Propose it")
    expect(theo.locator("main")).to_contain_text("Record this person's vetting first")
    return person


def placed_and_vetted(theo: Page, person: str, whole: Look) -> None:
    """Vetting and forces are recorded, the role is proposed, and a link for a password is mailed."""
    theo.goto(f"{person}/vetting")
    theo.get_by_label("Until").fill(in_days(700))
    whole(theo, "vetting")
    press(theo, "Record the vetting")
    theo.goto(f"{person}/place")
    theo.get_by_label("Northmere Police").check()
    whole(theo, "place")
    press(theo, "Keep this")
    theo.goto(f"{person}/role")
    theo.get_by_label("Give the role").check()
    theo.get_by_label("Role", exact=True).select_option(label="Senior processing officer")
    theo.get_by_label("Why").fill("Begins on Monday in the notices team")
    whole(theo, "role")
    press(theo, "Propose it")
    told(theo, "waits for a second person")
    expect(theo.get_by_role("button", name="Approve it")).to_have_count(0)  # never alone
    whole(theo, "person")
    press(theo, "Mail a one-time link")
    told(theo, "was mailed")


def seconded(una: Page, whole: Look) -> None:
    """Another person approves the role, and records an assessed skill."""
    una.goto("/people")
    whole(una, "waits")
    if asked_who(una, una.get_by_role("button", name="Approve it").first):
        whole(una, "again")
        press(una, "It is me")
        press(una, "Approve it")
    told(una, "Approved, and done")
    follow(una.get_by_role("link", name="Record an assessment"))
    una.get_by_label("Skill").select_option(label="Deciding traffic allegations")
    una.get_by_label("What was seen").fill("Twenty decisions, read together")
    una.get_by_label("Until").fill(in_days(300))
    whole(una, "skill")
    press(una, "Record the assessment")
    expect(una.locator("main")).to_contain_text("Twenty decisions, read together")


def enrolled(ivo: Page, whole: Look) -> str:
    """The new colleague sets a password, signs in, adds an app and keeps recovery codes; returns one."""
    whole(ivo, "enrol")
    ivo.get_by_label("New password").fill("password1234")
    ivo.get_by_label("The same again").fill("password1234")
    press(ivo, "Set the password")
    expect(ivo.locator(".govuk-error-summary")).to_contain_text("too common")
    ivo.get_by_label("New password").fill(PASSWORD)
    ivo.get_by_label("The same again").fill(PASSWORD)
    press(ivo, "Set the password")
    whole(ivo, "sign-in")
    ivo.get_by_label("Work address").fill(ADDRESS)
    ivo.get_by_label("Password").fill(PASSWORD)
    press(ivo, "Sign in")
    ivo.wait_for_url(re.compile("/account$"))
    follow(ivo.get_by_role("link", name="Add an authenticator app"))
    ivo.get_by_text("The app cannot read the picture").click()
    secret = ivo.locator("details .num").inner_text().replace(" ", "")
    widest = "each => each.textContent = each.textContent.replace(/\\w/g, 'W')"
    ivo.locator("details .num").evaluate(widest)  # a secret is left to chance, and some are wider than a telephone
    whole(ivo, "app")
    ivo.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    press(ivo, "Add the app")
    told(ivo, "is on your account")
    press(ivo, "Make new recovery codes")
    whole(ivo, "codes")
    code = ivo.locator("main li").first.inner_text()
    ivo.goto("/account")
    whole(ivo, "account")
    ivo.goto("/account/deputy")
    whole(ivo, "deputy")
    return code


def came_in_again(ivo: Page, code: str, whole: Look) -> None:
    """Signed out, then in again with password and a recovery code: the telephone is lost."""
    ivo.locator(".cw-who summary").click()
    press(ivo, "Sign out")
    ivo.get_by_label("Work address").fill(ADDRESS)
    ivo.get_by_label("Password").fill(PASSWORD)
    press(ivo, "Sign in")
    whole(ivo, "second")
    ivo.get_by_label("Code").fill(code)
    press(ivo, "Sign in")
    expect(ivo.locator(".cw-who")).to_contain_text("Senior processing officer")


def link_mailed(demonstration: Demonstration) -> str:
    """The one-time link from the mail that went to the new colleague, and to nobody else."""
    for path in sorted(demonstration.mail.glob("*.log")):
        for text in path.read_text(encoding="utf-8").split("-" * 79):
            post = email.message_from_string(text.strip())
            found = re.search(r"http\S+/sign-in/password/\S+", str(post.get_payload()))
            if found:
                assert post["To"] == ADDRESS
                return found[0]
    raise AssertionError("no link was mailed")
