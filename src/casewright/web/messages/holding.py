"""A held row as its page shows it: the doubtful value marked, and what would follow if it were replayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casewright import law
from casewright.areas.traffic import facts as traffic_facts
from casewright.flows.mend_held_row import Alike
from casewright.foundation import clock
from casewright.foundation.messages.actions import Unreadable
from casewright.foundation.messages.adapters import adapter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.reference.queries import calendar
from casewright.law.identifiers import NotValid
from casewright.law.identifiers import read as read_identifier
from casewright.web import bands, words

SOURCES = (
    ("Data block on the image", "Data block on the image"),
    ("The image itself", "The image itself, looked at by me"),
    ("The site said so", "The site said so, on the telephone or in writing"),
    ("The register was wrong", "The register was wrong and is mended"),
)


@dataclass(frozen=True, slots=True)
class Follows:
    """What would follow if a row were replayed with a value: a sentence, and the band of its last day."""

    consequence: str
    then: str
    band: str = ""
    left_words: str = ""
    good: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """One way of knowing."""

    value: str
    text: str


NAMED = 10  # rows settled meanwhile that are named; of more the number is said


def said_of_alike(became: Alike) -> str:
    """What became of rows replayed together: how many went, how many not, and which somebody else settled meanwhile."""
    still = f"{words.counted(became.still, 'row')} {'is' if became.still == 1 else 'are'} still held."
    said = f"{words.counted(became.done, 'row')} went through; {still}"
    if not became.meanwhile:
        return said
    rows = [
        f"row {each.row_number or 0:,} of {each.file.reference if each.file else each.interface}"
        for each in became.meanwhile
    ]
    more = len(rows) - NAMED
    named = words.listed(rows[:NAMED] + ([f"{more:,} more"] if more > 0 else []))
    were = "was settled meanwhile and is" if len(rows) == 1 else "were settled meanwhile and are"
    return f"{said} {named[0].upper()}{named[1:]} {were} left so."


def pieces(raw: str, value: str) -> tuple[str, str, str]:
    """The line as received: what stands before the doubtful value, the value, and what stands after."""
    before, found, after = raw.partition(value) if value else (raw, "", "")
    return (before, found, after) if found or not value else (raw, "", "")


def likely(item: HeldItem) -> str:
    """What stands in the box at first: the mark that one misread character hides, else what was received."""
    if item.field == "mark":
        try:
            read_identifier("vrm", item.value)
        except NotValid as problem:
            return problem.likely or item.value
    return item.value


def follows(item: HeldItem, value: str) -> Follows:
    """Read the row again with ``value`` in the doubtful field, without keeping anything."""
    if value.strip() == item.value.strip() and item.value:
        return Follows(
            "Type the correct value; what would follow is shown here.", "Nothing is kept until you replay it."
        )
    if item.file is None or item.row_number is None or item.field == "row":
        return Follows("", "It is read again from the start.")
    try:
        read = adapter("cameras").read(
            item.row_number,
            {**item.values, item.field: value},
            traffic_facts.register(received_at=item.file.received_at),
        )
    except Unreadable as problem:
        return Follows(f"It would still be held. {problem.fault.reason}", problem.fault.remedy, good=False)
    return _lawful(read)


def _lawful(read: Any) -> Follows:
    """What the law says of the row as it would then stand."""
    offence = words.london(read.offence_at)
    happened = f"Offence {words.short_day(offence)}, {words.clock_time(offence)}, {read.registration_mark}."
    try:
        told = {"offence_on": offence.date(), "warned_at_time": read.warned_at_time}
        found = law.deadline("nip-14", told, on=offence.date(), calendars=calendar())
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        return Follows(happened, str(refusal), good=False)
    if found.act_by is None:
        return Follows(happened, "No notice is needed: the driver was warned at the time.")
    left = (words.as_day(found.act_by) - clock.today()).days
    was = "was" if left < 0 else "is"
    then = (
        "It is accepted, and ends at once as received too late for a notice."
        if left < 0
        else "It is accepted, decided, and DVLA is asked for the keeper."
    )
    return Follows(
        f"{happened} The last day to serve {was} {words.day(found.act_by)}.",
        then,
        bands.band(left, 7),
        words.days_left(left),
    )
