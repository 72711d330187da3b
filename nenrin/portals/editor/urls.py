"""Addresses of the editor."""

from django.urls import path

from .views import (
    adopting,
    beginning,
    examples,
    fee,
    home,
    overview,
    pages,
    preview,
    publishing,
    questions,
    stops,
    trying,
)

ONE = "staff/editor/<slug:slug>"

urlpatterns = [
    path("staff/editor/", home.listing, name="editor_list"),
    path("staff/editor/new", beginning.new, name="editor_new"),
    path("staff/editor/import", adopting.take_in, name="editor_import"),
    path(f"{ONE}/", home.page, name="editor_home"),
    path(f"{ONE}/start", beginning.start, name="editor_start"),
    path(f"{ONE}/discard", beginning.discard, name="editor_discard"),
    path(f"{ONE}/open", publishing.set_open, name="editor_open"),
    path(f"{ONE}/basics", overview.basics, name="editor_basics"),
    path(f"{ONE}/office", overview.office, name="editor_office"),
    path(f"{ONE}/notices", overview.notices, name="editor_notices"),
    path(f"{ONE}/stops", stops.page, name="editor_stops"),
    path(f"{ONE}/stops/<int:place>", stops.one, name="editor_stop"),
    path(f"{ONE}/fee", fee.page, name="editor_fee"),
    path(f"{ONE}/fee/<int:place>", fee.one, name="editor_fee_rule"),
    path(f"{ONE}/add-page", pages.add, name="editor_add_page"),
    path(f"{ONE}/parts/<slug:holder>", pages.page, name="editor_page"),
    path(f"{ONE}/parts/<slug:holder>/add", questions.add, name="editor_add_question"),
    path(f"{ONE}/parts/<slug:holder>/move", pages.move, name="editor_move"),
    path(f"{ONE}/parts/<slug:holder>/<slug:name>", questions.page, name="editor_question"),
    path(f"{ONE}/try", trying.expression, name="editor_try"),
    path(f"{ONE}/preview", preview.begin, name="editor_preview"),
    path(f"{ONE}/preview/end", preview.end, name="editor_preview_end"),
    path(f"{ONE}/preview/<slug:section>", preview.section, name="editor_preview_page"),
    path(f"{ONE}/examples", examples.page, name="editor_examples"),
    path(f"{ONE}/check", publishing.check, name="editor_check"),
    path(f"{ONE}/checked", adopting.tick, name="editor_tick"),
    path(f"{ONE}/file", adopting.give, name="editor_file"),
]
