"""How many numbers a person typed right and wrong, told to that person alone.

It helps one to see which kinds one mistypes. It is no measure of anybody: no other page, list, export or figure reads
it, the journal does not know of it, it goes when its person leaves, and by itself after the unit's own days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Sum

from casewright.foundation import clock
from casewright.foundation.people.models import NumbersChecked, User
from casewright.foundation.policy import queries as policy

KEPT = "unit.mistakes_days"
COUNT = """
INSERT INTO people_numberschecked (user_id, day, kind, "right", wrong)
SELECT %s, %s, * FROM unnest(%s::text[], %s::int[], %s::int[])
ON CONFLICT (user_id, day, kind) DO UPDATE
SET "right" = people_numberschecked."right" + excluded."right", wrong = people_numberschecked.wrong + excluded.wrong
"""


class OwnChecks(NamedTuple):
    """What one person typed of one kind of number, over the days kept."""

    kind: str
    right: int
    wrong: int

    @property
    def per_cent_wrong(self) -> float:
        """The share with a mistake."""
        return 100 * self.wrong / (self.right + self.wrong)


def count(checks: Iterable[tuple[str, bool]], *, by: User, day: date) -> None:
    """Add checks to a person's own counts of a London day: one statement, however many.

    :param checks: kind of number (`law.identifiers.KINDS`), and whether it was right
    """
    told = Counter(checks)
    kinds = sorted({kind for kind, _ in told})
    if not kinds:
        return
    right, wrong = ([told[kind, good] for kind in kinds] for good in (True, False))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [by.id, day, kinds, right, wrong])


def of_oneself(person: User, *, today: date) -> list[OwnChecks]:
    """A person's own counts by kind, the most typed first; to be shown to that person alone."""
    rows = NumbersChecked.objects.filter(user_id=person.id, day__gt=_kept_since(today))
    summed = rows.values_list("kind").annotate(right=Sum("right"), wrong=Sum("wrong"))
    return sorted((OwnChecks(*row) for row in summed), key=lambda one: (-one.right - one.wrong, one.kind))


def forget(person: User) -> None:
    """Remove the counts of a person who leaves."""
    NumbersChecked.objects.filter(user_id=person.id).delete()


def sweep() -> int:
    """Remove what is older than the unit's own days."""
    return NumbersChecked.objects.filter(day__lte=_kept_since(clock.today())).delete()[0]


def _kept_since(today: date) -> date:
    return today - timedelta(days=policy.figure(KEPT, on=today))
