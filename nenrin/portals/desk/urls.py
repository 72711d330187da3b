"""The alert desk's addresses."""

from django.urls import path, re_path

from .views import compose, decide, events, lists, preview, settings

ACTS = "|".join(decide.ACTS)
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

urlpatterns = [
    path("", lists.index, name="desk"),
    path("consent", settings.consent, name="desk_consent"),
    path("new", compose.new, name="desk_new"),
    path("telegrams/<uuid:message>/open", compose.open_telegram, name="desk_open_telegram"),
    path("messages/<uuid:message>/follow", events.take_over, name="desk_take_over"),
    path("drafts/<uuid:draft>/aim", compose.aim, name="desk_aim"),
    path("drafts/<uuid:draft>/words", compose.words, name="desk_words"),
    path("drafts/<uuid:draft>/save", compose.save, name="desk_save"),
    path("drafts/<uuid:draft>/", preview.preview, name="desk_preview"),
    path("drafts/<uuid:draft>/paper.pdf", preview.paper, name="desk_paper"),
    path("drafts/<uuid:draft>/cap.xml", preview.cap, name="desk_cap"),
    re_path(f"^drafts/(?P<draft>{UUID})/(?P<act>{ACTS})$", decide.decide, name="desk_decide"),
    path("events/<int:event>/", events.event, name="desk_event"),
    path("events/<int:event>/lalert.xml", events.lalert, name="desk_lalert"),
    re_path(
        r"^events/(?P<event>\d+)/(?P<kind>update|lift|cancel)$", events.follow, name="desk_follow"
    ),
    path("events/<int:event>/close", events.close, name="desk_close"),
]
