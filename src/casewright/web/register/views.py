"""Doors to the register: see it, add a site, a device or a certificate, end a certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from casewright.areas.traffic.actions import registering
from casewright.areas.traffic.models import DeviceCertificate
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.reference.models import Force
from casewright.web import attempts
from casewright.web.doors import Problem, door, show
from casewright.web.register import queries
from casewright.web.register.forms import AddCertificate, AddDevice, AddSite, EndCertificate
from casewright.web.shell import tell


@door("intake.read")
def register(request: Any) -> HttpResponse:
    """Sites, devices with the standing of their certificates, and the codes that held rows wait for."""
    page = queries.register_page(request.user, clock.today())
    return show(request, "register/register.html", area="intake", page=page)


@door("traffic.keep_register")
def add_site(request: Any) -> HttpResponse:
    """Register a site; a code may be brought from a held row."""
    forces = list(Force.objects.filter(id__in=request.user.force_ids).values_list("id", "name"))
    form = AddSite(forces, request.POST or None, initial={"code": request.GET.get("code", "")[:12]})

    def act(said: dict[str, Any]) -> HttpResponse:
        site = registering.register_site(**said, by=request.user, at=clock.now())
        tell(request, f"Site {site.code} is registered. Rows held for it can be read again.")
        return redirect("register")

    return _asked(request, form, act, "Register a site", "Register the site")


@door("traffic.keep_register")
def add_device(request: Any) -> HttpResponse:
    """Register a device; its first certificate is asked for next."""
    form = AddDevice(request.POST or None, initial={"code": request.GET.get("code", "")[:12]})

    def act(said: dict[str, Any]) -> HttpResponse:
        made = registering.register_device(**said, by=request.user, at=clock.now())
        tell(
            request, f"Device {made.code} is registered. Add its certificate: without one its rows are held."
        )
        return redirect("device", device_id=made.id)

    return _asked(request, form, act, "Register a device", "Register the device")


@door("intake.read")
def device(request: Any, device_id: int) -> HttpResponse:
    """A device and its certificates; add one."""
    page = queries.device_page(request.user, device_id, clock.today())
    if page is None:
        raise Http404
    may, problem = "traffic.keep_register" in request.user.permissions, None
    form = AddCertificate(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                registering.add_certificate(
                    device_id=device_id, **form.cleaned_data, by=request.user, at=clock.now()
                )
            tell(request, "The certificate is added. Rows held for want of it can be read again.")
            return redirect("device", device_id=device_id)
        except NotAllowed as refusal:
            problem = Problem("The certificate is not added", attempts.sentence(request, refusal))
    return show(
        request, "register/device.html", area="intake", page=page, form=form, problem=problem, may=may,
        waits=[each for each in queries.waits(request.user) if each.code == page.device.code],
        status=422 if problem or form.errors else 200,
    )  # fmt: skip


@door("traffic.keep_register")
def end_certificate(request: Any, certificate_id: int) -> HttpResponse:
    """End a certificate sooner, with the reason."""
    row = get_object_or_404(DeviceCertificate.objects.select_related("device"), id=certificate_id)

    def act(said: dict[str, Any]) -> HttpResponse:
        registering.end_certificate(certificate_id=row.id, **said, by=request.user, at=clock.now())
        tell(request, "The certificate ends sooner. Rows of later days will be held.")
        return redirect("device", device_id=row.device_id)

    title = f"End a certificate of {row.device.code}"
    return _asked(request, EndCertificate(request.POST or None), act, title, "End the certificate", "warning")


def _asked(
    request: Any,
    form: Any,
    act: Callable[[dict[str, Any]], HttpResponse],
    title: str,
    button: str,
    tone: str = "",
) -> HttpResponse:
    """Show what is asked; do it, or say why not and keep what was typed."""
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return act(form.cleaned_data)
        except NotAllowed as refusal:
            problem = Problem("That was not done", attempts.kept(request, refusal))
    return show(
        request, "register/asked.html", area="intake", form=form, problem=problem, title=title, button=button,
        tone=tone, status=422 if problem or form.errors else 200,
    )  # fmt: skip
