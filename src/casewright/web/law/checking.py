"""Door to checking an identifier at the keyboard: its one form, or the character at fault and what would fit."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from casewright.law import identifiers
from casewright.law.identifiers import Identifier, NotValid
from casewright.web.doors import door, show

TALLY = "identifiers_checked"


@door("law.read")
def check(request: Any) -> HttpResponse:
    """Check one identifier. Asked by htmx from any field, the answer alone.

    How many were right and wrong is counted in the person's own session alone: nobody else can see it.
    """
    kind, text = request.GET.get("kind", "vrm"), request.GET.get("text", "").strip()
    kind = kind if kind in identifiers.KINDS else "vrm"
    found, mistake = _read(kind, text)
    if text and not request.htmx:
        _count(request, right=found is not None)
    shared: dict[str, Any] = {
        "kind": kind,
        "text": text,
        "found": found,
        "mistake": mistake,
        "kinds": identifiers.KINDS,
    }
    if request.htmx:
        return show(request, "law/checked.html", **shared)
    right, wrong = request.session.get(TALLY, (0, 0))
    return show(request, "law/check.html", area="rules", **shared, right=right, wrong=wrong)


def _read(kind: str, text: str) -> tuple[Identifier | None, NotValid | None]:
    if not text:
        return None, None
    try:
        return identifiers.read(kind, text), None
    except NotValid as problem:
        return None, problem


def _count(request: Any, *, right: bool) -> None:
    before = request.session.get(TALLY, (0, 0))
    request.session[TALLY] = (before[0] + right, before[1] + (not right))
