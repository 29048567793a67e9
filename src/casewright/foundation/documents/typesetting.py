"""Letters as accessible PDF (PDF/UA-1) through Typst. Data goes in as JSON text and is never read as code."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst

STANDARD: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True, slots=True)
class Template:
    """A letter template: its file and what is known of it."""

    path: Path
    title: str
    kind: str
    version: int
    pages: int
    approved_by: str
    approved_on: str


@cache
def template(path: Path) -> Template:
    """Read a template's particulars from the TOML beside it.

    :raises FileNotFoundError: if either file is missing
    """
    known = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    return Template(
        path,
        known["title"],
        known["kind"],
        known["version"],
        known["pages"],
        known["approved_by"],
        known["approved_on"].isoformat(),
    )


class CannotBeSet(Exception):
    """A document that cannot be typeset, such as one with a sign its font lacks. Says nothing of its content."""


def set_type(chosen: Template, data: Mapping[str, Any]) -> bytes:
    """Typeset a document. The template sees only its own folder and embedded fonts, so every machine agrees.

    :raises CannotBeSet: if it has something that an accessible PDF cannot show
    """
    try:
        return _compiled(chosen, data)
    except typst.TypstError:
        raise CannotBeSet(chosen.kind) from None  # its own words hold the text of the letter


def _compiled(chosen: Template, data: Mapping[str, Any]) -> bytes:
    found: bytes = typst.compile(
        str(chosen.path),
        root=str(chosen.path.parent),
        format="pdf",
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    return found


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
