"""Mending a held row and replaying it through the very reading that held it, or refusing it with a reason."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from casewright.flows.answer_keeper_enquiries import answer_keeper_enquiries
from casewright.flows.replay_held_rows import Reread, replay
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.rights import must_hold, visible_to
from casewright.foundation.messages.actions import Unreadable
from casewright.foundation.messages.adapters import adapter
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Outcome

AT_ONCE = 2000  # rows alike that are replayed at one time


def mend_and_replay(
    *, held_id: int, values: dict[str, str], how_known: str, by: Any, at: datetime
) -> HeldItem:
    """Correct fields of a held row and replay it; on success it is accepted (or found to be known already).

    :param values: the corrected fields by column name; fields not named keep what was received
    :raises Unreadable: if it still cannot be read: the new fault, nothing changed
    :raises NotAllowed: without the right, if somebody else settled it first, or without saying how it is known
    """
    must_hold(by, "held.mend")
    if not how_known.strip():
        raise NotAllowed("Say how you know the correct value: it is kept with the row for the evidence.")
    answer = HeldItem.objects.filter(id=held_id, message__isnull=False).exists()
    if answer:
        return _mend_answer(held_id, values, how_known, by, at)
    item, _, _ = _held(held_id, by)
    changed = sorted(k for k in values if values[k] != item.values.get(k))
    row = Reread(item, {**item.values, **values}, changed)
    faults = replay([row], how_known=how_known, by=by, at=at)
    if faults:
        raise Unreadable(faults[item.id])
    item.refresh_from_db()
    return item


class NoLongerHeld(NotAllowed):
    """The row is held no longer: somebody settled it first, or its last day has passed."""


class Alike(NamedTuple):
    """What became of rows alike: how many went through or are held still, and which others had settled meanwhile."""

    done: int
    still: int
    meanwhile: tuple[HeldItem, ...] = ()


def replay_alike(*, held_id: int, by: Any, at: datetime) -> Alike:
    """Replay every held row of the same cause and value as they stand, after the register was mended.

    A row that somebody settled while the others were being read is theirs: it is left as they settled it, and named.
    """
    must_hold(by, "held.mend")
    model = HeldItem.objects.get(id=held_id)
    same = HeldItem.objects.filter(state="held", cause=model.cause, value=model.value, file__isnull=False)
    if by is not None:
        same = same.filter(file__force_id__in=by.force_ids)
    asked = list(same.select_related("file").order_by("id")[:AT_ONCE])
    rows = _still_held([each.id for each in asked])
    faults = replay(
        [Reread(each, each.values) for each in rows.values()],
        how_known="The register was mended.",
        by=by,
        at=at,
    )
    meanwhile = tuple(each for each in asked if each.id not in rows)
    return Alike(len(rows) - len(faults), len(faults), meanwhile)


def _still_held(ids: list[int]) -> dict[int, HeldItem]:
    """Those of the rows that nobody has settled by the moment all are locked, in the order of their ids."""
    locked = (
        HeldItem.objects.select_for_update(of=("self",))
        .select_related("file")
        .filter(id__in=ids)
        .order_by("id")
    )
    return {each.id: each for each in locked if each.state == "held" and each.emptied_at is None}


def refuse(*, held_id: int, why: str, by: Any, at: datetime) -> HeldItem:
    """Refuse a held row for good, with the reason.

    :raises NotAllowed: without the right or the reason, or if somebody else settled it first
    """
    must_hold(by, "held.refuse")
    if not why.strip():
        raise NotAllowed("Say why the row is refused: the site will ask.")
    if HeldItem.objects.filter(id=held_id, message__isnull=False).exists():
        answer = _held_answer(held_id, by)
        line = Line("held.refuse", answer.matter_id, "held", answer.id, {"row": "of DVLA's answers"}, why)
        return _settle(answer, "refused", why, answer.matter_id, by, at, line)
    item, file, number = _held(held_id, by)
    IntakeRow.objects.filter(file=file, number=number).update(outcome=Outcome.REFUSED)
    item.same_mark = None  # given once more it is held anew: the way back from a refusal made in error
    return _settle(
        item,
        "refused",
        why,
        None,
        by,
        at,
        Line("held.refuse", None, "held", item.id, {"row": item.row_number}, why),
    )


def _held(held_id: int, by: Any) -> tuple[HeldItem, IntakeFile, int]:
    item = HeldItem.objects.select_for_update(of=("self",)).select_related("file").filter(id=held_id).first()
    if item is None or item.file is None or item.row_number is None or not _of_own_force(item.file, by):
        raise NotYours("There is no such held row.", NOT_THERE)
    _must_be_held(item, "A colleague has settled this row already; the list is up to date again.")
    return item, item.file, item.row_number


def _must_be_held(item: HeldItem, otherwise: str) -> None:
    if item.emptied_at is not None:
        raise NoLongerHeld(f"{item.reason} {item.remedy}")
    if item.state != "held":
        raise NoLongerHeld(otherwise)


def _mend_answer(held_id: int, values: dict[str, str], how_known: str, by: Any, at: datetime) -> HeldItem:
    """Correct an answer of another system and read it again, through the reading that held it.

    :param values: by the field's path, such as {"keeper.name": "Edwin Marlow-Tate"}
    """
    item = _held_answer(held_id, by)
    reply = adapter("dvla").read_answer(_with(item.values, values), item.message_id)
    answer_keeper_enquiries([reply] if reply else [], at=at)
    line = Line(
        "held.replay",
        item.matter_id,
        "held",
        item.id,
        {"row": "of DVLA's answers", "outcome": "read"},
        how_known,
    )
    return _settle(item, "replayed", how_known, item.matter_id, by, at, line)


def _with(given: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """A copy of nested fields with some set, by their paths; an address is written with commas."""
    copy: dict[str, Any] = json.loads(json.dumps(given))
    for path, value in values.items():
        *outer, last = path.split(".")
        place = copy
        for name in outer:
            place = place.setdefault(name, {})
        place[last] = [line.strip() for line in value.split(",")] if last == "address" else value
    return copy


def _held_answer(held_id: int, by: Any) -> HeldItem:
    item = HeldItem.objects.select_for_update(of=("self",)).get(id=held_id)
    seen = by is None or visible_to(by).filter(id=item.matter_id or 0).exists()
    said = "A colleague has settled this already, or it is not one of your force's."
    if not seen:
        raise NotYours(said, NOT_THERE)
    _must_be_held(item, said)
    return item


def _of_own_force(file: IntakeFile, by: Any) -> bool:
    return by is None or file.force_id in by.force_ids


def _settle(
    item: HeldItem, state: str, why: str, matter_id: int | None, by: Any, at: datetime, line: Line
) -> HeldItem:
    item.state, item.settled_at, item.settled_by = state, at, by
    item.settled_why, item.matter_id = why.strip()[:300], matter_id
    item.save(update_fields=["state", "settled_at", "settled_by", "settled_why", "matter_id", "same_mark"])
    record([line], by=by and by.id, at=at)
    return item
