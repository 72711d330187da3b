"""What sign-ins give to the audit trail."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "accounts.end_session": "サインイン中の端末を終わらせた",
        "accounts.end_sessions": "サインインをすべて終わらせた",
    }
)
