"""The Jinja2 environment of every page: GOV.UK macros, our words as filters, links and static files.

Django's own Jinja2 backend calls ``environment`` with the template folders it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from casewright import law
from casewright.areas.traffic.actions.deciding import CANCEL_REASONS
from casewright.areas.traffic.letters import LETTERS
from casewright.foundation import clock
from casewright.foundation.documents import typesetting
from casewright.law.identifiers import spaced
from casewright.web import bands, faults, forms, identifiers, words


class NeverBlank(Undefined):
    """A name a template does not know may be asked about, as GOV.UK's macros do, but is never printed as nothing."""

    __str__ = Undefined._fail_with_undefined_error  # type: ignore[assignment]


def environment(**options: Any) -> Environment:
    """The environment for Django's backend; printing a name a template does not know is an error."""
    options["loader"] = _with_govuk(options.get("loader"))
    options.setdefault("undefined", NeverBlank)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options["autoescape"] = True
    env = Environment(**options)  # noqa: S701
    env.globals.update(_GLOBALS)
    env.filters.update(_FILTERS)
    return env


def _with_govuk(ours: BaseLoader | None) -> BaseLoader:
    """Our folders first; GOV.UK Frontend's macros under the prefix their own imports use."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return ChoiceLoader([ours, govuk] if ours else [govuk])


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _short_day(value: date | datetime | None) -> str:
    """A day in a table; its year is left out where no one could mistake it today."""
    return words.short_day(value, today=clock.today())


def _rule_name(rule_id: str) -> str:
    """What a rule of time is called: its id says little to who does not keep the catalogue."""
    return law.newest(rule_id).name


def _letter_name(kind: str) -> str:
    """What a kind of letter is called by whoever sends it; of one no longer made, its name in files."""
    found = LETTERS.get(kind)
    return typesetting.template(found.template).title if found else kind


def _weekday(value: date) -> str:
    return f"{value:%a}"


def _month(value: date) -> str:
    return f"{value:%b}"


def _chain_day(value: date | datetime) -> str:
    """``Mon 21 December``, and the hour where a rule ends at one."""
    on = words.as_day(value)
    hour = f", {words.clock_time(value)}" if isinstance(value, datetime) else ""
    year = "" if words.is_near(on, clock.today()) else f" {on.year}"
    return f"{on:%a} {on.day} {on:%B}{year}{hour}"


def _by_day(entries: Iterable[Any]) -> list[dict[str, object]]:
    """Entries, newest first, grouped by London day."""
    days = groupby(entries, key=lambda entry: words.as_day(_at(entry)))
    return [{"on": on, "entries": list(group)} for on, group in days]


def _at(entry: Any) -> datetime:
    return entry["at"] if isinstance(entry, dict) else entry.at


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _fact(value: object) -> str:
    """A fact of a rule in words: an ISO day as a short day, true and false as yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    try:
        return (
            words.moment(datetime.fromisoformat(text))
            if "T" in text
            else words.short_day(date.fromisoformat(text), today=date.min)
        )
    except ValueError:
        return text.replace("_", " ")


def _reason(code: str) -> str:
    """Why something ended: a person's choice as its list says it, else the law's own code in words."""
    return CANCEL_REASONS.get(code) or words.reason(code)


def _sentence(value: str) -> str:
    """The words with a capital first letter and a full stop."""
    text = value.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


_GLOBALS: dict[str, object] = {
    "static": static,
    "url": _url,
    "band_of": bands.band,
    "band_words": bands.WORDS,
    "fuse_at": bands.fuse_at,
    "slices": bands.slices,
}
_FILTERS: dict[str, Callable[..., object]] = {
    "day": words.day,
    "plain_day": words.plain_day,
    "short_day": _short_day,
    "clock": words.clock_time,
    "moment": words.moment,
    "thousands": words.thousands,
    "mph": words.mph,
    "pounds": words.pounds,
    "days_left": words.days_left,
    "counted": words.counted,
    "bytes": words.bytes_of,
    "lasted": words.lasted,
    "weekday": _weekday,
    "rule_name": _rule_name,
    "letter_name": _letter_name,
    "month": _month,
    "chain_day": _chain_day,
    "by_day": _by_day,
    "iso": _iso,
    "reason": _reason,
    "plate": spaced,
    "fact": _fact,
    "listed": words.listed,
    "offered": words.offered,
    "came_of": words.came_of,
    "sentence": _sentence,
    "identifier_kind": identifiers.kind_words,
    "widget_kind": forms.widget_kind,
    "options": forms.options,
    "cures": faults.cures,
    "faults": faults.faults,
    "named_faults": faults.named_faults,
    "merged": forms.merged,
}
