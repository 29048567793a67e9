"""Every address of the installation: two for machines that watch it, and the pages."""

from __future__ import annotations

from django.urls import include, path

from casewright.config import health

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("", include("casewright.web.urls")),
]
