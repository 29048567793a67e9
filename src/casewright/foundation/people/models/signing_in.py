"""How people sign in: sessions, second factors, one-time links, failed tries, words kept, and what they are told.

Every moment here is the machine's own (`clock.real`): none of it ages by a demonstration's moved clock.
"""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from casewright.foundation.people.models.staff import User


class Session(AbstractBaseSession):
    """One signed-in browser of one person; its own person may end it, and a leaver's all end at once."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    machine = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "people_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that keeps these rows."""
        from casewright.foundation.people.sessions import SessionStore

        return SessionStore


class Factor(models.Model):
    """A second proof of who it is: an authenticator app (TOTP, its secret sealed) or a passkey (its public key)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=[("app", "Authenticator app"), ("passkey", "Passkey")])
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(null=True, unique=True)
    key = models.BinaryField()
    counter = models.BigIntegerField(default=0, help_text="passkey: signature count; app: last step used")
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One code for the day the telephone is lost: 120 random bits, only the hash is kept, works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code of {self.user_id}"


class Enrolment(models.Model):
    """A one-time link by which a person sets the first or a new password; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"enrolment of {self.user_id}"


class SignInTry(models.Model):
    """How often one mark (a hashed address, machine or both) has tried since a moment, over all processes."""

    mark = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    times = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.times} tries"


class KeptForm(models.Model):
    """What was typed into a form whose session had ended. Sealed: only the person's own way back holds the key."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"kept for {self.user_id}"


class Press(models.Model):
    """A press of a button that did its work: a hash of who, where and what was sent, and where it led."""

    mark = models.CharField(max_length=64, primary_key=True)
    led_to = models.TextField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"led to {self.led_to}"


class SignOnSubject(models.Model):
    """Whom the force's single sign-on means by one of its subjects."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subjects")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="subject_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.issuer}"


class SecurityNotice(models.Model):
    """Something a person is told about their own account, by mail and on their account's page."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="security_notices")
    said = models.CharField(max_length=300)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(sent_at=None), name="security_notice_waits")
        ]

    def __str__(self) -> str:
        return self.said


class SignInLink(models.Model):
    """A one-time link into the demonstration; only its hash is kept. Refused outside a demonstration."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    lands_on = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"link for {self.user_id}"


class ClockSetting(models.Model):
    """The demonstration's clock: one row, how far it is moved (whole days and hours, as seconds)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    moved_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return f"{self.moved_seconds} s"
