"""What restricting, leave, conflicts and breaking the glass ask; the actions refuse what is missing."""

from __future__ import annotations

from typing import Any

from django import forms

from casewright.web.dates import picked_day
from casewright.web.identifiers import IdentifierField


def _why(label: str, help_text: str) -> Any:
    return forms.CharField(label=label, required=False, widget=forms.Textarea, help_text=help_text)


class Restrict(forms.Form):
    """Why a matter is restricted."""

    reason = _why(
        "Reason",
        "From now on the matter is there only for you, its owner and whoever you give leave. It is in no list, "
        "search, count, print run or export of anybody else. The reason stays with the matter.",
    )


class Lift(forms.Form):
    """Why a restriction is lifted."""

    reason = _why("Reason", "Everybody of the force whose role reads matters will see it again.")


class GiveLeave(forms.Form):
    """To whom leave is given, why and until when."""

    person = forms.TypedChoiceField(label="Person", coerce=int, required=True)
    reason = _why("Reason", "The task for which this person must see the matter: DPA 2018 s.35(2)(b).")
    until = picked_day("Last day", "Leave it empty only where the task has no end yet.", required=False)

    def __init__(self, people: list[tuple[int, str]], *given: Any) -> None:
        super().__init__(*given)
        self.fields["person"].choices = [("", "Choose one"), *people]  # type: ignore[attr-defined]


class DeclareConflict(forms.Form):
    """Why somebody must not work on a matter."""

    why = _why(
        "What connects you with it",
        "The matter will be gone for you at once and goes back to its queue; only another person can undo this.",
    )


class DeclareKnown(forms.Form):
    """Whom or which vehicle somebody knows, so that no such matter is ever opened."""

    name = forms.CharField(label="Name", max_length=200, required=False, help_text="The whole name.")
    mark = IdentifierField(
        "vrm", label="Or registration mark", max_length=12, required=False, strict=False
    )  # a foreign mark is no mistake
    why = _why("How you know them", "A relative, a friend, a neighbour, a former colleague.")


class BreakGlass(forms.Form):
    """The exact reference and the reason; nothing else finds a matter one may not see."""

    reference = forms.CharField(
        label="Exact reference", max_length=20, required=False, help_text="For example T26-000123."
    )
    reason = _why(
        "Why you must see it now",
        "Who asks, and what would happen if they waited. A senior processing officer or supervisor reviews it.",
    )


class Review(forms.Form):
    """Whether breaking the glass was proper."""

    found = forms.ChoiceField(
        label="What you find",
        widget=forms.RadioSelect,
        required=True,
        choices=[("proper", "Proper: the task needed it"), ("improper", "Not proper: end the leave at once")],
        error_messages={"required": "Choose whether it was proper."},
    )
    words = _why("In a sentence", "What was asked for, whom you spoke to, and what follows.")
