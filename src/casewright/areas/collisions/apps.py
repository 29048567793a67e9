from django.apps import AppConfig


class CollisionsConfig(AppConfig):
    name = "casewright.areas.collisions"
    label = "collisions"
    default_auto_field = "django.db.models.BigAutoField"
