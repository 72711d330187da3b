"""What the audit trail says of the plan's figures."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "measures.enter_figure": "計画の数字を入れた",
        "measures.move_step": "計画の段階を進めた",
    }
)
