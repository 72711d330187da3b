"""What the acts on cases are called."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "casework.open": "案件を受け付けた",
        "casework.look": "案件を見た",
        "casework.assign": "案件の担当を決めた",
        "casework.review": "案件の審査を始めた",
        "casework.ask_back": "案件の直しをお願いした",
        "casework.mend": "案件の直しを受け取った",
        "casework.write": "案件でやりとりした",
        "casework.check": "案件の確かめを記した",
        "casework.decide": "案件を決定した",
        "casework.withdraw": "案件の取り下げを受けた",
        "casework.hand_off": "案件をほかの仕組みへ渡した",
        "casework.next": "案件の次の書類をお願いした",
        "casework.enter": "案件の次の書類を受け付けた",
        "casework.ready": "案件の受け渡しを知らせた",
        "casework.hand": "案件のものを渡した",
        "casework.arrive": "案件の書類が届いた",
    }
)
