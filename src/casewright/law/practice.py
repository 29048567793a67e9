"""The unit's own practice: figures that no Act sets and that bar nothing, each with its default."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from casewright.law.authority import read


@cache
def settings() -> Mapping[str, Mapping[str, Any]]:
    """Each figure by its key: value, the smallest that makes sense, unit, words, authority."""
    loaded: Mapping[str, Mapping[str, Any]] = tomllib.loads(read("practice.toml"))
    return loaded


def figure(key: str, policy: Mapping[str, Any]) -> int:
    """A figure as the unit has set it, or its default.

    :param key: a heading of practice.toml, such as "unit.review_days"
    :param policy: the settings in force, as `law` takes them
    """
    value: int = policy.get(key, settings()[key]["value"])
    return value
