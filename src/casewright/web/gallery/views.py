"""The gallery's one door; it is routed only where ``CASEWRIGHT_GALLERY`` is set."""

from __future__ import annotations

from types import SimpleNamespace as Some

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casewright.web.gallery import examples, more_examples
from casewright.web.gallery.forms import Specimen
from casewright.web.shell import Entry, Shell, Who

ENTRIES = ("My day", "Worklists", "Intake", "Print runs", "The law")


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    form = Specimen({"course_by": "12 May 2027", "reasons": ""})
    form.is_valid()
    ex = Some(**vars(examples) | vars(more_examples))
    return render(
        request,
        "gallery/components.html",
        {"shell": _shell(request), "ex": ex, "form": form, "problem": None},
    )


def _shell(request: HttpRequest) -> Shell:
    return Shell(
        home="#",
        path="",
        theme=request.GET.get("theme", ""),
        nav=tuple(Entry(text, "#", text == "Worklists") for text in ENTRIES),
        who=Who("Mina Thorley", "Case administrator"),
        search="#",
        preferences="#",
        sign_out="#",
        demo_clock=examples.NOW,
        move_clock="#",
        try_it="#",
        notices=("QX28 RTL was mended and read again; it was accepted.",),
        unit="Northmere Prosecution Unit",
        version="1.0",
        now=examples.NOW,
    )
