"""How a Django form is shown: the kind of each field, its choices, and what cures each error."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Form

_KINDS = {
    "Textarea": "textarea",
    "Select": "select",
    "RadioSelect": "radios",
    "CheckboxInput": "checkbox",
    "CheckboxSelectMultiple": "checkboxes",
    "ClearableFileInput": "file",
    "FileInput": "file",
}


def widget_kind(bound: BoundField) -> str:
    """``textarea``, ``select``, ``radios``, ``checkbox``, ``file``, or the type of an input."""
    widget = bound.field.widget
    return _KINDS.get(type(widget).__name__) or str(getattr(widget, "input_type", None) or "text")


def options(bound: BoundField) -> list[dict[str, Any]]:
    """The choices of a field in GOV.UK's words, the present one chosen."""
    value = bound.value() or ""
    chosen = {str(each) for each in value} if isinstance(value, list | tuple) else {str(value)}
    return [
        {
            "value": str(value),
            "text": str(text),
            "selected": str(value) in chosen,
            "checked": str(value) in chosen,
        }
        for value, text in bound.field.choices  # type: ignore[attr-defined]
    ]


def cures(form: Form) -> list[dict[str, str]]:
    """Each error as its cure, linked to its field; errors of the whole form stand first."""
    found = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for bound in form:
        found += [{"text": str(text), "href": f"#{bound.id_for_label}"} for text in bound.errors]
    return found


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Both mappings as one; the second prevails."""
    return first | second
