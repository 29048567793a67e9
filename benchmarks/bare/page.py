"""The limit of a page: a session, a signed-in person, one query, one loop of a Jinja2 template."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

TEMPLATE = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><title>Matters</title><h1>{{ who }}</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></html>"""
)


@login_required(login_url="/nowhere")
def bare(request: HttpRequest) -> HttpResponse:
    """Twenty-five matters in a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reference, title, status, next_act, next_act_by FROM matters_matter"
            " WHERE closed_at IS NULL ORDER BY next_act_by, id LIMIT 25"
        )
        rows = cursor.fetchall()
    return HttpResponse(TEMPLATE.render(who=request.user, rows=rows))


urlpatterns = [path("bare", bare)]
