"""Where stored files are read."""

from django.urls import path

from . import views

urlpatterns = [path("files/<uuid:file>", views.download, name="stored_file")]
