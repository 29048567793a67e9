"""A print run of letters of one kind: chosen, typeset part by part, each letter traced to its matter and pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.actions import notices
from casewright.areas.traffic.letters import LETTERS, LetterKind, nip_s172
from casewright.foundation import clock
from casewright.foundation.documents import blobs, typesetting
from casewright.foundation.documents.models import Letter, PrintPart, PrintRun
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.references import new_references
from casewright.foundation.matters.rights import must_hold, visible_to
from casewright.foundation.policy import queries as policy
from casewright.foundation.runs import actions as runs
from casewright.foundation.runs.models import Chunk, Run

RUN_KIND = "print_notices"
PART = 250
MOST = 10_000
TEMPLATE = LETTERS[notices.KIND].template
TOO_LONG = "Its text does not fit on the pages this letter has."
NO_SIGN = "Its text has a sign that the letter's font does not have."
REMEDY = "Look at the name and address; name the keeper again as the licence writes them, in Latin letters."


def start_print_run(
    *,
    force_id: int,
    matter_ids: Sequence[int] | None,
    receipt_promised: bool,
    by: Any,
    at: datetime,
    kind: str = notices.KIND,
) -> PrintRun:
    """Choose matters whose letter is to be produced and begin the run; the most urgent stand first.

    :param matter_ids: the ones chosen, or None for all that wait, up to 10,000
    :param receipt_promised: the actor promises a receipt of the day of posting, which lifts produce-by
    :param kind: which letter, a name in LETTERS
    :raises NotAllowed: without the right, or if nothing waits
    """
    letter = LETTERS[kind]
    must_hold(by, letter.permission)
    if receipt_promised:
        must_hold(by, "traffic.promise_posting_receipt")
    chosen = _chosen(letter, force_id, matter_ids, by)
    if not chosen:
        raise NotAllowed(f"No {letter.called} waits to be produced. {letter.waits}")
    made = _print_run(letter, force_id, len(chosen), receipt_promised, by, at)
    made.run = runs.start(
        kind=RUN_KIND,
        title=f"Print run {made.reference}",
        by=by,
        at=at,
        params={"print_run": made.id},
        payloads=[(len(part), {"matters": part}) for part in _parts(chosen)],
    )
    made.save(update_fields=["run"])
    record(
        [
            Line(
                "print_run.start",
                subject_kind="print_run",
                subject_id=made.id,
                facts={
                    "reference": made.reference,
                    "chosen": len(chosen),
                    "receipt_promised": receipt_promised,
                },
            )
        ],
        by=by and by.id,
        at=at,
    )
    return made


def _print_run(
    letter: LetterKind, force_id: int, chosen: int, receipt_promised: bool, by: Any, at: datetime
) -> PrintRun:
    template = typesetting.template(letter.template)
    (reference,) = new_references(prefix="R", sequence="matters_print_run", count=1, on=clock.london_day(at))
    return PrintRun.objects.create(
        reference=reference,
        title=letter.run_title,
        template=template.kind,
        template_version=template.version,
        force_id=force_id,
        chosen=chosen,
        started_by=by,
        started_at=at,
        receipt_promised_by=by if receipt_promised else None,
    )


def _chosen(letter: LetterKind, force_id: int, matter_ids: Sequence[int] | None, by: Any) -> list[int]:
    waiting = (visible_to(by) if by is not None else notices.all_matters()).filter(
        kind="traffic", status=letter.waits_at, force_id=force_id, closed_at__isnull=True
    )
    # A restricted matter's letter never lies in a pile with others: it is produced alone, from its own page.
    waiting = (
        waiting.filter(sensitivity="ordinary")
        if matter_ids is None
        else waiting.filter(id__in=list(matter_ids))
    )
    return list(waiting.order_by("next_act_by", "id").values_list("id", flat=True)[:MOST])


def _parts(chosen: list[int]) -> list[list[int]]:
    return [chosen[i : i + PART] for i in range(0, len(chosen), PART)]


def work_chunk(run: Run, chunk: Chunk) -> dict[str, int]:
    """Produce one part: letters, their pages, their matters' moves and the PDF's row in one transaction."""
    print_run = PrintRun.objects.select_related("force", "started_by").get(id=run.params["print_run"])
    at, today = clock.now(), clock.today()
    letter = LETTERS[print_run.template]
    fit, unfit = letter.sort_out(
        chunk.payload["matters"], today=today, receipt_promised=print_run.receipt_promised_by_id is not None
    )
    data, pdf, held_back = _fitting(letter, print_run, letter.letters_data(fit, today=today), today)
    unfit += held_back
    notices.record_unfit(unfit, print_run=print_run)
    if data:
        _keep_part(letter, print_run, chunk.number, data, pdf, at)
    held = sum(u.state == "held" for u in unfit)
    return {"in the run": len(data), "held": held, "refused": len(unfit) - held}


def _fitting(
    letter: LetterKind, print_run: PrintRun, data: list[dict[str, Any]], today: date
) -> tuple[list[dict[str, Any]], bytes, list[notices.Unfit]]:
    """The letters that can be typeset on their pages, their PDF, and why the others cannot."""
    if not data:
        return [], b"", []
    pdf, wrong = _typeset(letter, print_run, data, today)
    if not wrong:
        return data, pdf, []
    unfit = _unfit(letter, print_run, data, today)
    left_out = {each.matter_id for each in unfit}
    rest, pdf, _ = _fitting(letter, print_run, [d for d in data if d["id"] not in left_out], today)
    return rest, pdf, unfit


def _unfit(
    letter: LetterKind, print_run: PrintRun, data: list[dict[str, Any]], today: date
) -> list[notices.Unfit]:
    """Which letters cannot go, looked for by halves: one bad name costs a few typesettings, not the whole part."""
    _, wrong = _typeset(letter, print_run, data, today)
    if not wrong:
        return []
    if len(data) == 1:
        return [notices.Unfit(data[0]["id"], "held", wrong, REMEDY)]
    half = len(data) // 2
    return _unfit(letter, print_run, data[:half], today) + _unfit(letter, print_run, data[half:], today)


def _typeset(
    letter: LetterKind, print_run: PrintRun, data: list[dict[str, Any]], today: date
) -> tuple[bytes, str]:
    """The PDF of some letters, and what is wrong with it as a sentence, or empty."""
    template = typesetting.template(letter.template)
    document = document_data(data, print_run.force_id, print_run.force.name, template.title, today)
    try:
        pdf = typesetting.set_type(template, document)
    except typesetting.CannotBeSet:
        return b"", NO_SIGN
    return pdf, "" if typesetting.page_count(pdf) == template.pages * len(data) else TOO_LONG


def _keep_part(
    letter: LetterKind, print_run: PrintRun, number: int, data: list[dict[str, Any]], pdf: bytes, at: datetime
) -> None:
    per_letter = typesetting.template(letter.template).pages
    blob = blobs.keep([pdf], "application/pdf", made=True)
    PrintPart.objects.create(
        print_run=print_run,
        number=number,
        blob=blob,
        sha256=blob.sha256,
        pages=per_letter * len(data),
        letters=len(data),
        produced_at=at,
    )
    letters = [_letter(print_run, number, i, one, per_letter, at) for i, one in enumerate(data)]
    letter.record_produced(letters, print_run=print_run, by=print_run.started_by, at=at)


def made_again(letter: LetterKind, print_run: PrintRun, part: PrintPart, letters: list[Letter]) -> None:
    """Typeset a part again from the letters left in it: a new PDF, new page numbers, the same words and dates."""
    produced = clock.london_day(part.produced_at)
    pdf, wrong = _typeset(letter, print_run, [each.data for each in letters], produced)
    if wrong:
        raise NotAllowed(f"Part {part.number} cannot be made again without the late letters: {wrong}")
    blob = blobs.keep([pdf], "application/pdf", made=True)
    pages = typesetting.template(letter.template).pages
    part.blob, part.sha256, part.letters, part.pages = blob, blob.sha256, len(letters), pages * len(letters)
    part.save(update_fields=["blob", "sha256", "letters", "pages"])
    for index, each in enumerate(letters):
        each.page_from, each.page_to = index * pages + 1, (index + 1) * pages
    Letter.objects.bulk_update(letters, ["page_from", "page_to"])


def _letter(
    print_run: PrintRun, part: int, index: int, data: dict[str, Any], pages: int, at: datetime
) -> Letter:
    first = index * pages + 1
    return Letter(
        print_run=print_run,
        matter_id=data["id"],
        recipient_id=data["recipient_id"],
        kind=print_run.template,
        state="produced",
        part=part,
        page_from=first,
        page_to=first + pages - 1,
        data=data,
        produced_at=at,
    )


def document_data(
    letters: Sequence[dict[str, Any]], force_id: int, force: str, title: str, today: date
) -> dict[str, Any]:
    """What the template prints around the letters: the unit's own name and address, from its settings.

    :raises NotAllowed: if the unit has not set them: nothing prints from an empty field
    """
    own = policy.in_force(force_id=force_id, on=today)
    if not own.get("unit.name") or not own.get("unit.address"):
        raise NotAllowed(
            "The unit's name and address are not set, and a letter cannot go without them. "
            "The senior processing officer proposes them; a second person approves."
        )
    unit = {"name": own["unit.name"], "address": own["unit.address"]}
    return nip_s172.run_data(letters, unit=unit, force=force, title=title, today=today)


def single_copy(letter: Letter) -> bytes:
    """One letter of a run as its own accessible PDF, from the data kept with it: a copy, marked as one by its name."""
    kind = typesetting.template(LETTERS[letter.kind].template)
    made = clock.london_day(letter.produced_at) if letter.produced_at else clock.today()
    run = letter.print_run
    data = document_data([letter.data], run.force_id, run.force.name, f"{kind.title}, copy", made)
    pages = f"part {letter.part}, pages {letter.page_from} to {letter.page_to}"
    return typesetting.set_type(
        kind, {**data, "copy": f"Copy of the letter in print run {run.reference}, {pages}"}
    )
