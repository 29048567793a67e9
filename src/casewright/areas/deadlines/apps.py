from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "casewright.areas.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
