"""What the audit trail says of forms."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "forms.publish": "手続きの版を公開した",
    }
)
