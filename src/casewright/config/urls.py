"""Every address of the installation: three for machines that watch it, and the pages."""

from __future__ import annotations

from django.urls import include, path

from casewright.config import health, metrics

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/metrics", metrics.metrics, name="metrics"),
    path("", include("casewright.web.urls")),
]

# What Django asks for when no door caught a fault: they tell a database that is away from a fault of ours.
handler400 = "casewright.web.away.not_understood"
handler500 = "casewright.web.away.broken"
