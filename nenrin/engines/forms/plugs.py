"""What the audit trail says of forms."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "forms.draft_start": "手続きの書きかけを作った",
        "forms.draft_change": "手続きの書きかけを直した",
        "forms.draft_check": "よその町から来た内容を確かめた",
        "forms.draft_discard": "手続きの書きかけを捨てた",
        "forms.publish": "手続きの版を公開した",
    }
)
