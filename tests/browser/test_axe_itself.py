"""That axe could fail: it finds a fault where there is one, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


def test_axe_finds_a_picture_without_words(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(
        "<html lang=en><title>t</title><main><h1>h</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    )
    assert [each.split(":")[0] for each in axe(page)] == ["image-alt"]


def test_axe_has_nothing_to_say_of_a_plain_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content("<html lang=en><title>t</title><main><h1>A heading</h1><p>Words.</p></main>")
    assert axe(page) == []


@pytest.mark.parametrize("colours_alone", [True, False])
def test_axe_finds_words_that_hardly_stand_out(
    page: Page, axe: Callable[..., list[str]], colours_alone: bool
) -> None:
    page.set_content(
        "<html lang=en><title>t</title><main><h1>A</h1><p style='color: #ccc; background: #fff'>Pale."
    )
    assert [each.split(":")[0] for each in axe(page, colours_alone=colours_alone)] == ["color-contrast"]
