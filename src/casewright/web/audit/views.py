"""Doors to the log: reading it, and giving it to whoever may ask for it. Both are logged themselves."""

from __future__ import annotations

import itertools
import tempfile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse

from casewright.flows.give_out_log import give_out_log
from casewright.foundation import clock
from casewright.foundation.people.models import User
from casewright.web.audit import queries
from casewright.web.audit.export import as_table
from casewright.web.audit.forms import Ask, Export
from casewright.web.audit.queries import Question
from casewright.web.doors import SENSITIVE, door, show

IN_MEMORY = 2_000_000  # bytes of an export; a larger one waits in a file without a name
UNKNOWN = "There is no such matter for you. A restricted one is absent here without leave to see it."


@door("journal.audit", most=300)
def audit(request: Any) -> HttpResponse:
    """What was done and who looked: by matter, person, period and operation."""
    form = Ask(_people(), request.GET if "purpose" in request.GET else None)
    asked = _question(request, form)
    if asked is None:
        return _form_alone(request, form)
    rows, mark = queries.log_page(request.user, asked, after=queries.read_mark(request.GET.get("after", "")))
    return show(
        request,
        "audit/audit.html",
        marking=SENSITIVE,
        form=form,
        export=Export(_people(), initial=form.cleaned_data),
        asked=asked,
        rows=rows,
        more=f"?{_again(form)}&after={mark}" if mark else "",
        first=f"?{_again(form)}" if "after" in request.GET else "",
        reason=form.cleaned_data["purpose"],
        about=asked.matter_id,
        shown={
            **asked.kept(),
            "rows": [f"{'look' if row.look else 'act'} {row.id}" for row in rows],
            "matters": sorted({each for row in rows for each in (row.matter_id, *row.listed) if each}),
        },
    )


@door("journal.audit", recent=True, most=30)
def audit_export(request: Any) -> Any:
    """The whole answer as CSV for a named recipient: a disclosure, with its purpose."""
    form = Export(_people(), request.POST or None)
    asked = _question(request, form)
    if asked is None:
        return _form_alone(request, Ask(_people(), request.POST) if form.is_bound else Ask(_people()))
    kept, lines = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY), itertools.count(-1)  # noqa: SIM115
    for line in as_table(queries.all_rows(request.user, asked)):
        kept.write(line.encode())
        rows = next(lines) + 1
    give_out_log(
        matter_id=asked.matter_id, asked=asked.kept(), rows=rows, purpose=form.cleaned_data["purpose"],
        recipient=form.cleaned_data["recipient"], by=request.user, at=clock.now(),
    )  # fmt: skip
    kept.seek(0)
    answer = FileResponse(
        kept, content_type="text/csv; charset=utf-8", as_attachment=True, filename="log.csv"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _form_alone(request: Any, form: Ask) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return show(request, "audit/audit.html", form=form, asked=None, rows=[], more="", first="", status=status)


def _question(request: Any, form: Ask) -> Question | None:
    """What is asked, where it is whole and about something that is there for this person."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    found = queries.matter_asked(request.user, said["reference"]) if said["reference"] else (None, "", None)
    if found is None:
        form.add_error("reference", UNKNOWN)
        return None
    return Question(found[0], found[1], said["person"], said["since"], said["until"], said["operation"])


def _people() -> list[tuple[int, str]]:
    """Everybody who ever worked here: leavers too have left their traces."""
    return list(User.objects.order_by("name").values_list("id", "name"))


def _again(form: Ask) -> str:
    """The question as it stands in an address: ids, days, codes, a reference; never a name."""
    return urlencode({name: form.data.get(name, "") for name in form.fields})
