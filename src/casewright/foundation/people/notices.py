"""What people are told about their own account: kept in the act's transaction, mailed after it, tried again until sent.

No notice holds a secret, a reference or another person's name.
"""

from __future__ import annotations

import smtplib
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from casewright.foundation import clock
from casewright.foundation.people.models import SecurityNotice, User

SUBJECT = "Casewright: your account"
FOOT = "If this was not you, tell your system administrator at once."
AT_ONCE = 50  # mails of one sending; the rest go with the next


def notify(person: User, said: str, *, at: datetime) -> None:
    """Keep a notice for a person and mail it once this transaction stands."""
    SecurityNotice.objects.create(user=person, said=said[:300], at=at)
    transaction.on_commit(send_waiting, robust=True)


def send_waiting() -> int:
    """Mail what waits, oldest first; what the mail server refuses waits on. Returns how many went."""
    sent = 0
    with transaction.atomic():
        waiting = SecurityNotice.objects.filter(sent_at=None).select_related("user").order_by("id")
        rows = list(waiting.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
        if not rows:
            return 0
        try:
            with get_connection() as post:
                for row in rows:
                    body = f"{row.said}\n\n{FOOT}\n"
                    EmailMessage(SUBJECT, body, to=[row.user.email], connection=post).send()
                    SecurityNotice.objects.filter(id=row.id).update(sent_at=clock.real())
                    sent += 1
        except (smtplib.SMTPException, OSError):
            return sent  # the rows left unsent are tried again by the next sending and by the daily round
    return sent
