"""What the town hall's people give to the audit trail."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "organization.add_staff": "職員を加えた",
        "organization.change_staff": "職員の係・役割を変えた",
        "organization.end_sign_in": "職員のサインインを止めた",
        "organization.open_sign_in": "職員のサインインを開いた",
        "organization.invite_staff": "職員にパスワードの案内を送った",
    }
)
