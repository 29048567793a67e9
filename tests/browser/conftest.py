"""A real Chromium for the browser tests: the machine's own, or the one ``run.py test`` fetched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browser.demonstration import PATIENCE, SHOTS, Demonstration, started

CHECKOUT = Path(__file__).resolve().parents[2]
AXE = CHECKOUT / "var" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that the dark changes: its pages are the same otherwise.
COLOURS = ["color-contrast", "link-in-text-block"]
Axe = Callable[..., list[str]]
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    program = os.environ.get("CASEWRIGHT_CHROMIUM") or shutil.which("chromium")
    assert program, "no Chromium: run the tests by `python3 run.py test`, which fetches one"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        make = opened.new_context

        def patient(**how: Any) -> BrowserContext:
            """A window that waits as long as a busy machine may need."""
            made = make(**how)
            made.set_default_timeout(PATIENCE * 1000)
            return made

        opened.new_context = patient  # type: ignore[method-assign]
        yield opened
        opened.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page with no one signed in; a script error or a refused resource fails the test."""
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield opened
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Ask axe-core about a page, or its colours alone: its violations, each as rule, help and the places found."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
        asked = {"type": "rule", "values": COLOURS} if colours_alone else {"type": "tag", "values": STANDARDS}
        page.evaluate(source)  # not a script element: the page's own content policy stays in force
        found = page.evaluate(
            "asked => axe.run(document, {runOnly: asked, resultTypes: ['violations']})"
            ".then(result => result.violations)",
            asked,
        )
        return [
            f"{each['id']}: {each['help']} at {json.dumps([node['target'] for node in each['nodes']][:5])}"
            for each in found
        ]

    return violations


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The whole product with its invented unit, started once for the run by its own command."""
    with started(tmp_path_factory.mktemp("unit") / "data") as found:
        yield found


@pytest.fixture
def looked_at(axe: Axe) -> Callable[[Page, str], None]:
    """A page in light, dark and at 375 px: axe finds nothing, nothing stands over the edge; photographed if asked."""

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        for mode, (scheme, width) in {
            "": ("light", 1366),
            "-dark": ("dark", 1366),
            "-phone": ("light", 375),
        }.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("document.getAnimations().forEach(each => each.finish())")  # colours have changed
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}{mode}.png", full_page=True)
            assert axe(page, colours_alone=scheme == "dark") == [], name
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(beyond) <= 0
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1366, "height": 800})

    return look
