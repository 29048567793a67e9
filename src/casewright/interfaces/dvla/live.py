"""The transport to DVLA: one POST with a bounded wait. Only the configured host is ever called."""

from __future__ import annotations

from django.conf import settings

from casewright.foundation import outbound
from casewright.interfaces.dvla.contract import PATH

WAIT = 5.0  # seconds
MOST_BYTES = 4 * 1024 * 1024


class NotAnswered(Exception):
    """DVLA could not be asked or did not answer whole; the enquiries stay queued."""


def ask(body: bytes) -> bytes:
    """Send a batch of enquiries and return the reply's bytes.

    :raises NotAnswered: with the reason in words
    """
    if not settings.CASEWRIGHT_DVLA_URL:
        raise NotAnswered("No address is configured for DVLA.")
    address = settings.CASEWRIGHT_DVLA_URL.rstrip("/") + PATH
    try:
        return outbound.post(address, body, media_type="application/json", wait=WAIT, most=MOST_BYTES)
    except outbound.Unanswered as problem:
        if problem.response is not None:
            raise NotAnswered(f"DVLA answered {problem.response.status_code}.") from problem
        raise NotAnswered(f"DVLA did not answer whole: {type(problem).__name__}.") from problem
