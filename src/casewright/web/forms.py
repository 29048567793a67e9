"""How a Django form is shown: the kind of each field and its choices. What is wrong with it: `faults`."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField

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


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Both mappings as one; the second prevails."""
    return first | second
