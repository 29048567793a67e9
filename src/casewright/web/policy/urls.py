"""Addresses of the unit's own figures and of bank holidays."""

from __future__ import annotations

from django.urls import path

from casewright.web.policy import holiday_views, views

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("figures/proposals/<int:setting_id>", views.figure_proposal, name="figure_proposal"),
    path("figures/<str:key>", views.figure, name="figure"),
    path("bank-holidays", holiday_views.bank_holidays, name="bank_holidays"),
    path("bank-holidays/<int:holiday_id>", holiday_views.bank_holiday, name="bank_holiday"),
]
