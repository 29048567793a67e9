"""People of the unit at their browsers, who go on pressing buttons while processes are killed under them."""

from __future__ import annotations

import http.client
import http.cookiejar
import itertools
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from tests.crash.rig import PATIENCE, Rig

from casewright.foundation import clock

WORDS = "Seen by the unit, which says so, and wrote it down at the time."
DONE = 302  # the answer of every act that was done


class _Stay(urllib.request.HTTPRedirectHandler):
    """An act that was done leads elsewhere; that page is not fetched."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


class Person:
    """One person with a browser of their own."""

    def __init__(self, made: Rig, name: str) -> None:
        """Sign in by a one-time link."""
        self.root = f"http://127.0.0.1:{made.ports['web']}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stay())
        self._answer("/sign-in/" + made.drive("link", name))
        self._answer("/search")  # a page that gives the form's token

    def post(self, path: str, **fields: str) -> int:
        """Send a form; its status, or 0 where nothing answered."""
        token = next((each.value or "" for each in self.jar if each.name.endswith("casewright_csrf")), "")
        return self._answer(path, urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode())

    def _answer(self, path: str, body: bytes | None = None) -> int:
        request = urllib.request.Request(self.root + path, data=body, headers={"Referer": self.root + path})
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as refused:
            status = refused.code
        except (OSError, http.client.HTTPException):  # the second: half an answer came
            status = 0
        return status


class Unit:
    """Presses one after another, chosen by chance, from one thread, until told to stop."""

    def __init__(self, made: Rig) -> None:
        """Everybody signs in; what can be acted on is asked once and again after each kill."""
        self.made, self.dice, self.count = made, Random(made.folder.name), itertools.count()
        names = (
            "Ruth Alder",
            "Agnes Dray",
            "Theo Marsh",
            "Sergeant Una Brill",
            "Piers Hallam",
            "Mina Thorley",
        )
        self.people = {name.split()[-2 if "Una" in name else 0]: Person(made, name) for name in names}
        self.there: dict[str, list[int]] = {}
        self.answers: Counter[str] = Counter()
        self.stopped = threading.Event()
        self.look()

    def look(self) -> None:
        """Ask the database what there is to act on."""
        self.there = json.loads(self.made.drive("there"))

    def go_on(self) -> threading.Thread:
        """Press until stopped."""
        thread = threading.Thread(target=self._press)
        thread.start()
        return thread

    def _press(self) -> None:
        while not self.stopped.is_set():
            act = self.dice.choice(ACTS)
            status = act(self)
            self.stopped.wait(0 if status else 0.02)  # nobody presses fast where nothing answers
            self.answers[f"{act.__name__.strip('_')} {status}"] += 1

    def one(self, kind: str) -> int:
        """One of what there is of a kind; 0 where nothing is."""
        return self.dice.choice(self.there.get(kind) or [0])

    def words(self) -> str:
        """Words that were not sent before, so that no press is another sent twice."""
        return f"{WORDS} {next(self.count)}"


def _note(unit: Unit) -> int:
    return unit.people["Mina"].post(f"/matters/{unit.one('matter')}/note", text=unit.words())


def _take(unit: Unit) -> int:
    return unit.people["Mina"].post("/worklist/take", chosen=str(unit.one("matter")), again=unit.words())


def _hold(unit: Unit) -> int:
    return unit.people["Agnes"].post(f"/matters/{unit.one('matter')}/hold", reason=unit.words())


def _lift(unit: Unit) -> int:
    return unit.people["Agnes"].post(f"/holds/{unit.one('hold')}/lift", reason=unit.words())


def _restrict(unit: Unit) -> int:
    return unit.people["Ruth"].post(f"/matters/{unit.one('matter')}/restrict", reason=unit.words())


def _lift_restriction(unit: Unit) -> int:
    return unit.people["Ruth"].post(f"/matters/{unit.one('matter')}/lift-restriction", reason=unit.words())


def _grant(unit: Unit) -> int:
    to = str(unit.one("person"))
    return unit.people["Ruth"].post(f"/matters/{unit.one('matter')}/leave", person=to, reason=unit.words())


def _cancel(unit: Unit) -> int:
    path = f"/matters/{unit.one('matter')}/cancel"
    return unit.people["Ruth"].post(path, reason="DEVICE_FAULT", words=unit.words())


def _propose_destroy(unit: Unit) -> int:
    return unit.people["Agnes"].post(f"/matters/{unit.one('closed')}/destroy", reason=unit.words())


def _destroy(unit: Unit) -> int:
    return unit.people["Ruth"].post(f"/destructions/{unit.one('destruction')}/approve", again=unit.words())


def _role(unit: Unit) -> int:
    path = f"/people/{unit.one('person')}/role"
    return unit.people["Theo"].post(path, change="give", role="viewing_clerk", reason=unit.words())


def _role_answered(unit: Unit) -> int:
    return unit.people["Una"].post(f"/people/roles/{unit.one('role')}", answer="approve", again=unit.words())


def _person(unit: Unit) -> int:
    email = f"nora.{next(unit.count)}@northmere.example"
    return unit.people["Theo"].post("/people/add", name="Nora Pell", email=email)


def _figure(unit: Unit) -> int:
    first = clock.london_day(clock.real()) + timedelta(days=30)
    return unit.people["Piers"].post(
        "/figures/speed.start.30",
        value="36",
        effective_from=first.isoformat(),
        force_id="0",
        reason=unit.words(),
    )


def _figure_answered(unit: Unit) -> int:
    return unit.people["Una"].post(
        f"/figures/proposals/{unit.one('figure')}", answer="no", again=unit.words()
    )


ACTS: tuple[Callable[[Unit], int], ...] = (
    _note, _take, _hold, _lift, _restrict, _lift_restriction, _grant, _cancel, _propose_destroy, _destroy, _role,
    _role_answered, _person, _figure, _figure_answered,
)  # fmt: skip
