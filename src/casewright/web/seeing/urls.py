"""Addresses of who may see what."""

from __future__ import annotations

from django.urls import path

from casewright.web.seeing import views

urlpatterns = [
    path("matters/<int:matter_id>/who-sees", views.who_sees, name="who_sees"),
    path("matters/<int:matter_id>/restrict", views.restrict, name="restrict"),
    path("matters/<int:matter_id>/lift-restriction", views.lift_restriction, name="lift_restriction"),
    path("matters/<int:matter_id>/leave", views.give_leave, name="give_leave"),
    path("matters/<int:matter_id>/leave/end", views.end_leave, name="end_leave"),
    path("matters/<int:matter_id>/conflict", views.declare_conflict, name="declare_conflict"),
    path("conflicts", views.conflicts, name="conflicts"),
    path("conflicts/end", views.end_conflict, name="end_conflict"),
    path("break-glass", views.break_glass, name="break_glass"),
    path("break-glass/<int:broken_id>", views.glass_broken, name="glass_broken"),
    path("break-glass/reviews", views.glass_reviews, name="glass_reviews"),
    path("break-glass/reviews/<int:broken_id>", views.review_glass, name="review_glass"),
]
