"""Letters and stored documents, never of a matter the reader may not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from casewright.foundation.documents.models import Document, Letter
from casewright.foundation.matters.rights import visible_to

IN = ("produced", "posted", "withdrawn")


def letters_of(actor: Any, print_run_id: int) -> Any:
    """Letters of a run on matters this person may see, in the order of their pages."""
    return Letter.objects.filter(
        print_run_id=print_run_id, state__in=IN, matter__in=visible_to(actor)
    ).order_by("part", "page_from", "id")


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter, its pages and its neighbours in the run."""

    letter: Letter
    pages: tuple[int, ...]
    before: int | None
    after: int | None
    number: int
    of: int


def letter_page(actor: Any, letter_id: int) -> LetterPage | None:
    """One letter on a matter this person may see: five statements."""
    letter = (
        Letter.objects.select_related("print_run", "print_run__force", "matter", "recipient")
        .filter(id=letter_id, state__in=IN, matter__in=visible_to(actor))
        .first()
    )
    if letter is None or letter.page_from is None or letter.page_to is None:
        return None
    others = letters_of(actor, letter.print_run_id)
    earlier = others.filter(Q(part__lt=letter.part) | Q(part=letter.part, page_from__lt=letter.page_from))
    later = others.filter(Q(part__gt=letter.part) | Q(part=letter.part, page_from__gt=letter.page_from))
    count = earlier.count()
    pages = tuple(range(1, letter.page_to - letter.page_from + 2))
    return LetterPage(
        letter,
        pages,
        earlier.values_list("id", flat=True).last(),
        later.values_list("id", flat=True).first(),
        count + 1,
        others.count(),
    )


def document_of(actor: Any, document_id: int) -> Document | None:
    """A stored document of a matter this person may see."""
    return (
        Document.objects.select_related("blob", "matter")
        .filter(id=document_id, matter__in=visible_to(actor))
        .first()
    )
