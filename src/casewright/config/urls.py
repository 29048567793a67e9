"""Every address of the installation: the pages, which bring their own tables of addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("casewright.web.urls"))]
