"""Where procedures show themselves."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nenrin.core.audit.wording import register_wordings
from nenrin.core.files.access import FileAccess, file_access
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.core.organization.models import StaffMember
from nenrin.core.search.kinds import SearchKind, search_kinds
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu
from nenrin.engines.casework.models import DESK_STATES, Case, CaseState
from nenrin.engines.casework.selectors import handled_by, late, waiting
from nenrin.engines.measures.gauges import Figure, Gauge, RecordLine, gauges

from .applicant.access import IN_SESSION, may_read_file
from .selectors import applications_of, online_to_the_end
from .services.drafts.keep_attachment import PURPOSE
from .services.publish_catalog import SEARCH_KIND


def _member(request: HttpRequest) -> StaffMember | None:
    found = getattr(request, "staff", None)
    return found if isinstance(found, StaffMember) else None


def _waiting(request: HttpRequest) -> int:
    member = _member(request)
    return waiting(handled_by(member)).filter(state__in=DESK_STATES).count() if member else 0


def _desk(request: HttpRequest, known: Context) -> Context | None:
    member = _member(request)
    if member is None:
        return None
    cases = handled_by(member)
    found = waiting(cases)
    mine = found.filter(assignee=member).count()
    count = found.exclude(state=CaseState.ASKED).count()
    overdue = late(cases, timezone.localdate()).count()
    new = Case.objects.filter(pk__in=found.filter(assignee=None, state=CaseState.RECEIVED))
    return {"count": count, "mine": mine, "late": overdue, "new": new.count()} if count else None


def _to_mend(request: HttpRequest) -> int:
    """What waits for the resident: to be mended."""
    user_id = request.user.pk if request.user.is_authenticated else None
    opened = request.session.get(IN_SESSION, [])
    if not user_id and not opened:
        return 0
    return applications_of(user_id, opened).filter(case__state=CaseState.ASKED).count()


def _online(year: int) -> Figure:
    """Published today; of years gone by and to come nothing is known."""
    if year != fiscal_year(timezone.localdate()):
        return Figure(None)
    count = len(online_to_the_end())
    return Figure(float(count), count) if count else Figure(None)


def _online_lines(year: int) -> list[RecordLine]:
    if year != fiscal_year(timezone.localdate()):
        return []
    where = reverse("staff_procedures")
    return [
        RecordLine(one.definition.title, f"{where}#{one.definition.slug}")
        for one in online_to_the_end()
    ]


file_access.register(FileAccess(PURPOSE, may_read_file))
search_kinds.register(SearchKind(SEARCH_KIND, "手続き"))
register_wordings(
    {
        "forms.open": "手続きの受け付けを始めた",
        "forms.close": "手続きの受け付けを止めた",
        "procedures.export": "手続きをファイルで出した",
        "procedures.start": "申請を書き始めた",
        "procedures.take_over": "書きかけの申請を窓口で引きついだ",
        "procedures.submit": "申請を送った",
        "procedures.adopt": "申請を新しい様式に移した",
        "procedures.set_fee": "申請の手数料を決めた",
        "procedures.throw_away": "書きかけの申請を消した",
        "procedures.forget": "保存期間が終わった案件の中身を消した",
        "procedures.name_applicant": "カードから申請した人が分かった",
        "procedures.invite_signer": "署名をお願いした",
        "procedures.remind_signer": "署名をもう一度お願いした",
        "procedures.renew_signer_link": "署名のリンクを作り直した",
        "procedures.take_back_signature": "署名のお願いを取り消した",
        "procedures.sign": "申請に署名した",
        "procedures.decline_signature": "署名しないと答えた",
        "procedures.withdraw_signature": "自分の署名を取り消した",
        "procedures.void_signature": "答えが変わり、署名が無効になった",
    }
)
gauges.register(
    Gauge(
        "online-procedures",
        "公開中の、家から最後までできる手続き",
        "件",
        _online,
        _online_lines,
    )
)
menu.register(
    MenuEntry(
        "procedures",
        "resident",
        "procedures",
        "手続きをさがす",
        "procedures",
        10,
        "家から出せる手続き",
    )
)
menu.register(
    MenuEntry(
        "applications",
        "resident",
        "procedures",
        "わたしの申請",
        "applications",
        20,
        "書きかけのつづき・出したもののようす",
        badge=_to_mend,
    )
)
menu.register(
    MenuEntry("cases", "staff", "services", "申請の受付と審査", "staff_cases", 5, badge=_waiting)
)
menu.register(
    MenuEntry("procedures-desk", "staff", "services", "手続きの一覧", "staff_procedures", 6)
)
cards.register(Card("cases", "staff_home", 20, "cases/_home_card.html", _desk))
