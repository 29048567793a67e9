"""The law of the trade as a library: time limits with their working, calendars, traffic decisions.

Pure Python, standard library only: `from casewright import law` needs neither a database nor Django.
"""

from casewright.law import calendars, counting, practice, settings, traffic
from casewright.law.authority import Authority
from casewright.law.calendars import Calendar
from casewright.law.drawing import Day, Month, draw, draw_months
from casewright.law.findings import Counted, Finding, Step, Strip
from casewright.law.impact import Moved, impact
from casewright.law.limits import deadline, law_day
from casewright.law.limits.catalogue import Example, Fact, Rule, checked, in_force, newest, rules, version
from casewright.law.refusals import InvalidFacts, NoHolidays, NoLawInForce, UnknownRule

VERSION = version()
CHECKED = checked()

__all__ = [
    "CHECKED", "VERSION", "Authority", "Calendar", "Counted", "Day", "Example", "Fact", "Finding",
    "InvalidFacts", "Month", "Moved", "NoHolidays", "NoLawInForce", "Rule", "Step", "Strip", "UnknownRule",
    "calendars", "counting", "deadline", "draw", "draw_months", "impact", "in_force", "law_day", "newest",
    "practice", "rules", "settings", "traffic",
]  # fmt: skip
