from django.apps import AppConfig


class TrafficConfig(AppConfig):
    name = "casewright.areas.traffic"
    label = "traffic"
    default_auto_field = "django.db.models.BigAutoField"
