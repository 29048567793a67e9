"""Which function works the chunks of which kind of run: the one table of long work."""

from __future__ import annotations

from casewright.flows import produce_notices, recount_deadlines, take_in_detections
from casewright.foundation.runs.actions import Handler

HANDLERS: dict[str, Handler] = {
    take_in_detections.RUN_KIND: take_in_detections.work_chunk,
    produce_notices.RUN_KIND: produce_notices.work_chunk,
    recount_deadlines.RUN_KIND: recount_deadlines.work_chunk,
}
