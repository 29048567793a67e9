"""Addresses of letters and print runs."""

from __future__ import annotations

from django.urls import path

from casewright.web.documents import letter_views, views

urlpatterns = [
    path("print-runs", views.print_runs, name="print_runs"),
    path("print-runs/produce", views.produce, name="produce"),
    path("matters/<int:matter_id>/produce", views.produce_one, name="produce_one"),
    path("print-runs/<int:print_run_id>", views.print_run, name="print_run"),
    path("print-runs/<int:print_run_id>/hand-over", views.hand_over, name="hand_over"),
    path("print-runs/<int:print_run_id>/confirm", views.confirm, name="confirm"),
    path("print-runs/<int:print_run_id>/again", views.again, name="again"),
    path("print-runs/<int:print_run_id>/posted", views.posted, name="posted"),
    path("print-runs/<int:print_run_id>/manifest", views.manifest, name="manifest"),
    path("letters/<int:letter_id>", letter_views.letter, name="letter"),
    path("letters/<int:letter_id>/page/<int:number>", letter_views.letter_picture, name="letter_picture"),
    path("letters/<int:letter_id>/copy", letter_views.letter_copy, name="letter_copy"),
    path("documents/<int:document_id>", letter_views.document, name="document"),
]
