"""The pages of who may see a matter, of holds and of destruction, with something on each of them, looked at."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page
from tests.browser.demonstration import Demonstration
from tests.browser.following import follow

Look = Callable[[Page, str], None]
RUTH, AGNES = "Senior processing officer", "Records manager"


def opened(page: Page, path: str) -> None:
    """Open a page; where it is asked why, a colleague's call is the reason."""
    page.goto(path)
    if page.get_by_role("heading", name="Why do you open").count():
        page.get_by_label("Somebody telephoned about it").check()
        follow(page.locator("main form button").first)


def done(page: Page, path: str, button: str, **typed: str) -> None:
    """Fill a form's fields by their names and send it."""
    opened(page, path)
    for name, words in typed.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=words) if not words.isdecimal() else field.select_option(
                index=int(words)
            )
        else:
            field.fill(words)
    follow(page.get_by_role("button", name=button, exact=True))


def matters(page: Page) -> list[int]:
    """The first matters of the unit's worklist."""
    page.goto("/worklist?of=unit")
    rows = page.locator("tbody tr[data-href]").evaluate_all("rows => rows.map(row => row.dataset.href)")
    return [int(found[1]) for each in rows if (found := re.search(r"/matters/(\d+)", each))]


def test_who_sees_a_matter_and_how_that_is_changed(
    chromium: Browser, demonstration: Demonstration, looked_at: Look
) -> None:
    ruth = demonstration.context(chromium, RUTH).new_page()
    agnes = demonstration.context(chromium, AGNES).new_page()
    one = matters(ruth)[0]
    path = f"/matters/{one}"
    done(ruth, f"{path}/note", "Write the note", text="The site was rung; the picture is being sent again.")
    opened(ruth, path)
    found = re.search(r"[A-Z]+\d\d-\d{6}", ruth.locator(".cw-title .num").first.inner_text())
    assert found
    reference = found[0]
    looks(ruth, looked_at, {"fields": f"{path}?shown=fields", "restrict": f"{path}/restrict"})
    done(ruth, f"{path}/restrict", "Restrict it", reason="The keeper is a relative of a colleague.")
    done(ruth, f"{path}/leave", "Give leave", person="3", reason="Works on it while Ruth is away.")
    done(agnes, "/break-glass", "Break the glass", reference=reference, reason="The court rang.")
    looked_at(agnes, "seeing-broken")
    done(agnes, "/conflicts", "Declare it", name="Ida Brook", why="A cousin of mine.")
    looks(agnes, looked_at, {"break-glass": "/break-glass", "conflicts": "/conflicts"})
    looks(ruth, looked_at, {
        "who-sees": f"{path}/who-sees", "lift": f"{path}/lift-restriction", "leave": f"{path}/leave",
        "conflict": f"{path}/conflict", "reviews": "/break-glass/reviews", "all-conflicts": "/conflicts",
    })  # fmt: skip
    ruth.goto("/break-glass/reviews")
    follow(ruth.locator("main a[href*='/break-glass/reviews/']").first)
    looked_at(ruth, "seeing-review")
    done(ruth, f"{path}/lift-restriction", "Lift it", reason="It was another person of that name.")


def test_holds_and_destruction(chromium: Browser, demonstration: Demonstration, looked_at: Look) -> None:
    ruth = demonstration.context(chromium, RUTH).new_page()
    agnes = demonstration.context(chromium, AGNES).new_page()
    held, ended = matters(ruth)[-2:]
    done(agnes, f"/matters/{held}/hold", "Place the hold", reason="A claim against the force, 14 June 2026.")
    opened(agnes, f"/matters/{held}")
    looked_at(agnes, "records-held-matter")
    follow(agnes.locator("main a[href*='/holds/']").first)
    looked_at(agnes, "records-lift")
    looks(agnes, looked_at, {"hold": f"/matters/{held}/hold"})
    done(ruth, f"/matters/{ended}/cancel", "Cancel this matter", reason="1", words="Seen on the picture.")
    looks(agnes, looked_at, {"propose": f"/matters/{ended}/destroy"})
    done(agnes, f"/matters/{ended}/destroy", "Propose it", reason="Retention rule 7 of 2 March 2026.")
    looks(agnes, looked_at, {"destructions": "/destructions"})
    ruth.goto("/destructions")
    follow(ruth.locator("main a[href*='/destructions/']").first)
    looked_at(ruth, "records-proposal")


def looks(page: Page, looked_at: Look, named: dict[str, str]) -> None:
    """Look at pages, each under its name."""
    for name, path in named.items():
        opened(page, path)
        looked_at(page, f"seeing-{name}")
