"""Addresses of collision reports."""

from __future__ import annotations

from django.urls import path

from casewright.web.collisions import views

urlpatterns = [path("matters/<int:matter_id>/end-collision", views.end_collision, name="end_collision")]
