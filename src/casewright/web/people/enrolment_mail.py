"""The mail that carries a one-time enrolment link to the person it is for, and to nobody else."""

from __future__ import annotations

import smtplib

from django.core.mail import send_mail

from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.models import User

BODY = """Set your password for Casewright with this link. It works once, for three days:

{address}

If you did not expect it, tell your system administrator at once.
"""


def send_enrolment(person: User, address: str) -> None:
    """Mail the link at once, so that a mail server that refuses it undoes the act.

    :raises NotAllowed: if the mail server does not take it
    """
    try:
        send_mail("Casewright: set your password", BODY.format(address=address), None, [person.email])
    except (smtplib.SMTPException, OSError) as problem:
        raise NotAllowed(
            "The mail server did not take the link, so none was made. Try again later."
        ) from problem
