"""Addresses of the online procedures."""

from django.urls import path

from .views import application, catalog, coming_back, filling, signers, signing

ONE = "procedures/applications/<uuid:application>"

urlpatterns = [
    path("procedures/", catalog.listing, name="procedures"),
    path("procedures/resume", coming_back.resume, name="procedure_resume"),
    path("procedures/applications/", coming_back.mine, name="applications"),
    path(f"{ONE}/", application.show, name="application"),
    path(f"{ONE}/sections/<slug:section>", filling.section, name="application_section"),
    path(f"{ONE}/review", filling.review, name="application_review"),
    path(f"{ONE}/next", application.next_stage, name="application_next"),
    path(f"{ONE}/contact/<slug:question>", filling.contact, name="application_contact"),
    path(f"{ONE}/signers/", signers.show, name="application_signers"),
    path(f"{ONE}/signers/invite", signers.invite, name="application_invite_signer"),
    path(f"{ONE}/signers/<int:signature>/<slug:act>", signers.change, name="application_signature"),
    path("sign/<str:code>", signing.sign, name="sign"),
    path("sign/<str:code>/decline", signing.decline, name="sign_decline"),
    path("sign/<str:code>/withdraw", signing.withdraw, name="sign_withdraw"),
    path(f"{ONE}/adopt", application.adopt, name="application_adopt"),
    path(f"{ONE}/message", application.message, name="application_message"),
    path(f"{ONE}/rating", application.rating, name="application_rating"),
    path(f"{ONE}/withdraw", application.withdraw, name="application_withdraw"),
    path("procedures/progress", catalog.progress, name="procedures_progress"),
    path("procedures/<slug:slug>/guide.pdf", catalog.guide, name="procedure_guide"),
    path("procedures/<slug:slug>", catalog.page, name="procedure"),
    path("procedures/<slug:slug>/start", catalog.start, name="procedure_start"),
]
