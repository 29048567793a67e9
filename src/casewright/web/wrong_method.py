"""Methods an address does not have: TRACE, OPTIONS and the like of none; a button's address opened like a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

ANSWERED = ("GET", "HEAD", "POST")


def say_it_is_no_page(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an empty refusal of the method gets our page; its status and its list of methods stay.

    Methods that no page and no button uses are refused before any view could take them for a look (ASVS 5.0 13.4.4).
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in ANSWERED:
            said = f"Only {', '.join(ANSWERED)} are answered here.\n"
            return HttpResponseNotAllowed(ANSWERED, said, content_type="text/plain; charset=utf-8")
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html").encode()
        return response

    return respond
