"""The gallery's one door; it is routed only where ``CASEWRIGHT_GALLERY`` is set."""

from __future__ import annotations

from types import SimpleNamespace as Some

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casewright.web.gallery import examples


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    nav = [Some(text=text, href="#", current=text == "Worklists") for text in ("My day", "Worklists", "Intake", "Print runs", "The law")]
    shell = Some(
        theme=request.GET.get("theme", ""), keys_on=True, marking="OFFICIAL", home="#", nav=nav, search="#", preferences="#", sign_out="#", path="", notices=["QX28 RTL was mended and read again; it was accepted."],
        who=Some(name="Mina Thorley", role="Case administrator"), demo_clock=examples.NOW, move_clock="#", unit="Northmere Prosecution Unit", version="1.0", now=examples.NOW,
    )  # fmt: skip
    return render(request, "gallery/components.html", {"shell": shell, "ex": examples, "form": _refused_form(), "problem": None})


def _refused_form() -> object:
    from casewright.web.gallery.forms import Specimen

    form = Specimen({"course_by": "12 May 2027", "reasons": ""})
    form.is_valid()
    return form
