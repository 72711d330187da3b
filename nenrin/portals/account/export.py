"""Everything the town keeps about one person, for that person to take away."""

from typing import Any

from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Delivery, Endpoint, SafetyAnswer
from nenrin.core.people.models import Person, Relation


def download_personal_data(*, person: Person, acting_user: str) -> dict[str, Any]:
    """Plain values for JSON; that it was taken is written down, what was in it is not."""
    record_act(actor=acting_user, action="people.download", subject=f"person:{person.pk}")
    return {
        "作成日時": timezone.localtime().isoformat(timespec="seconds"),
        "本人": _facts(person),
        "同意": [
            _row(c, purpose=c.get_purpose_display(), given_by=c.given_by)
            for c in person.consents.order_by("given_at")
        ],
        "訂正のお願い": [
            {
                "日時": _time(asked.asked_at),
                "内容": asked.words,
                "返事": asked.answer,
                "結果": asked.get_outcome_display(),
            }
            for asked in person.corrections.order_by("asked_at")
        ],
        "家族": [_tie(tie, person) for tie in _ties(person)],
        "マイナンバーカード": [
            {"結びつけた日時": _time(card.settled_at), "最後にかざした日時": _time(card.last_at)}
            for card in person.cards.all()
        ],
        "端末": [_device(endpoint) for endpoint in person.endpoints.order_by("pk")],
        "知らせ": [_delivery(one) for one in _deliveries(person)],
        "安否の答え": [
            {"日時": _time(a.answered_at), "答え": a.get_answer_display(), "伝えたこと": a.words}
            for a in SafetyAnswer.objects.filter(person=person).order_by("answered_at")
        ],
    }


def _facts(person: Person) -> dict[str, Any]:
    home = person.household
    facts = {
        "住民番号": person.number,
        "氏名": str(person),
        "カナ": f"{person.family_name_kana} {person.given_name_kana}".strip(),
        "生年月日": person.birth_date.isoformat() if person.birth_date else None,
        "性別": person.get_sex_display(),
        "サインインのメールアドレス": (person.user.email or None) if person.user else None,
    }
    if home is not None:
        facts |= {"世帯番号": home.number, "住所": home.address, "地区": home.district.name}
    return facts


def _row(consent: Any, *, purpose: str, given_by: str) -> dict[str, Any]:
    return {
        "内容": purpose,
        "だれから": given_by,
        "同意した日時": _time(consent.given_at),
        "取り消した日時": _time(consent.withdrawn_at),
    }


def _ties(person: Person) -> list[Relation]:
    return [
        *person.cares_for.select_related("giver", "receiver"),
        *person.cared_by.select_related("giver", "receiver"),
    ]


def _tie(tie: Relation, person: Person) -> dict[str, Any]:
    other = tie.receiver if tie.giver_id == person.pk else tie.giver
    side = "わたしがする側" if tie.giver_id == person.pk else "わたしがされる側"
    return {"関係": tie.get_kind_display(), "立場": side, "相手": str(other)}


def _device(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "種類": endpoint.kind,
        "宛先": endpoint.address,
        "登録": _time(endpoint.verified_at),
        "最後に見えた": _time(endpoint.last_seen_at),
        "やめた": _time(endpoint.retired_at),
    }


def _deliveries(person: Person) -> list[Delivery]:
    own = Delivery.objects.filter(endpoint__person=person)
    return list(own.select_related("message", "endpoint").order_by("planned_at"))


def _delivery(one: Delivery) -> dict[str, Any]:
    return {
        "件名": one.message.title,
        "送り方": one.endpoint.kind if one.endpoint else None,
        "状態": one.get_state_display(),
        "日時": _time(one.planned_at),
    }


def _time(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
