"""Who works here: users, teams, places, forces, vetting, skills, roles and who deputises for whom."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from casewright.foundation import clock
from casewright.foundation.people import roles
from casewright.foundation.people.holding import Held, held_by
from casewright.foundation.two_people import Proposal, two_people


class Team(models.Model):
    """A team; a team belongs to no force, its people may serve several."""

    name = models.CharField(max_length=80, unique=True)
    queue = models.CharField(max_length=40, unique=True, help_text="work that waits for this team")

    def __str__(self) -> str:
        return self.name


class Workplace(models.Model):
    """A site of the unit: where people work and boxes stand."""

    name = models.CharField(max_length=80, unique=True)

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
    workplace = models.ForeignKey(Workplace, null=True, on_delete=models.PROTECT)
    forces = models.ManyToManyField("reference.Force")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    theme = models.CharField(max_length=5, blank=True)
    vetting = models.CharField(max_length=12, blank=True, choices=list(roles.VETTING.items()))
    vetted_until = models.DateField(null=True, help_text="the first day without clearance")
    last_day = models.DateField(null=True, help_text="the last day of work; the day after, nothing opens")

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def works_here(self) -> bool:
        """Whether this person may come in today: active, and not past the last day."""
        return self.is_active and (self.last_day is None or clock.today() <= self.last_day)

    @cached_property
    def held(self) -> Held:
        """Roles, skills and delegations in force today (one statement, then kept for this request)."""
        return held_by(self, on=clock.today())

    @property
    def role_names(self) -> frozenset[str]:
        """Names of the roles held."""
        return self.held.roles

    @property
    def permissions(self) -> frozenset[str]:
        """What this person may do anywhere, by role or for another; which matters, `visible_to` says."""
        return self.held.permissions

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


class RoleProposal(Proposal):
    """A role to be given or taken, by two people; neither of them is the person whose role it is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_proposals")
    role = models.CharField(max_length=40, choices=list(roles.ROLES.items()))
    gives = models.BooleanField()
    reason = models.CharField(max_length=200)
    turned_down = models.BooleanField(default=False)

    class Meta:
        constraints = [
            two_people("nobody_approves_their_own_role_proposal"),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("user"))
                & (models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("user"))),
                name="nobody_gives_themselves_a_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(approved_at=None), name="one_open_role_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{'give' if self.gives else 'take'} {self.role}"


class SkillHeld(models.Model):
    """A competence in a person's skills passport: who assessed it, on what evidence, until when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=40, choices=list(roles.SKILLS.items()))
    evidence = models.CharField(max_length=200)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="the first day without it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "skill"], name="skill_once"),
            models.CheckConstraint(
                condition=~models.Q(assessed_by=models.F("user")), name="nobody_assesses_themselves"
            ),
        ]

    def __str__(self) -> str:
        return roles.SKILLS[self.skill]


class Delegation(models.Model):
    """Leave to act for another: some of their rights, or the matters they own, from a day until a day."""

    giver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations")
    receiver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegated")
    permissions = ArrayField(models.CharField(max_length=60), default=list)
    own_matters = models.BooleanField(default=False, help_text="also the matters the giver owns")
    reason = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day without it")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="deputy_is_another"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="delegation_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receiver_id} for {self.giver_id}"


class NumbersChecked(models.Model):
    """How many numbers of a kind a person typed right and wrong on a day: counts only, never what was typed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    right = models.IntegerField(default=0)
    wrong = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day", "kind"], name="checked_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"
