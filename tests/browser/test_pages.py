"""Every page of every role: it answers, axe finds nothing, nothing stands over the edge, no policy is broken.

Pages are found as people find them, by following links from the first page. Addresses that differ only in a number
are one page. With SHOTS_FOLDER set, each is photographed as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.demonstration import SHOTS, Demonstration

MAIN = "Senior processing officer"
OTHERS = (
    "Prosecution case administrator",
    "Officer in the case",
    "Receipts clerk",
    "Records manager",
    "System administrator",
)
FIRST = (
    "/try-it",
    "/my-day",
    "/people",
    "/decisions",
    "/decisions/consistency",
    "/intake/held",
    "/worklist?of=unit",
    "/worklist?of=notices",
    "/print-runs/produce",
    "/law/offences/RR84221",
    "/law/thresholds",
    "/law/check?kind=vrm&example=yes",
    "/law/what-if?offence_code=RT88575&offence_on=2026-11-01&live_points=9&warned_at_time=on&collision=minor",
)
FILES = re.compile(r"/copy$|/manifest$|\.csv$|/page/\d+$|^/documents/")
AT_MOST = 150  # a guard against an endless walk; the walk fails if it is ever met
MODES = {"light": {}, "dark": {"dark": True}, "phone": {"phone": True}}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINK = re.compile(r'<a[^>]* href="([^"]+)"')


def shape(path: str) -> str:
    """An address without its numbers, rule names and questions: one page, however many things it shows."""
    plain = re.sub(r"^/law/offences/\w+$", "/law/offences/N", re.sub(r"[?#].*", "", path))
    plain = re.sub(r"^/law/(?!offences|thresholds|what-if|check)[\w-]+$", "/law/N", plain)
    plain = re.sub(r"^/figures/[\w.-]+$", "/figures/N", plain)
    return re.sub(r"/\d+", "/N", plain)


def pages_of(context: BrowserContext) -> list[str]:
    """One address of each page that can be reached by links from where the role begins."""
    found: dict[str, str] = {}
    todo = ["/", *FIRST]
    while todo and len(found) < AT_MOST:
        path = todo.pop(0)
        if (known := shape(path)) in found or FILES.search(path):
            continue
        answer = context.request.get(path)
        if answer.status == 403 and path in FIRST:
            continue
        assert answer.status < 400, f"{path} answers {answer.status}"
        found[known] = path
        todo += [unescape(href) for href in LINK.findall(answer.text()) if href.startswith("/")]
    assert len(found) < AT_MOST
    return list(found.values())


@pytest.fixture(scope="module")
def paths(chromium: Browser, demonstration: Demonstration) -> list[str]:
    """Every page the senior processing officer can reach."""
    context = demonstration.context(chromium, MAIN)
    found = pages_of(context)
    context.close()
    return found


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_whole(
    mode: str,
    paths: list[str],
    chromium: Browser,
    demonstration: Demonstration,
    axe: Callable[..., list[str]],
) -> None:
    context = demonstration.context(chromium, MAIN, **MODES[mode])
    page, wrong, said = context.new_page(), [], []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    for path in paths:
        page.goto(path, wait_until="load")
        faults = [f"script or policy: {each}" for each in said]
        said.clear()
        _photograph(page, path, mode)
        faults += axe(page, colours_alone=mode == "dark")
        said.clear()  # axe tries styles that the policy refuses
        faults += [f"stands {over} over the edge"] if (over := page.evaluate(WIDE)) > 0 else []
        wrong += [f"{path}: {fault}" for fault in faults]
    context.close()
    assert len(paths) >= 20
    assert wrong == []


@pytest.mark.parametrize("role", OTHERS)
def test_each_role_finds_only_pages_that_answer(
    role: str, chromium: Browser, demonstration: Demonstration
) -> None:
    context = demonstration.context(chromium, role)
    assert len(pages_of(context)) >= 3
    context.close()


def test_no_address_holds_a_name_or_a_mark(chromium: Browser, demonstration: Demonstration) -> None:
    context = demonstration.context(chromium, MAIN)
    page = context.new_page()
    page.goto("/worklist?of=replies")
    person, mark = (page.locator(f"tbody tr[data-href] td:nth-child({n})").first.inner_text() for n in (8, 7))
    for sought in (person, mark, mark.replace(" ", "").lower()):
        page.fill("#go", sought)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/search/[0-9a-f-]{36}$"))
        assert sought in page.locator(".cw-title").inner_text()
        assert page.locator("tbody tr").count() > 0
        page.goto("/my-day")
    context.close()


def _photograph(page: Page, path: str, mode: str) -> None:
    if SHOTS:
        name = shape(path).strip("/").replace("/", "-") or "home"
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{mode}.png"), full_page=True)
