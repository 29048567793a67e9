"""What stands around every page: who, where one may go, the clock, the marking (LOOK 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from casewright.foundation import clock
from casewright.foundation.policy import queries as policy

NOTICES = "casewright_notices"

# Entry, url name, permission. At most seven; an entry exists only when the work behind it does.
ENTRIES = (
    ("My day", "my_day", "law.read"),
    ("Worklists", "worklist", "matter.read"),
    ("Intake", "intake", "intake.read"),
    ("Print runs", "print_runs", "print_run.read"),
    ("Runs", "runs", "run.read"),
    ("Health", "health", "health.read"),
    ("People", "people", "people.manage"),
    ("The law", "rules", "law.read"),
)
# What stands under one's own name in the header: rarer doors, and those of single roles.
MORE = (
    ("People and rights", "people", "law.read"),
    ("Conflicts of interest", "conflicts", "matter.declare_conflict"),
    ("Break the glass", "break_glass", "matter.break_glass"),
    ("Broken glass to review", "glass_reviews", "matter.review_glass"),
    ("Destruction of records", "destructions", "records.read"),
    ("The log", "audit", "journal.audit"),
)


class Entry(NamedTuple):
    """One entry of the header."""

    text: str
    href: str
    current: bool


class Who(NamedTuple):
    """The person signed in."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything the layouts need; pages add only their own."""

    home: str
    path: str
    theme: str = ""
    keys_on: bool = True
    marking: str = "OFFICIAL"
    nav: tuple[Entry, ...] = ()
    more: tuple[Entry, ...] = ()
    who: Who | None = None
    user_id: int = 0
    rights: frozenset[str] = frozenset()
    search: str = ""
    preferences: str = ""
    account: str = ""
    has_password: bool = False
    is_demo: bool = False
    sign_out: str = ""
    demo_clock: datetime | None = None
    move_clock: str = ""
    try_it: str = ""
    notices: tuple[str, ...] = ()
    unit: str = "Casewright"
    version: str = ""
    now: datetime = field(default_factory=clock.now)


def shell(request: HttpRequest, *, marking: str = "OFFICIAL", area: str = "") -> Shell:
    """The shell of one page; ``area`` is the url name of the entry it belongs to."""
    user: Any = request.user
    shared: dict[str, Any] = {
        "home": reverse("home"),
        "path": request.get_full_path(),
        "version": _version(),
        "marking": marking,
        "is_demo": bool(settings.CASEWRIGHT_DEMO),
    }
    if not user.is_authenticated:
        return Shell(**shared)
    return Shell(
        **shared,
        theme=user.theme,
        keys_on=request.session.get("keys_on", True),
        nav=_entries(ENTRIES, user, area),
        more=_entries(MORE, user, area),
        who=Who(user.name, user.role_title),
        user_id=user.id,
        unit=str(policy.in_force(force_id=None, on=clock.today()).get("unit.name", "Unit not named")),
        rights=user.permissions,
        search=reverse("search") if "matter.read" in user.permissions else "",
        preferences=reverse("preferences"),
        account=reverse("account"),
        has_password=user.has_usable_password(),
        sign_out=reverse("sign_out"),
        demo_clock=clock.now() if settings.CASEWRIGHT_DEMO else None,
        move_clock=reverse("clock")
        if settings.CASEWRIGHT_DEMO and "demo.move_clock" in user.permissions
        else "",
        try_it=reverse("try_it") if settings.CASEWRIGHT_DEMO and "intake.upload" in user.permissions else "",
        notices=tuple(request.session.pop(NOTICES, ())),
    )


def _entries(doors: tuple[tuple[str, str, str], ...], user: Any, area: str) -> tuple[Entry, ...]:
    """The doors this person has the right to, as links."""
    return tuple(
        Entry(text, reverse(name), name == area) for text, name, right in doors if right in user.permissions
    )


def tell(request: HttpRequest, sentence: str) -> None:
    """Say a sentence at the top of the next page this person sees."""
    request.session[NOTICES] = [*request.session.get(NOTICES, ()), sentence]


def _version() -> str:
    try:
        return version("casewright")
    except PackageNotFoundError:
        return "from source"
