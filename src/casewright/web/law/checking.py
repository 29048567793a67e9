"""Door to checking an identifier at the keyboard: its one form, or the character at fault and what would fit."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from casewright.foundation import clock
from casewright.foundation.people import own_checks
from casewright.law import identifiers, offences
from casewright.law.identifiers import Identifier, NotValid
from casewright.web.doors import door, show

LONGEST, CODE = 400, 7  # characters looked at; characters of an offence code


@door("law.read")
def check(request: Any) -> HttpResponse:
    """Check one identifier: from its own page, or from any form as a field of it is left (htmx; the answer alone).

    What is typed is sent, never put in an address. How many were right and wrong is counted for this person alone.
    """
    given = request.POST or request.GET
    kind = given.get("kind", "vrm")
    kind = kind if kind in identifiers.KINDS else "vrm"
    text = _sent(request, kind) if request.method == "POST" else _example(request, kind)
    found, mistake = _read(kind, text)
    if text and request.method == "POST":
        own_checks.count([(kind, found is not None)], by=request.user, day=clock.today())
    shared: dict[str, Any] = {
        "kind": kind, "text": text, "found": found, "mistake": mistake, "held": _held(found),
    }  # fmt: skip
    if request.htmx:
        return show(request, "law/checked.html", **shared)
    mine = own_checks.of_oneself(request.user, today=clock.today())
    return show(request, "law/check.html", area="rules", **shared, kinds=identifiers.KINDS, mine=mine)


def _sent(request: Any, kind: str) -> str:
    """What was typed in the field that was left, by its own name in its own form; of an address its last line."""
    text: str = request.POST.get(request.POST.get("field", "text"), "")[:LONGEST].strip()
    return text.splitlines()[-1] if text and kind == "postcode" else text


def _example(request: Any, kind: str) -> str:
    return identifiers.KINDS[kind].example if "example" in request.GET else ""


def _read(kind: str, text: str) -> tuple[Identifier | None, NotValid | None]:
    if not text:
        return None, None
    found = None
    try:
        for one in _each(kind, text):
            found = identifiers.read(kind, one)
    except NotValid as problem:
        return None, problem
    return found, None


def _each(kind: str, text: str) -> list[str]:
    """The numbers typed: one, or several offence codes with blanks between, as a row of a file has them."""
    words = text.split()
    several = kind == "offence_code" and all(len(word) >= CODE for word in words)
    return words if several else [text]


def _held(found: Identifier | None) -> str:
    """What an offence code stands for; that it is none of the table, where it is right in form alone."""
    if found is None or found.kind != "offence_code":
        return ""
    known = offences.all_offences().get(found.normal)
    return f"{known.title}." if known else "No offence of this code is held; a person looks it up."
