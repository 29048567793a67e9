"""What a traffic matter keeps beside its clocks, put right after they were counted again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from casewright.areas.deadlines.facts import presumed_served
from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.actions.moving import set_next_days

_REPLIES = """
UPDATE traffic_requirement r SET reply_by = x.reply_by, served_on = coalesce(x.served_on, r.served_on)
FROM unnest(%s::bigint[], %s::date[], %s::date[]) AS x(id, reply_by, served_on) WHERE r.id = x.id AND r.state = 'served'
"""


def follow(clocks: Sequence[Deadline]) -> None:
    """Let requirements and next days follow clocks just counted again: constant statements.

    :param clocks: the new clocks, each with its working
    """
    replies = [d for d in clocks if d.subject_kind == "requirement" and d.rule_id == "s172-28"]
    if replies:
        columns = zip(*((d.subject_id, d.act_by, presumed_served(d)) for d in replies), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_REPLIES, [list(each) for each in columns])
    set_next_days({d.matter_id for d in clocks})
