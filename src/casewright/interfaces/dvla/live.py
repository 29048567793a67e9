"""The transport to DVLA: one POST with a bounded wait. Only the configured host is ever called."""

from __future__ import annotations

import urllib.error
import urllib.request

from django.conf import settings

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
    request = urllib.request.Request(  # noqa: S310 - the host is from configuration
        settings.CASEWRIGHT_DVLA_URL.rstrip("/") + PATH,
        data=body,
        method="POST",
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as reply:  # noqa: S310 - the host is from configuration
            content: bytes = reply.read(MOST_BYTES)
            return content
    except urllib.error.HTTPError as problem:
        raise NotAnswered(f"DVLA answered {problem.code}.") from problem
    except (OSError, ValueError, urllib.error.URLError) as problem:
        raise NotAnswered(f"DVLA did not answer: {getattr(problem, 'reason', problem)}"[:300]) from problem
    except Exception as problem:  # http.client raises its own kinds for a reply that is cut off
        raise NotAnswered(f"DVLA's reply was cut off: {type(problem).__name__}.") from problem
