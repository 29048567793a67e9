"""The tables of matters: the matter itself, who may see it, and how it ends."""

from casewright.foundation.matters.models.ending import Destruction, Hold
from casewright.foundation.matters.models.matter import (
    Consequence,
    Link,
    Matter,
    MatterStatus,
    Note,
    SearchAsked,
    SearchKey,
)
from casewright.foundation.matters.models.seeing import Conflict, GlassBroken, Grant, Restriction

__all__ = [
    "Conflict",
    "Consequence",
    "Destruction",
    "GlassBroken",
    "Grant",
    "Hold",
    "Link",
    "Matter",
    "MatterStatus",
    "Note",
    "Restriction",
    "SearchAsked",
    "SearchKey",
]
