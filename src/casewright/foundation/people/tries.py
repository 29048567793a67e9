"""How often one may fail to sign in, in fifteen minutes, counted in the database over all processes and machines.

Ten failures for one person at one machine: a stranger elsewhere locks nobody out. A hundred for one person from all
machines together, against guessing from many. Two hundred for one machine, because a whole unit may share an address.
Each try is counted before the password is looked at, so that many at the same moment gain nothing.

What somebody signed in may do often, but not by a program (searches, copies, exports), is counted in the same way
(ASVS 5.0 2.4.1): a person's own count for each page, in the same quarter of an hour.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import connection

from casewright.foundation import clock
from casewright.foundation.people.models import SignInTry

MOST = 10
MOST_FOR_ONE_PERSON = 100
MOST_AT_ONE_MACHINE = 200
MINUTES = 15

_COUNT = """
INSERT INTO people_signintry AS tried (mark, since, times) VALUES (%(mark)s, %(now)s, 1)
ON CONFLICT (mark) DO UPDATE SET
  times = CASE WHEN tried.since <= %(window)s THEN 1 ELSE tried.times + 1 END,
  since = CASE WHEN tried.since <= %(window)s THEN %(now)s ELSE tried.since END
RETURNING times
"""


def tried(who: str, machine: str) -> int:
    """Count one try: how far it stands over the nearest limit (1 is the first refused), or 0.

    Call it outside a transaction, so that the count stands at once.
    """
    return max(0, *[_counted(mark) - most for mark, most in _marks(who, machine)])


def used_up(user_id: int, page: str, most: int) -> bool:
    """Count one use of a page by a person: whether it is more than ``most`` in this quarter of an hour."""
    return _counted(hashlib.sha256(f"page {page} of {user_id}".encode()).hexdigest()) > most


def succeeded(who: str, machine: str) -> None:
    """Forget this person's tries at this machine, and take this one back from the two wider counts."""
    (mine, _), *wider = _marks(who, machine)
    SignInTry.objects.filter(mark=mine).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_signintry SET times = greatest(times - 1, 0) WHERE mark = ANY(%s)",
            [[mark for mark, _ in wider]],
        )


def sweep() -> int:
    """Remove counts whose window has passed."""
    return SignInTry.objects.filter(since__lt=clock.real() - timedelta(minutes=MINUTES)).delete()[0]


def _counted(mark: str) -> int:
    now = clock.real()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"mark": mark, "now": now, "window": now - timedelta(minutes=MINUTES)})
        return int(cursor.fetchone()[0])


def _marks(who: str, machine: str) -> tuple[tuple[str, int], ...]:
    who = who.strip().lower()
    said = (
        (f"who {who} where {machine}", MOST),
        (f"who {who}", MOST_FOR_ONE_PERSON),
        (f"where {machine}", MOST_AT_ONE_MACHINE),
    )
    return tuple((hashlib.sha256(mark.encode()).hexdigest(), most) for mark, most in said)
