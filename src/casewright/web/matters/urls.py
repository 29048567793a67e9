"""Addresses of matters: an id, never a name, a mark or a reference."""

from __future__ import annotations

from django.urls import path

from casewright.web.matters import views

urlpatterns = [
    path("my-day", views.my_day, name="my_day"),
    path("worklist", views.worklist, name="worklist"),
    path("worklist/take", views.take, name="take"),
    path("matters/<int:matter_id>", views.matter, name="matter"),
    path("matters/<int:matter_id>/why", views.why, name="why"),
    path("matters/<int:matter_id>/note", views.note, name="note"),
    path("search", views.search, name="search"),
    path("search/<uuid:search_id>", views.found, name="found"),
]
