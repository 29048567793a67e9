"""A day of birth that nobody can have: later than the day asked about, or too long before it."""

from datetime import date

from casewright.law.refusals import InvalidFacts
from casewright.law.wording import full

OLDEST = 120  # no one in England and Wales has been older; a mistyped century is


def check_birth(born: date, on: date) -> None:
    """Refuse a day of birth that is impossible for a person of the day `on` (London days).

    :raises InvalidFacts: naming `born_on`
    """
    if born > on:
        raise InvalidFacts("born_on", full(born), f"a day no later than {full(on)}, the day asked about")
    check_not_too_old(born, on)


def check_not_too_old(born: date, on: date) -> None:
    """Refuse a day of birth more than 120 years before `on`. InvalidFacts names `born_on`."""
    if (on.year - born.year, on.month, on.day) >= (OLDEST + 1, born.month, born.day):
        raise InvalidFacts(
            "born_on", full(born), f"a day no more than {OLDEST} years before {full(on)}, the day asked about"
        )
