"""Styles, scripts and the font as a server serves them: collected, named by content, nothing missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from pytest_django import Settings


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_picture_font_and_sheet_a_style_sheet_names_is_there(collected: Path) -> None:
    assert (collected / "staticfiles.json").exists()  # it is written only when every reference was found
    assert list(collected.glob("css/casewright.*.css"))
    assert storages["staticfiles"].url("css/casewright.css") != "/static/css/casewright.css"


def test_nothing_that_only_govuk_services_may_use_is_served(collected: Path) -> None:
    names = [each.name.lower() for each in collected.rglob("*")]
    assert not [
        name for name in names if "crest" in name or "crown" in name or name.startswith(("bold-", "light-"))
    ]
    for sheet in (collected / "vendor").rglob("*.css"):
        assert "GDS Transport" not in sheet.read_text(encoding="utf-8")


def test_the_font_comes_with_its_licence(collected: Path) -> None:
    assert list(collected.glob("vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.*woff2"))
    assert (
        "SIL OPEN FONT LICENSE"
        in (collected / "vendor" / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
    )
