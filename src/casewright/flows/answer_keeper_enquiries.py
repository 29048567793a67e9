"""DVLA's answers about keepers, handed to the traffic matters that asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casewright.areas.traffic.actions.keepers import KeeperReply, record_keepers


def answer_keeper_enquiries(replies: Sequence[KeeperReply], *, at: datetime) -> dict[str, int]:
    """Record a set of answers in the caller's transaction; nothing to do for an empty one."""
    if not replies:
        return {}
    return record_keepers(replies, by=None, at=at)
