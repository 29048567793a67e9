"""What happened to a matter: its journal as sentences with a doer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from casewright.foundation.journal.models import Entry, EntryText
from casewright.foundation.journal.sentences import sentence
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.people.models import User
from casewright.web import words

MOST_ENTRIES = 200
_FROM_A_FILE = ("traffic.receive", "traffic.end_at_receipt")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    sentence: str
    verb: str
    key: bool
    quote: str = ""
    more: str = ""
    href: str = ""
    link: str = ""


def happened(actor: Any, matter_id: int, may_see_files: bool) -> tuple[Happened, ...]:
    """The journal of the matter as sentences, newest first: three statements, one more where matters are linked."""
    entries = list(Entry.objects.filter(matter_id=matter_id).order_by("-at", "-id")[:MOST_ENTRIES])
    entries = _without_hidden_links(actor, entries)
    texts = dict(EntryText.objects.filter(matter_id=matter_id).values_list("entry_id", "text"))
    names = dict(
        User.objects.filter(
            id__in={who for each in entries for who in (each.actor_id, each.for_id) if who}
        ).values_list("id", "name")
    )
    return tuple(_told(each, names, texts.get(each.id, ""), may_see_files) for each in entries)


def _without_hidden_links(actor: Any, entries: list[Entry]) -> list[Entry]:
    """A link to a matter this person may not see is not told: not even how they belong together."""
    others = {each.subject_id or 0 for each in entries if each.verb == "matters.link"}
    if not others:
        return entries
    seen = set(visible_to(actor).filter(id__in=others).values_list("id", flat=True))
    return [each for each in entries if each.verb != "matters.link" or each.subject_id in seen]


def _told(entry: Entry, names: dict[int, str], text: str, may_see_files: bool) -> Happened:
    said = sentence(
        entry.verb,
        actor=names.get(entry.actor_id or 0, ""),
        facts=words.facts_in_words(entry.facts),
        text=text,
        for_=names.get(entry.for_id or 0, ""),
    )
    file_id = entry.facts.get("file") if may_see_files and entry.verb in _FROM_A_FILE else None
    return Happened(
        entry.at,
        said,
        entry.verb,
        entry.verb.startswith(("traffic.", "collisions.", "decisions.")),
        more=entry.authority,
        href=reverse("intake_file", kwargs={"file_id": file_id}) if file_id else "",
        link="Open the upload",
    )
