"""What is wrong with what was typed, each fault in one sentence that names the field and what to do.

A form's own words are kept. Where it has none Django would say "This field is required." of a field nobody names.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField, Field, Form

from casewright.web.forms import widget_kind

CHOSEN = {"select", "radios", "checkboxes"}
PLAIN = {
    "required": "{label}: nothing is typed here; it is needed.",
    "invalid_choice": "{label}: that is none of the choices; choose one of those shown.",
    "invalid_list": "{label}: that is none of the choices; choose among those shown.",
    "invalid_pk_value": "{label}: that is none of the choices; choose one of those shown.",
    "max_length": "{label}: {show_value} characters are typed; the most is {limit_value}.",
    "min_length": "{label}: {show_value} characters are typed; it needs {limit_value}.",
    "max_value": "{label}: {show_value} is too large; the most is {limit_value}.",
    "min_value": "{label}: {show_value} is too small; the least is {limit_value}.",
    "null_characters_not_allowed": "{label}: it holds a sign that cannot be kept; type it again.",
    "missing": "{label}: no file came; choose it again.",
    "empty": "{label}: the file is empty; choose another.",
    "invalid": "{label}: this cannot be read; look at the form asked for above it.",
}


def faults(bound: BoundField) -> list[str]:
    """Each fault of a field as a sentence."""
    found = bound.form.errors.as_data().get(bound.name, [])
    return [said for error in found for said in _said(error, bound)]


def cures(form: Form) -> list[dict[str, str]]:
    """Each error as its cure, linked to its field; errors of the whole form stand first."""
    found = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for bound in form:
        found += [{"text": str(text), "href": f"#{bound.id_for_label}"} for text in faults(bound)]
    return found


def named_faults(form: Form) -> str:
    """All faults in a row, each with the name of its field: for an answer that is told while one types."""
    told = [(bound.label, said) for bound in form for said in faults(bound)]
    return " ".join(said if said.startswith(f"{label}:") else f"{label}: {said}" for label, said in told)


def _said(error: ValidationError, bound: BoundField) -> list[str]:
    plain = PLAIN.get(error.code or "")
    if plain is None or not _is_djangos(error, bound.field):
        return [str(each) for each in error.messages]
    if error.code == "required" and widget_kind(bound) in CHOSEN | {"file"}:
        plain = "{label}: nothing is chosen; it is needed."
    return [plain.format(label=bound.label, **_numbers(error))]


def _numbers(error: ValidationError) -> dict[str, Any]:
    return {"limit_value": "", "show_value": "", **(error.params or {})}


def _is_djangos(error: ValidationError, field: Field) -> bool:
    """Whether the words are Django's own: those of the field's class, or of one of its validators' classes."""
    known = [getattr(kind, "default_error_messages", {}).get(error.code) for kind in type(field).__mro__]
    known += [getattr(type(each), "message", None) for each in field.validators]
    return any(error.message is each for each in known)
