"""A page that asks for its moving part while work goes on: when the work ends, the whole page is loaded again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from casewright.web.doors import show


def moving_part(request: Any, template: str, *, live: bool, **values: Any) -> HttpResponse:
    """The answer to a page asking again: counts alone, so it is no look at anybody's record and is not logged as one.

    Once nothing moves it tells the browser to load the page anew. What stands beside the moving part (held rows, the
    button that hands a run over) is only true of finished work when it was loaded after it, and nobody should have to
    know that.

    :param live: whether the work still goes on
    """
    answer = show(request, template, **values)
    if not live:
        answer["HX-Refresh"] = "true"
    return answer
