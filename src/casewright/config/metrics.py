"""Figures for Prometheus: numbers of our own work, read from the database, so that every process says the same.

They name no person and no matter, and leave restricted matters out. Whoever asks must show the token of the
environment; without one the address is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from secrets import compare_digest

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem, InterfaceState, Message
from casewright.foundation.runs.models import Chunk, Run
from casewright.web.documents.seen import only_of


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever shows the token; to everybody else there is nothing here."""
    wanted = settings.CASEWRIGHT_METRICS_TOKEN
    shown = request.headers.get("Authorization", "")
    if not wanted or not compare_digest(shown.encode(), f"Bearer {wanted}".encode()):
        raise Http404
    registry = CollectorRegistry()
    registry.register(OurWork())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class OurWork(Collector):
    """What waits, what is held and what failed: five statements, over what is not over alone."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure with its meaning."""
        yield from _messages()
        held = HeldItem.objects.filter(_open_to_all(), state="held").count()
        yield GaugeMetricFamily("casewright_held_items", "Rows and messages held for a person to mend.", held)
        runs = GaugeMetricFamily(
            "casewright_runs", "Long work that is not over, by where it stands.", labels=["state"]
        )
        not_over = _runs_not_over()
        for state, count in not_over.values_list("state").annotate(Count("id")).order_by("state"):
            runs.add_metric([state], count)
        yield runs
        going = not_over.filter(state="going").values("id")
        waiting = Chunk.objects.filter(state="waiting", run_id__in=going).count()
        yield GaugeMetricFamily("casewright_chunks_waiting", "Parts of long work that wait.", waiting)
        failing = GaugeMetricFamily(
            "casewright_interface_failures_in_a_row", "Times an outside system has not answered since it last did.",
            labels=["interface"],
        )  # fmt: skip
        for name, failures in InterfaceState.objects.order_by("name").values_list(
            "name", "failures_in_a_row"
        ):
            failing.add_metric([name], failures)
        yield failing


def _messages() -> Iterator[GaugeMetricFamily]:
    queued = GaugeMetricFamily(
        "casewright_messages_queued", "Messages that wait to be sent.", labels=["interface"]
    )
    oldest = GaugeMetricFamily(
        "casewright_oldest_message_seconds", "How long the oldest of them has waited.", labels=["interface"]
    )
    rows = Message.objects.filter(_open_to_all(), state="queued", direction="out").values_list("interface")
    for name, count, first in rows.annotate(Count("id"), Min("created_at")).order_by("interface"):
        queued.add_metric([name], count)
        oldest.add_metric([name], (clock.now() - first).total_seconds())
    yield queued
    yield oldest


def _runs_not_over() -> QuerySet[Run]:
    """Runs that go on, are paused or failed, without those of restricted matters' letters alone."""
    restricted = Matter.objects.filter(sensitivity="restricted")
    not_over = Run.objects.filter(state__in=("going", "paused", "failed"))
    return not_over.exclude(print_run__in=only_of(restricted).values("id"))


def _open_to_all() -> Q:
    restricted = Matter.objects.filter(sensitivity="restricted").values("id")
    return Q(matter_id__isnull=True) | ~Q(matter_id__in=restricted)
