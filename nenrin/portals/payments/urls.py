"""Addresses of payments: of the applicant, of the providers, and of the cashier."""

from django.urls import path

from .views import cashier, owed, paying, webhook

ONE = "procedures/applications/<uuid:application>/pay"

urlpatterns = [
    path("procedures/payments/", paying.mine, name="my_payments"),
    path(ONE, paying.choose, name="application_pay"),
    path(f"{ONE}/<uuid:payment>/", paying.one, name="application_payment"),
    path(f"{ONE}/<uuid:payment>/receipt", paying.receipt, name="application_receipt"),
    path("payments/webhooks/<slug:provider>", webhook.take, name="payment_webhook"),
    path("staff/payments/", cashier.page, name="staff_cashier"),
    path("staff/payments/journal.csv", cashier.journal_file, name="staff_journal"),
    path("staff/payments/reconcile", cashier.reconcile, name="staff_reconcile"),
    path("staff/payments/<uuid:owed>/", owed.page, name="staff_owed"),
    path("staff/payments/receipts/<uuid:payment>", owed.receipt, name="staff_receipt"),
]
