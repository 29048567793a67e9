"""Addresses of holds and destruction."""

from __future__ import annotations

from django.urls import path

from casewright.web.records import views

urlpatterns = [
    path("matters/<int:matter_id>/hold", views.place_hold, name="place_hold"),
    path("holds/<int:hold_id>/lift", views.lift_hold, name="lift_hold"),
    path("matters/<int:matter_id>/destroy", views.propose_destroy, name="propose_destroy"),
    path("destructions", views.destructions, name="destructions"),
    path("destructions/due", views.propose_due, name="propose_due"),
    path("destructions/<int:destruction_id>", views.destruction, name="destruction"),
    path("destructions/<int:destruction_id>/approve", views.approve_destroy, name="approve_destroy"),
    path("destructions/<int:destruction_id>/withdraw", views.withdraw_destroy, name="withdraw_destroy"),
    path("destructions/<int:destruction_id>/decline", views.decline_destroy, name="decline_destroy"),
]
