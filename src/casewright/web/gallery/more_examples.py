"""Invented worklists, counts, runs, held rows and decisions to show the components with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Some
from typing import Any

from casewright.web.bands import Part, band
from casewright.web.gallery.examples import NOW, TODAY
from casewright.web.words import counted

PEOPLE = [
    "Ada Bramwith",
    "Osric Penhale",
    "Leila Farrow-Dunn",
    "Morwenna Pike",
    "Halina Dusk",
    "Cuthbert Oyelade-Marsh",
    "Ivo Carrick-Lowe",
    "Maud Ferrensby",
]
ACTS = [
    "Record why, then cancel",
    "Post the notice",
    "Post the notice",
    "Produce the notice",
    "Produce the notice",
    "Charge",
    "Read the reply",
    "Send reminder",
]


def groups() -> list[Some]:
    """A worklist of eight in its four bands."""
    lefts = (-1, 0, 0, 1, 5, 6, 9, 51)
    made = [_row(number, left) for number, left in enumerate(lefts)]
    return [
        Some(band=name, count_words=counted(len(found), "matter"), rows=found)
        for name in ("late", "today", "lead", "later")
        if (found := [row for row in made if band(row.left, 7) == name])
    ]


def _row(number: int, left: int) -> Some:
    return Some(
        id=number,
        href=f"#m{number}",
        reference=f"T26-48{number}{number}71",
        left=left,
        lead=7,
        bars=number % 3 != 2,
        act_by=TODAY + timedelta(left),
        act=ACTS[number],
        mark=f"Q{'ABCDEFGH'[number]}26 BTR",
        person=PEOPLE[number],
        matter="47 mph in a 30",
        stands_at="Awaiting driver" if number > 6 else "Keeper found",
        tone="wait" if number > 6 else "",
        owner="M Thorley",
    )


def balances() -> Iterable[tuple[str, Part, list[Part], bool, str, str]]:
    """While it is read, when it is done, and when it does not add up."""
    reading = [
        Part("ok", "Accepted", 611),
        Part("held", "Held, to mend", 22),
        Part("no", "Refused", 7),
        Part("dup", "Here already", 0),
        Part("todo", "Not yet read", 160),
    ]
    done = [
        Part("ok", "Accepted", 763),
        Part("held", "Held, to mend", 29),
        Part("no", "Refused", 6),
        Part("dup", "Here already", 2),
    ]
    short = [Part("ok", "Accepted", 762), Part("held", "Held, to mend", 29), Part("no", "Refused", 8)]
    whole = Part("", "Received", 800)
    return [
        ("Reading", whole, reading, True, "checked at 10:42:03, about 1 second left", ""),
        ("Done", whole, done, True, "checked at 10:42:04", ""),
        (
            "Wrong",
            whole,
            short,
            False,
            "checked at 10:42:04",
            "1 of 800 is not accounted for. Ruth Alder has been told; nothing is sent until it is found.",
        ),
    ]


def runs() -> list[Some]:
    """A run in each state."""
    return [
        Some(
            done=318,
            whole=404,
            unit="letters produced",
            part=7,
            parts=9,
            left="About 4 seconds",
            state="running",
        ),
        Some(done=318, whole=404, unit="letters produced", part=7, parts=9, left="", state="paused"),
        Some(done=404, whole=404, unit="letters produced", part=9, parts=9, left="", state="finished"),
        Some(done=120, whole=404, unit="letters produced", part=3, parts=9, left="", state="stopped"),
    ]


def held() -> Some:
    """A row whose date is not a day, and what would follow."""
    item = Some(
        row_number=214,
        value="31/11/2026",
        reason="November 2026 has 30 days.",
        remedy="Type the day on the image's data block.",
        held_at=NOW,
    )
    told = Some(
        consequence="Offence Mon 30 Nov, 23:58, QK22 WYX. The last day to serve was Monday 14 December 2026.",
        then="It is accepted, and ends at once as received too late for a notice.",
        band="late",
        left_words="2 days over",
        good=True,
    )
    return Some(
        item=item,
        pieces=("0417;00088214;", "31/11/2026", ";23:58:41;QK22 WYX;30;41;39;TALLOW LANE;N;2"),
        sources=[Some(value="image", text="Data block on the image")],
        follows=told,
    )


def held_items() -> list[Some]:
    """Two more held rows."""
    return [
        Some(
            row=87,
            href="#87",
            field="Mark",
            value="QX2B RTL",
            why="B is not a figure; QX28 RTL fits the pattern",
            cure="Look at the image, type the mark",
            alike=1,
        ),
        Some(
            row=412,
            href="#412",
            field="Mark",
            value="",
            why="No mark was read",
            cure="Look at the image",
            alike=3,
        ),
    ]


def happened() -> list[Some]:
    """Three days of a matter, newest first."""

    def entry(day: int, hour: int, minute: int, sentence: str, **more: Any) -> Some:
        return Some(
            **{
                "at": datetime(2026, 12, day, hour, minute, tzinfo=UTC),
                "sentence": sentence,
                "key": False,
                "quote": "",
                "more": "",
                "href": "",
                "link": "",
                **more,
            }
        )

    return [
        entry(
            16,
            9,
            58,
            "Mina Thorley accepted the keeper returned by DVLA: Edwin Marlow-Tate, keeper since 3 March 2026.",
            key=True,
            more="Make and colour agree with the image.",
        ),
        entry(
            16,
            9,
            31,
            "Note by Mina Thorley:",
            quote="Keeper moved in March; address agrees with the register.",
        ),
        entry(15, 16, 40, "Piers Hallam, second viewer, confirmed the offence.", key=True),
        entry(
            14,
            7,
            3,
            "Received from camera site 0417 and accepted. The 14-day clock has run since Saturday.",
            href="#u",
            link="Upload U-2290",
        ),
    ]


def decisions() -> list[Some]:
    """Taken, provisional, replaced, and one with a blocking finding."""
    base = {
        "by": "Piers Hallam",
        "at": datetime(2026, 12, 15, 16, 40, tzinfo=UTC),
        "authority": ["unit policy 4.2", "RTA 1988 s.172(2)"],
        "not_taken": ["cancel", "refer to court"],
        "next": "",
        "replay_href": "#replay",
        "blocking": [],
    }
    reasons = [
        "Reading is above the threshold of 35 and below court level at 50.",
        "One vehicle in frame.",
        "Device certificate in date to 2 May 2027.",
    ]
    return [
        Some(**base | {"title": "Send a notice and ask who drove", "state": "Taken", "reasons": reasons}),
        Some(
            **base
            | {
                "title": "Join allegations 2 and 3",
                "state": "Provisional",
                "reasons": ["Same vehicle, same moment."],
                "next": "Looks again when the insurer replies.",
                "replay_href": "",
            }
        ),
        Some(
            **base
            | {
                "title": "Offer a course",
                "state": "Replaced",
                "reasons": ["Reading 41 mph in a 30."],
                "blocking": ["No fall-back: if the course fails no day is left to charge."],
            }
        ),
    ]
