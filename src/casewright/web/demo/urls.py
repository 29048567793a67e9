"""Addresses of Try it."""

from __future__ import annotations

from django.urls import path

from casewright.web.demo import views

urlpatterns = [
    path("try-it", views.try_it, name="try_it"),
    path("try-it/drop-in", views.drop_in, name="drop_in"),
    path("try-it/northmere-detections.csv", views.trial, name="trial"),
    path("try-it/be/<int:user_id>", views.be_someone, name="be_someone"),
]
