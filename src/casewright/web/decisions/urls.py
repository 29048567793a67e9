"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from casewright.web.decisions import consistency, views

urlpatterns = [
    path("decisions", views.decisions, name="decisions"),
    path("decisions/consistency", consistency.consistency, name="consistency"),
    path("decisions/consistency/cases", consistency.like_cases, name="like_cases"),
    path("decisions/<int:decision_id>/replay", views.replay, name="replay"),
]
