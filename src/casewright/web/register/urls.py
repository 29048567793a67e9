"""Addresses of the register. A code is a place's or a device's, never a person's."""

from __future__ import annotations

from django.urls import path

from casewright.web.register import views

urlpatterns = [
    path("register", views.register, name="register"),
    path("register/sites/add", views.add_site, name="add_site"),
    path("register/devices/add", views.add_device, name="add_device"),
    path("register/devices/<int:device_id>", views.device, name="device"),
    path("register/certificates/<int:certificate_id>/end", views.end_certificate, name="end_certificate"),
]
