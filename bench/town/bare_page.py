"""A plain Django page of the same kind: one view, one template, no database, no middleware."""

import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = (
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"
    "{% for n in rows %}<p>{{ n }}</p>{% endfor %}"
)

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.town.bare_page",
        SECRET_KEY=os.urandom(16).hex(),
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", {"page.html": PAGE})]
                },
            }
        ],
    )
    django.setup()


def page(request: HttpRequest) -> HttpResponse:
    """Fifty rows of words."""
    return render(request, "page.html", {"title": "町の知らせ", "rows": range(50)})


urlpatterns = [path("", page)]
application = get_asgi_application()
