"""A page of a produced PDF as a picture, drawn from the very bytes that are printed."""

from __future__ import annotations

import io

import pypdfium2

from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Letter, PrintPart

SCALE = 1.6  # of 72 dots to the inch: legible on a screen, about 60 kB a page


def page_picture(letter: Letter, number: int) -> bytes | None:
    """Page ``number`` (from 1) of a letter as PNG, or None where it has no such page."""
    if letter.part is None:
        return None
    part = PrintPart.objects.filter(print_run_id=letter.print_run_id, number=letter.part).first()
    if (
        part is None
        or letter.page_from is None
        or letter.page_to is None
        or not 1 <= number <= letter.page_to - letter.page_from + 1
    ):
        return None
    opened = pypdfium2.PdfDocument(blobs.read(part.sha256))
    try:
        drawn = opened[letter.page_from - 1 + number - 1].render(scale=SCALE).to_pil()
    finally:
        opened.close()
    out = io.BytesIO()
    drawn.convert("L" if _is_grey(drawn) else "P").save(out, "PNG", optimize=False)
    return out.getvalue()


def _is_grey(drawn: object) -> bool:
    return getattr(drawn, "mode", "") == "L"
