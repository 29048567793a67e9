"""Who works here: users, their teams, forces and roles, and one-time sign-in links for a demonstration."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from casewright.foundation.people import roles


class Team(models.Model):
    """A team; a team belongs to no force, its people may serve several."""

    name = models.CharField(max_length=80, unique=True)
    queue = models.CharField(max_length=40, unique=True, help_text="work that waits for this team")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are found by work address."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of a work address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. No superusers and no default accounts: rights come from roles alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    forces = models.ManyToManyField("reference.Force")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    theme = models.CharField(max_length=5, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Names of the roles held (one statement, then kept for this request)."""
        return frozenset(self.roles.values_list("role", flat=True))

    @cached_property
    def permissions(self) -> frozenset[str]:
        """What this person may do anywhere; which matters, `visible_to` says."""
        return roles.permissions_of(set(self.role_names))

    @cached_property
    def force_ids(self) -> frozenset[int]:
        """Forces whose matters this person may see (one statement, then kept for this request)."""
        return frozenset(self.forces.values_list("id", flat=True))

    @property
    def role_title(self) -> str:
        """The first role in plain words, for the header."""
        return next((roles.ROLES[r] for r in roles.ROLES if r in self.role_names), "No role")


class RoleGiven(models.Model):
    """One role of one person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40, choices=list(roles.ROLES.items()))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once")]

    def __str__(self) -> str:
        return roles.ROLES[self.role]


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
