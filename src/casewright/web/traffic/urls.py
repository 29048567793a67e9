"""Addresses of the decisions on a traffic matter."""

from __future__ import annotations

from django.urls import path

from casewright.web.traffic import deciding, views

urlpatterns = [
    path("matters/<int:matter_id>/name-keeper", views.name_keeper, name="name_keeper"),
    path("matters/<int:matter_id>/decide-default", views.decide_default, name="decide_default"),
    path("matters/<int:matter_id>/cancel", views.cancel, name="cancel"),
    path("allegations/<int:allegation_id>/decide", deciding.decide_allegation, name="decide_allegation"),
    path("decisions/provisional", deciding.to_review, name="to_review"),
    path("tasks/<int:task_id>/finish", deciding.finish_task, name="finish_task"),
]
