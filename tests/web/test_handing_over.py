"""Handing a print run over from its page: what a crash between the steps leaves behind (docs/decisions)."""

from __future__ import annotations

from typing import Any

import pytest
from tests import given
from tests.attacks.crawler import client_of

from casewright.flows import hand_over_print_run
from casewright.foundation.documents.models import PrintRun
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import Matter


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_while_the_printer_is_given_the_files_the_run_stands_at_handing_over(monkeypatch: Any) -> None:
    """It was undone with the request: the printer had the letters and the run said that it had not."""
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer(list(Matter.objects.all()))
        made = given.print_notices(force)

        def killed(_: PrintRun) -> None:
            raise Killed

        monkeypatch.setattr(hand_over_print_run, "write_files", killed)
        client = client_of(given.person("Mina Thorley"))
        client.raise_request_exception = True
        with pytest.raises(Killed):
            client.post(f"/print-runs/{made.id}/hand-over")
    made.refresh_from_db()
    assert made.status == "handing_over"
    assert Entry.objects.filter(verb="print_run.begin_hand_over", subject_id=made.id).count() == 1
