"""Every page's address. No name, mark or address of a person ever stands in one."""

from __future__ import annotations

from django.urls import include, path

_AREAS = (
    "people",
    "matters",
    "seeing",
    "records",
    "audit",
    "traffic",
    "register",
    "collisions",
    "documents",
    "messages",
    "runs",
    "law",
    "policy",
    "decisions",
    "demo",
)

urlpatterns = [path("", include(f"casewright.web.{area}.urls")) for area in _AREAS]
