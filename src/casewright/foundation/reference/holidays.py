"""Bank holidays proclaimed since the law data was packaged: one person proposes, another approves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from casewright.foundation.clock import london_day
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed, NotYours
from casewright.foundation.reference import queries
from casewright.foundation.reference.models import BankHoliday
from casewright.foundation.two_people import take_back, take_second
from casewright.law.bank_holidays import EVERYWHERE


def propose(
    *,
    on: date,
    name: str,
    source: str,
    by: Any,
    at: datetime,
    where: Collection[str] = EVERYWHERE,
    withdraws: bool = False,
) -> BankHoliday:
    """Propose a bank holiday on a future (London) day; nothing counts it until it is approved.

    :param source: the proclamation it rests on
    :param withdraws: the day ceases to be a bank holiday (1971 Act s.1(2)) instead of becoming one
    :raises NotAllowed: without the right, for a day that has begun, without name or source, or if nothing changes
    :raises NoHolidays: for a year whose bank holidays are not loaded
    """
    _must_hold(by, "policy.propose")
    if on <= london_day(at):
        raise NotAllowed("Only a day to come can be proclaimed: what was counted before it stays as it was.")
    if not name.strip() or not source.strip():
        raise NotAllowed("Give the holiday's name and the proclamation it rests on.")
    if BankHoliday.objects.filter(on=on, withdraws=withdraws, turned_down=False).exists():
        raise NotAllowed("This day has been proposed already; look at the list.")
    if bool(queries.calendar().holiday_name(on)) is not withdraws:
        said = "is no bank holiday" if withdraws else "is a bank holiday already"
        raise NotAllowed(f"{on:%A} {on.day} {on:%B %Y} {said}.")
    row = BankHoliday.objects.create(
        on=on, name=name.strip(), source=source.strip(), where=" ".join(sorted(where)), withdraws=withdraws,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    record([_line("reference.propose_holiday", row)], by=by.id, at=at)
    return row


def approve(*, holiday_id: int, by: Any, at: datetime) -> BankHoliday:
    """Approve a proposed holiday: every count made from now on knows it.

    :raises NotAllowed: without the right, if the proposer approves, if it is approved already or its day has begun
    """
    row = _second(holiday_id, by, at)
    if row.on <= london_day(at):
        raise NotAllowed("This day has begun; it can no longer be proclaimed.")
    record([_line("reference.approve_holiday", row)], by=by.id, at=at)
    return row


def turn_down(*, holiday_id: int, by: Any, at: datetime) -> BankHoliday:
    """Turn a proposed holiday down as the second person: it stays on record and nothing ever counts it.

    :raises NotAllowed: without the right, by the proposer, or if it was decided already
    """
    row = _second(holiday_id, by, at)
    row.turned_down = True
    row.save(update_fields=["turned_down"])
    record([_line("reference.turn_down_holiday", row)], by=by.id, at=at)
    return row


def withdraw(*, holiday_id: int, by: Any, at: datetime) -> BankHoliday:
    """Take one's own proposal back before anybody has decided it: the journal says what it was.

    :raises NotAllowed: by anybody else, or once it was decided
    """
    row = take_back(BankHoliday.objects.filter(id=holiday_id), by=by)
    record([_line("reference.withdraw_holiday", row)], by=by.id, at=at)
    return row


def _second(holiday_id: int, by: Any, at: datetime) -> BankHoliday:
    _must_hold(by, "policy.approve")
    return take_second(BankHoliday.objects.filter(id=holiday_id), by=by, at=at)


def _line(verb: str, row: BankHoliday) -> Line:
    facts = {"on": row.on.isoformat(), "name": row.name, "source": row.source, "withdraws": row.withdraws}
    authority = "Banking and Financial Dealings Act 1971 s.1"
    return Line(verb, subject_kind="bank_holiday", subject_id=row.id, facts=facts, authority=authority)


_DOES = {"policy.propose": "propose this", "policy.approve": "approve this"}


def _must_hold(by: Any, permission: str) -> None:
    if permission not in by.permissions:
        raise NotYours(
            f"Your roles do not let you {_DOES[permission]}. The people page shows whose do; ask one of them."
        )
