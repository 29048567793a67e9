"""The gallery of components: every one in every state, looked at by axe in light, dark and on a phone.

No server: the page is rendered here, and its static files are handed to the browser from where they lie.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import django_htmx
import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route
from tests.browser.demonstration import DESK, PHONE, SHOTS

from casewright.web.gallery.views import components

CHECKOUT = Path(__file__).resolve().parents[2]
STATIC = (CHECKOUT / "src/casewright/web/static", Path(django_htmx.__file__).parent / "static")
PLACE = "http://gallery.test/"


def _file(path: str) -> Path:
    if path.startswith("vendor/"):
        return CHECKOUT / "var/assets" / path.removeprefix("vendor/")
    return next(folder / path for folder in STATIC if (folder / path).exists())


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(PLACE)
    if path.startswith("static/"):
        route.fulfill(path=_file(path.removeprefix("static/")))
    else:
        route.fulfill(
            body=components(RequestFactory().get("/")).content, content_type="text/html; charset=utf-8"
        )


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
def test_every_component_in_every_state(
    mode: str, chromium: Browser, axe: Callable[[Page], list[str]]
) -> None:
    context = chromium.new_context(
        viewport=PHONE if mode == "phone" else DESK, color_scheme="dark" if mode == "dark" else "light"
    )
    page = context.new_page()
    page.route("**/*", _answer)
    page.goto(PLACE)
    assert "Atkinson" in page.evaluate("document.fonts.ready.then(f => [...f].map(x => x.family).join())")
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"gallery-{mode}.png"), full_page=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()
