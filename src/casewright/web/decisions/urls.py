"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from casewright.web.decisions import views

urlpatterns = [
    path("decisions", views.decisions, name="decisions"),
    path("decisions/<int:decision_id>/replay", views.replay, name="replay"),
]
