"""Addresses of long work."""

from __future__ import annotations

from django.urls import path, re_path

from casewright.web.runs import views

urlpatterns = [
    path("runs", views.runs, name="runs"),
    path("runs/<int:run_id>", views.run, name="run"),
    re_path(r"^runs/(?P<run_id>\d+)/(?P<how>pause|resume|stop)$", views.steer, name="steer"),
]
