"""Addresses of the audit viewer."""

from __future__ import annotations

from django.urls import path

from casewright.web.audit import views

urlpatterns = [
    path("audit", views.audit, name="audit"),
    path("audit/export", views.audit_export, name="audit_export"),
]
