"""Doors to one letter and one stored document."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from casewright.flows import produce_notices
from casewright.foundation.documents import blobs
from casewright.web.documents import letters
from casewright.web.documents.files import stored_file
from casewright.web.documents.giving_out import given_out
from casewright.web.documents.pictures import page_picture
from casewright.web.doors import door, show


@door()
def letter(request: Any, letter_id: int) -> HttpResponse:
    """One letter, page by page, as it was produced."""
    page = letters.letter_page(request.user, letter_id)
    if page is None:
        raise Http404
    return show(
        request,
        "documents/letter.html",
        area="print_runs",
        marking="OFFICIAL-SENSITIVE",
        page=page,
        shown={"letter": letter_id, "matters": [page.letter.matter_id]},
    )


@door()
def letter_picture(request: Any, letter_id: int, number: int) -> HttpResponse:
    """One page of a letter as a picture."""
    page = letters.letter_page(request.user, letter_id)
    drawn = page_picture(page.letter, number) if page else None
    if page is None or drawn is None:
        raise Http404
    asked = given_out(request, page.letter.matter, {"letter": letter_id, "page": number})
    return asked or HttpResponse(drawn, content_type="image/png")


@door(most=300)
def letter_copy(request: Any, letter_id: int) -> HttpResponse:
    """One letter as its own accessible PDF, marked as a copy."""
    page = letters.letter_page(request.user, letter_id)
    if page is None:
        raise Http404
    if asked := given_out(request, page.letter.matter, {"letter": letter_id}):
        return asked
    return stored_file(
        produce_notices.single_copy(page.letter),
        "application/pdf",
        f"{page.letter.matter.reference}-copy.pdf",
    )


@door(most=300)
def document(request: Any, document_id: int) -> HttpResponse:
    """A stored document, under our own name, never run by the browser."""
    found = letters.document_of(request.user, document_id)
    if found is None:
        raise Http404
    if asked := given_out(request, found.matter, {"document": document_id, "sha256": found.blob_id}):
        return asked
    return stored_file(
        blobs.read(found.blob_id), found.blob.media_type, f"{found.matter.reference}-{found.id}"
    )
