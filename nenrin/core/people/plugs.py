"""What the register gives to the audit trail."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "demo.load": "作りものの町の人を入れた",
        "people.import": "住民の情報を取り込んだ",
        "people.invite": "招待を出した",
        "people.accept_invitation": "招待を使った",
        "people.invitation_failed": "招待で本人と確かめられなかった",
        "people.close_invitation": "招待を取り消した",
        "people.remove_sign_in": "町民のサインインを外した",
        "people.give_consent": "同意を受けた",
        "people.withdraw_consent": "同意を取り消した",
        "people.end_watching": "見守りをやめた",
        "people.request_correction": "訂正のお願いを受けた",
        "people.settle_correction": "訂正のお願いに返事をした",
        "people.download": "本人の情報を渡した",
        "people.look_up": "世帯の情報を見た",
    }
)
