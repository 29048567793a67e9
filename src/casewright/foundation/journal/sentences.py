"""The journal in prose: each verb has one sentence with a doer.

Areas keep their own sentences beside their actions (`sentences.py` in each app); they are gathered here by name, so
a verb without a sentence is found by a test, not by a reader.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps

SYSTEM = "Casewright"
OWN = {"journal.give_out": "{actor} gave out {rows} rows of the log."}


@cache
def all_sentences() -> dict[str, str]:
    """Every verb and its template, from each installed app that has a `sentences.SENTENCES`."""
    found = dict(OWN)
    for config in apps.get_app_configs():
        if not config.name.startswith("casewright.") or config.label == "journal":
            continue
        try:
            module = import_module(f"{config.name}.sentences")
        except ModuleNotFoundError as missing:
            if missing.name != f"{config.name}.sentences":
                raise
            continue
        found.update(module.SENTENCES)
    return found


class _Gaps(dict[str, Any]):
    """A fact that has been erased or was never kept reads as three dots, not as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(verb: str, *, actor: str, facts: dict[str, Any], text: str = "", for_: str = "") -> str:
    """One entry as a sentence a person can read aloud; ``for_`` is whom the actor stood in for."""
    values = _Gaps(facts)
    doer = f"{actor} for {for_}" if actor and for_ else actor or SYSTEM
    values.update(actor=doer, text=text or "(words erased)")
    plain = (
        "{actor}: " + verb.rsplit(".", maxsplit=1)[-1].replace("_", " ") + "."
    )  # a page never fails for want of a sentence
    return all_sentences().get(verb, plain).format_map(values)
