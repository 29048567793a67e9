"""A unit where every word that anybody could have typed is an attack: a mark of its own in every text column."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from tests import given
from tests.web import restricted_world

from casewright.areas.collisions.models import Collision
from casewright.areas.decisions.models import Decision
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.models import Allegation, Device, DeviceCertificate
from casewright.foundation import clock
from casewright.foundation.documents.models import Document, Letter, PrintRun
from casewright.foundation.matters.models import Conflict, Destruction, GlassBroken, Hold, Matter
from casewright.foundation.messages.models import HeldItem, IntakeFile, Message
from casewright.foundation.people.models import Delegation, Factor, RoleProposal, SecurityNotice, User
from casewright.foundation.runs.models import Run

MARK = (
    '="><q7 id=x{}>'  # a formula that leaves an attribute and a tag; the number says which column it stood in
)
SHORT = "'\"><q7>"
# Words the program itself chooses among (keys of tables in code, states, hashes): nobody can type into them.
OURS = {
    "kind", "status", "state", "queue", "role", "verb", "operation", "subject_kind", "rule_id", "consequence", "mover",
    "law_version", "template", "theme", "vetting", "skill", "sensitivity", "next_flag", "closed_reason", "ended_reason",
    "limit_rule", "offence_code", "road_kind", "source", "country", "language", "interface", "direction", "format",
    "sha256", "key_hash", "token_hash", "code_hash", "text_hash", "salt", "password", "session_data", "external_id",
    "taken", "outcome", "how", "found", "police_force_code", "table_name", "sealed", "lands_on", "cause", "page", "key",
    "how_served", "media_type", "unit", "law", "mode", "confidence", "standing", "flag", "codes", "penalty",
}  # fmt: skip
# Tables nobody writes words into: rows of published data, of the framework, or of the program's own lists.
NOT_TYPED = {"MatterStatus", "ContentType", "Permission", "Group", "Session", "SearchKey", "CodeListEntry"}
ONCE = {"reference", "code", "prefix", "email", "name_key"}  # unique alone or with others
JSON = {
    ("parties", "party", "address"),
    ("messages", "helditem", "values"),
    ("messages", "intakefile", "header"),
}


def a_world() -> None:
    """What a unit gathers: the restricted world with held rows, deputies, proposals, notices, factors, conflicts."""
    world = restricted_world.a_world()
    ruth, mina, theo = (given.person(n) for n in ("Ruth Alder", "Mina Thorley", "Theo Marsh"))
    with given.on(given.MONDAY) as at:
        given.give(
            given.csv_of([given.row(mark=""), given.row(speed="x", sequence="77")]), force=ruth.forces.get()
        )
        today = clock.today()
        Delegation.objects.create(
            giver=mina,
            receiver=ruth,
            own_matters=True,
            reason="away",
            starts_on=today,
            ends_on=today + timedelta(9),
        )
        RoleProposal.objects.create(
            user=mina, role="supervisor", gives=True, reason="cover", proposed_by=theo, proposed_at=at
        )
        for person in (ruth, theo, mina):
            SecurityNotice.objects.create(user=person, said="said", at=at)
            Factor.objects.create(user=person, kind="passkey", name="key", key=b"x", added_at=at)
        Conflict.objects.create(user=ruth, name="Nobody At All", why="cousin", declared_at=at)
        Message.objects.create(
            interface="dvla", direction="in", kind="x", external_id="1", body="{}", state="held", created_at=at,
            matter_id=world.ordinary.id,
        )  # fmt: skip


def plant() -> dict[str, str]:
    """Put a mark of its own into every text column anybody's words can reach; which mark stands for which column."""
    marks: dict[str, str] = {}
    with connection.cursor() as cursor:
        for column in typed_columns():
            mark = MARK.format(len(marks))
            words, given_values = (_json if isinstance(column, models.JSONField) else _text)(column, mark)
            statement = f'UPDATE {column.model._meta.db_table} SET "{column.column}" = {words}'
            try:
                with transaction.atomic():
                    cursor.execute(statement, given_values)
            except IntegrityError:  # where one column says that another is empty
                cursor.execute(f"{statement} WHERE \"{column.column}\" <> ''", given_values)
            marks[f"{column.model._meta.label}.{column.name}"] = given_values[0]
    return marks


def _json(column: Any, mark: str) -> tuple[str, list[str]]:
    if column.name == "values":
        return "jsonb_build_object('mark', %s::text, %s::text, 'x')", [mark, mark]
    return "jsonb_build_array(%s::text)", [mark]


def _text(column: Any, mark: str) -> tuple[str, list[str]]:
    once = column.unique or column.name in ONCE
    room = (column.max_length or 4000) - (4 if once else 0)
    words = mark if room >= len(mark) else SHORT[: max(room, 0)]
    return (f'%s || "{column.model._meta.pk.column}"' if once else "%s"), [words]


def typed_columns() -> list[models.Field[Any, Any]]:
    """Every column that may hold words from outside."""
    found = []
    for model in apps.get_models():
        if model.__name__ in NOT_TYPED or not model.__module__.startswith("casewright."):
            continue
        for column in model._meta.concrete_fields:
            typed = isinstance(column, models.CharField | models.TextField) and not column.choices
            json = (model._meta.app_label, model._meta.model_name, column.name) in JSON
            if (typed and column.name not in OURS and not column.primary_key) or json:
                found.append(column)
    return found


def there() -> dict[str, list[Any]]:
    """For each kind of place in an address, everything there is to put into it."""
    kinds: dict[str, Any] = {
        "matter_id": Matter, "print_run_id": PrintRun, "letter_id": Letter, "document_id": Document,
        "file_id": IntakeFile, "held_id": HeldItem, "run_id": Run, "decision_id": Decision, "hold_id": Hold,
        "broken_id": GlassBroken, "user_id": User, "device_id": Device, "certificate_id": DeviceCertificate,
        "delegation_id": Delegation, "proposal_id": RoleProposal, "factor_id": Factor, "destruction_id": Destruction,
        "collision_id": Collision, "conflict_id": Conflict, "allegation_id": Allegation, "task_id": Task,
    }  # fmt: skip
    found: dict[str, list[Any]] = {
        k: list(m.objects.order_by("pk").values_list("pk", flat=True)) for k, m in kinds.items()
    }
    return found | {"number": [1], "how": ["pause"], "rule_id": ["nip-14", "s172-28"], "code": ["RR84221"]}
