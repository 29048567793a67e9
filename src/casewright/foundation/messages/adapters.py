"""Which interface is plugged in: config names the module, flows ask for it by its role."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings


def adapter(role: str) -> Any:
    """The module that plays a role, such as "cameras" (settings.CASEWRIGHT_INTERFACES).

    :raises KeyError: if config plugs nothing in for it
    """
    return import_module(settings.CASEWRIGHT_INTERFACES[role])
