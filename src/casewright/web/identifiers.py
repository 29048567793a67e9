"""Fields for marks, codes and other numbers: checked as the field is left, and refused by the form where need be.

`data-check` on a field's widget names the kind; the field's macro (components/fields.html) asks the check door.
"""

from __future__ import annotations

from typing import Any

from django import forms

from casewright.law import identifiers
from casewright.law.identifiers import NotValid

CHECK = "data-check"
# The fields of a row of a file that are an identifier by themselves.
OF_ROWS = {"mark": "vrm", "offences": "offence_code"}


def kind_words(kind: str) -> str:
    """What a kind of identifier is called."""
    known = identifiers.KINDS.get(kind)
    return known.name if known else kind.replace("_", " ")


class IdentifierField(forms.CharField):
    """One identifier, given back in its one form.

    :param kind: a key of `law.identifiers.KINDS`
    :param strict: refuse what is none; False only tells (a foreign mark is no mistake)
    """

    def __init__(self, kind: str, *given: Any, strict: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind, self.strict = kind, strict
        self.widget.attrs[CHECK] = kind

    def clean(self, value: Any) -> Any:
        """The identifier in its one form.

        :raises forms.ValidationError: naming the character at fault and the form that would fit
        """
        text = super().clean(value)
        if not text or not self.strict:
            return text
        try:
            return identifiers.read(self.kind, text).normal
        except NotValid as problem:
            raise forms.ValidationError(problem.reason) from None
