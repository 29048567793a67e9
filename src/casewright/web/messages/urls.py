"""Addresses of intake and health."""

from __future__ import annotations

from django.urls import path

from casewright.web.messages import views

urlpatterns = [
    path("intake", views.intake, name="intake"),
    path("intake/files/<int:file_id>", views.intake_file, name="intake_file"),
    path("intake/held", views.held, name="held"),
    path("intake/held/<int:held_id>", views.held_row, name="held_row"),
    path("intake/held/<int:held_id>/follows", views.follows, name="follows"),
    path("intake/held/<int:held_id>/replay-alike", views.replay_alike, name="replay_alike"),
    path("intake/held/<int:held_id>/refuse", views.refuse, name="refuse"),
    path("health", views.health, name="health"),
]
