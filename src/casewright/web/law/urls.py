"""Addresses of the law."""

from __future__ import annotations

from django.urls import path

from casewright.web.law import views

urlpatterns = [path("law", views.rules, name="rules"), path("law/<slug:rule_id>", views.rule, name="rule")]
