"""Two addresses for machines that watch an installation. They say nothing about any matter."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@require_safe
@transaction.non_atomic_requests
def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    del request
    return HttpResponse("live\n", content_type=PLAIN)


@require_safe
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> HttpResponse:
    """This process answers and so does its database; 503 if that does not."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)
