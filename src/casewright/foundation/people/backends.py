"""Who may come in by a password: Django's own check, and that the person still works here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class StillHere(ModelBackend):
    """Asked at signing in and again at every request: a leaver's sessions end with the next one."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, not past the last day, and no account of a demonstration outside one."""
        here = user is not None and user.works_here
        return bool(here and (settings.CASEWRIGHT_DEMO or not user.is_demo))
