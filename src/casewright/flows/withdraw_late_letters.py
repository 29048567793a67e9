"""Before a print run goes to the printer: letters that may no longer go are taken out, and their parts made again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.actions.moving import move
from casewright.areas.traffic.letters import LETTERS
from casewright.flows import kept_lines
from casewright.flows.produce_notices import made_again
from casewright.foundation.documents.models import Letter, PrintRun
from casewright.foundation.journal.record import Line, record

TOO_LATE = "Posting today would no longer be presumed served in time."


def withdraw_late_letters(print_run: PrintRun, *, today: date, by: Any, at: datetime) -> int:
    """Withdraw letters that posting today would serve too late, and make again each part that lost one.

    :returns: how many letters are left in the run
    """
    letters = list(Letter.objects.filter(print_run=print_run, state="produced").order_by("part", "page_from"))
    passed = set(
        Deadline.objects.filter(
            matter_id__in=[x.matter_id for x in letters], rule_id="nip-14", state="running", post_by__lt=today
        ).values_list("matter_id", flat=True)
    )
    late = [letter for letter in letters if letter.matter_id in passed]
    Letter.objects.filter(id__in=[x.id for x in late]).update(state="withdrawn", why=TOO_LATE)
    move(passed, "traffic.withdraw_notice")
    record(
        [
            Line(
                "traffic.withdraw_notice", x.matter_id, "letter", x.id, {"run": print_run.reference}, TOO_LATE
            )
            for x in late
        ],
        by=by and by.id,
        at=at,
    )
    left = [letter for letter in letters if letter.matter_id not in passed]
    _make_parts_again(print_run, left)
    return len(left)


def _make_parts_again(print_run: PrintRun, left: list[Letter]) -> None:
    """Parts whose letters are no longer all there are typeset again from the data kept with the rest.

    The pages as they were go: no row would name them any more, so nobody could destroy the letters in them.
    """
    before: set[str] = set()
    by_part: dict[int, list[Letter]] = defaultdict(list)
    for letter in left:
        by_part[letter.part or 0].append(letter)
    for part in print_run.parts.all():
        remaining = by_part.get(part.number, [])
        if len(remaining) == part.letters:
            continue
        before |= {part.blob_id} if part.blob_id else set()
        if remaining:
            made_again(LETTERS[print_run.template], print_run, part, remaining)
        else:
            part.delete()
    kept_lines.drop_unused(before)
