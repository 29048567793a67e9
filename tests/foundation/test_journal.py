"""The journal: a sentence for every verb, months as partitions, former versions, rights of the application's role."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from tests import given

import casewright
from casewright.areas.traffic import lifecycle as traffic
from casewright.foundation.journal.models import Entry, EntryText, FieldHistory
from casewright.foundation.journal.record import Line, record
from casewright.foundation.journal.sentences import all_sentences, sentence
from casewright.foundation.journal.whence import acting_for, come_from
from casewright.foundation.lifecycle import Lifecycle, NotAllowed, move
from casewright.foundation.matters.models import Matter, MatterStatus

SOURCE = Path(casewright.__file__).parent


WRITES = {"Line", "_journalled", "_end"}  # calls whose words are verbs of the journal
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def verbs_written() -> set[str]:
    """Every verb that the code writes to the journal, as far as it stands there as a word."""
    found: set[str] = set()
    for path in [
        *SOURCE.glob("foundation/**/*.py"),
        *SOURCE.glob("areas/**/*.py"),
        *SOURCE.glob("flows/*.py"),
    ]:
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id in WRITES:
                words = [n.value for each in call.args for n in ast.walk(each) if isinstance(n, ast.Constant)]
                found |= {word for word in words if isinstance(word, str) and VERB.fullmatch(word)}
    return found


def test_every_verb_that_is_journalled_has_a_sentence() -> None:
    written = verbs_written()
    assert len(written) > 25
    assert written <= set(all_sentences()), written - set(all_sentences())


def test_a_sentence_reads_aloud_and_says_so_where_words_were_erased() -> None:
    told = sentence("matters.note", actor="Mina Thorley", facts={}, text="Keeper moved in March.")
    assert told == "Note by Mina Thorley: “Keeper moved in March.”"
    assert "(words erased)" in sentence("matters.note", actor="Mina Thorley", facts={})
    assert "…" in sentence("traffic.record_default", actor="", facts={})


@pytest.mark.django_db
def test_an_act_for_another_person_is_told_as_one_and_the_door_is_kept() -> None:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    come_from("web", "3fa9c2")
    try:
        with acting_for(12):
            record([Line("matters.take", 7)], by=11, at=at)
            record([Line("runs.stop", 7)], by=None, at=at)
    finally:
        come_from("")
    record([Line("matters.take", 7)], by=11, at=at, for_=13)
    told = list(Entry.objects.order_by("id").values_list("actor_id", "for_id", "source"))
    assert told == [(11, 12, "web 3fa9c2"), (None, None, "web 3fa9c2"), (11, 13, "")]
    assert Entry.objects.filter(tx__gt=0).count() == 3
    said = sentence("matters.take", actor="Mina Thorley", facts={}, for_="Ruth Alder")
    assert said == "Mina Thorley for Ruth Alder took this matter."


@pytest.mark.django_db
def test_words_are_kept_beside_the_entry_and_only_their_hash_in_it() -> None:
    record([Line("matters.note", 7, text="Ottilie rang")], by=None, at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    entry = Entry.objects.latest("id")
    assert "Ottilie" not in str(vars(entry))
    assert len(entry.text_hash) == 64
    assert EntryText.objects.get(entry_id=entry.id).text == "Ottilie rang"


@pytest.mark.django_db
def test_a_month_gets_its_own_partition_and_takes_the_rows_that_came_before_it() -> None:
    record([Line("matters.take", 7)], by=None, at=datetime(2031, 5, 5, 9, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_add_months(%s, 1)", [date(2031, 5, 1)])
        cursor.execute("SELECT count(*) FROM journal_entry_2031_05")
        assert cursor.fetchone()[0] == 1
        cursor.execute("SELECT journal_add_months(%s, 1)", [date(2031, 5, 1)])
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db
def test_a_changed_row_leaves_its_former_version_and_an_unchanged_one_none() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    matter = Matter.objects.get()
    before = FieldHistory.objects.filter(matter_id=matter.id).count()
    Matter.objects.filter(id=matter.id).update(title=matter.title)
    assert FieldHistory.objects.filter(matter_id=matter.id).count() == before
    Matter.objects.filter(id=matter.id).update(title="Changed")
    kept = FieldHistory.objects.filter(matter_id=matter.id).latest("id")
    assert (kept.table_name, kept.former["title"]) == ("matters_matter", matter.title)


@pytest.mark.django_db
def test_the_statuses_in_the_database_are_those_of_the_lifecycles() -> None:
    from casewright.areas.collisions import lifecycle as collisions

    for known in (traffic.LIFECYCLE, collisions.LIFECYCLE):
        rows = {s.status: (s.title, s.closes) for s in MatterStatus.objects.filter(kind=known.kind)}
        assert rows == {name: (title, name in known.closed) for name, title in known.statuses.items()}


def test_a_lifecycle_refuses_a_move_that_cannot_start_here_and_says_where_it_could() -> None:
    with pytest.raises(NotAllowed, match="keeper found"):
        traffic.LIFECYCLE.after("notice_posted", "traffic.produce_notice")
    assert traffic.LIFECYCLE.after("keeper_found", "traffic.produce_notice") == "notice_produced"
    with pytest.raises(ValueError, match="unknown statuses"):
        Lifecycle("x", {"a": "A"}, (move("go", {"a"}, "nowhere"),))


def test_every_open_status_has_its_next_action_and_can_be_ended() -> None:
    opened = set(traffic.LIFECYCLE.statuses) - traffic.LIFECYCLE.closed
    assert set(traffic.NEXT) == opened
    for status in opened:
        assert traffic.LIFECYCLE.after(status, "traffic.end_without_action") in traffic.LIFECYCLE.closed
