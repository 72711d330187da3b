from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nenrin.core.jobs"
    label = "jobs"
