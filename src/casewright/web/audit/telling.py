"""Rows of the log as a person reads them: who, when, what in a sentence, why, and who received it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casewright.foundation.journal.models import Consultation, Entry, EntryText, Operation, SearchWords
from casewright.foundation.journal.sentences import sentence
from casewright.foundation.matters.rights import destroyed_for, visible_to
from casewright.foundation.people.models import User
from casewright.web import words
from casewright.web.audit.pages import page_in_words, reason_in_words

NAMED = 6  # matters of one list that its sentence names


@dataclass(frozen=True, slots=True)
class Row:
    """One act or look."""

    id: int
    at: datetime
    look: bool
    operation: str
    said: str
    who: str
    for_whom: str
    reference: str
    matter_id: int | None
    reason: str
    recipient: str
    source: str
    authority: str
    verb: str
    subject: str
    facts: dict[str, Any]
    text_hash: str
    tx: int
    listed: tuple[int, ...] = ()  # matters that its sentence names as those a list showed


@dataclass(frozen=True, slots=True)
class _Known:
    names: dict[int, str]
    seen: dict[int, str]
    gone: dict[int, str]
    texts: dict[int, str]
    searched: dict[int, str]

    def reference(self, matter_id: int | None) -> str:
        """The reference of a matter this reader may see, or that of one destroyed; else nothing."""
        return self.seen.get(matter_id or 0) or self.gone.get(matter_id or 0, "")


def told(actor: Any, rows: list[Entry | Consultation], *, about: int | None = None) -> list[Row]:
    """Rows in words: five statements whatever their number.

    :param about: the matter asked about; of a list that showed it, it alone is named
    """
    known = _known(actor, rows)
    return [
        _look(each, known, about) if isinstance(each, Consultation) else _act(each, known) for each in rows
    ]


def _known(actor: Any, rows: list[Entry | Consultation]) -> _Known:
    """Names, references and words that the rows speak of; references only of what this person may see."""
    looks = [each for each in rows if isinstance(each, Consultation)]
    acts = [each.id for each in rows if isinstance(each, Entry)]
    people = {who for each in rows for who in (each.actor_id, each.for_id) if who}
    matters = {each.matter_id for each in rows if each.matter_id} | {
        m for each in looks for m in _shown(each)
    }
    texts = EntryText.objects.filter(entry_id__in=acts).values_list("entry_id", "text")
    asked = [each.id for each in looks if each.text_hash]
    searched = SearchWords.objects.filter(consultation_id__in=asked).values_list("consultation_id", "words")
    gone = destroyed_for(actor).filter(matter_id__in=matters)
    return _Known(
        dict(User.objects.filter(id__in=people).values_list("id", "name")),
        dict(visible_to(actor).filter(id__in=matters).values_list("id", "reference")),
        dict(gone.values_list("matter_id", "reference")),
        dict(texts),
        dict(searched) if asked else {},
    )


def _shown(look: Consultation) -> list[int]:
    """The matters that a list showed."""
    matters = look.shown.get("matters", [])
    return [each for each in matters if isinstance(each, int)] if isinstance(matters, list) else []


def _act(entry: Entry, known: _Known) -> Row:
    who, for_whom = known.names.get(entry.actor_id or 0, ""), known.names.get(entry.for_id or 0, "")
    facts = words.facts_in_words(entry.facts)
    text = known.texts.get(entry.id, "")
    said = sentence(entry.verb, actor=who, facts=facts, text=text, for_=for_whom)
    subject = f"{entry.subject_kind} {entry.subject_id or ''}".strip()
    return _row(
        entry,
        known,
        said,
        entry.operation,
        entry.recipient,
        entry.authority,
        entry.verb,
        subject,
        entry.facts,
    )


def _look(look: Consultation, known: _Known, about: int | None) -> Row:
    shown = _shown(look)
    seen = [known.seen[each] for each in shown if each in known.seen]
    listed = _listed(look, shown, known, about)
    facts: dict[str, Any] = {**look.shown, "matters": seen} if "matters" in look.shown else dict(look.shown)
    who = known.names.get(look.actor_id, "Somebody")
    doer = f"{who} for {known.names.get(look.for_id, '…')}" if look.for_id else who
    said = f"{doer} {page_in_words(look.page)}"
    if look.text_hash:
        said += f" for “{_searched(look, known, shown)}”"
    if listed:
        rest = f" and {len(seen) - NAMED} more" if len(listed) == NAMED < len(seen) else ""
        said += f" and was shown {', '.join(known.seen[each] for each in listed)}{rest}"
    return _row(look, known, f"{said}.", Operation.CONSULTATION, "", "", look.page, "", facts, listed)


def _listed(look: Consultation, shown: list[int], known: _Known, about: int | None) -> tuple[int, ...]:
    """The matters of a list that its sentence names: the one asked about, else the first; the export has all."""
    if about in shown and about in known.seen and about != look.matter_id:
        return (about,)
    return () if look.matter_id else tuple(each for each in shown if each in known.seen)[:NAMED]


def _searched(look: Consultation, known: _Known, shown: list[int]) -> str:
    """The words of a search, but not where they found a matter that the reader may not see."""
    if any(each not in known.seen and each not in known.gone for each in shown):
        return "(words that found a matter not shown here)"
    return known.searched.get(look.id, "(words erased)")


def _row(
    one: Entry | Consultation, known: _Known, said: str, operation: str, recipient: str, authority: str,
    verb: str, subject: str, facts: dict[str, Any], listed: tuple[int, ...] = (),
) -> Row:  # fmt: skip
    return Row(
        id=one.id,
        at=one.at,
        look=isinstance(one, Consultation),
        operation=str(Operation(operation).label),
        said=said,
        who=known.names.get(one.actor_id or 0, ""),
        for_whom=known.names.get(one.for_id or 0, ""),
        reference=known.reference(one.matter_id),
        matter_id=one.matter_id if one.matter_id in known.seen else None,
        reason=reason_in_words(one.reason),
        recipient=recipient,
        source=one.source,
        authority=authority,
        verb=verb,
        subject=subject,
        facts=facts,
        text_hash=one.text_hash,
        tx=one.tx,
        listed=listed,
    )
