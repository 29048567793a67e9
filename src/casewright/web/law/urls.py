"""Addresses of the law."""

from __future__ import annotations

from django.urls import path

from casewright.web.law import checking, offences, thresholds, views, what_if

urlpatterns = [
    path("law", views.rules, name="rules"),
    path("law/offences", offences.table, name="offences"),
    path("law/offences/<slug:code>", offences.one, name="offence"),
    path("law/thresholds", thresholds.thresholds, name="thresholds"),
    path("law/what-if", what_if.what_if, name="what_if"),
    path("law/check", checking.check, name="check_identifier"),
    path("law/<slug:rule_id>", views.rule, name="rule"),
]
