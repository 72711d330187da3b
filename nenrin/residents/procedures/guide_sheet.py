"""The guide sheet of a procedure as PDF/A: for the counter, and to print at home."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.forms.definition import Definition

from .guide import ENDINGS, IDENTITIES, PAY_WORDS

TEMPLATE = Path(__file__).parent / "print" / "guide.typ"


def guide_sheet(definition: Definition, made_at: datetime) -> bytes:
    """One sheet. Raises NoJapaneseFont where none is installed."""
    content = {
        "title": definition.title,
        "summary": definition.summary,
        "town": Town.objects.get(pk=current_town_code()).name,
        "office": definition.owner,
        "day": f"{timezone.localdate(made_at):%Y-%m-%d}",
        "facts": [list(row) for row in _facts(definition)],
        "guide": [line for line in definition.guide.splitlines() if line.strip()],
    }
    return compile_pdf(TEMPLATE, content, created_at=made_at)


def _facts(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "かかる時間", f"約{definition.minutes}分"
    yield "受け取り方", f"{ENDINGS[definition.ending]}。{definition.obstacle}"
    things = [*definition.belongings, *(file.label for file in definition.attachments)]
    yield "用意するもの", "、".join(things) or "ありません"
    yield "本人の確認", IDENTITIES[definition.identity]
    if definition.fee:
        names = "、".join(rule.name for rule in definition.fee.rules)
        yield "手数料", f"{names}。{PAY_WORDS[definition.fee.pay]}。"
    if definition.working_days is not None:
        yield "結果が出るまで", f"開庁日で{definition.working_days}日ほど"
    laws = "、".join(basis.name for basis in definition.legal_basis)
    yield "根拠", laws or "―"
