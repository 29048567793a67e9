"""Addresses of people's pages."""

from __future__ import annotations

from django.urls import path

from casewright.web.people import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/<str:token>", views.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("preferences", views.preferences, name="preferences"),
    path("people", views.people, name="people"),
    path("clock", views.clock_page, name="clock"),
]
