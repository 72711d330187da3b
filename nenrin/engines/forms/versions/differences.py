"""What changed between two versions, in words for staff and for those with a draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..definition import Definition, Section
from ..fields.contract import Question
from ..fields.rich.group import GroupQuestion

OF_DEFINITION = {
    "title": "名前", "summary": "説明", "group": "分類", "owner": "担当", "decides": "決める人",
    "identity": "本人確認", "needs_card_signature": "カードの電子署名", "ending": "受け取り方",
    "minutes": "かかる時間（分）", "working_days": "処理の日数", "retention_years": "保存年数",
    "belongings": "持ち物", "guide": "案内の紙", "legal_basis": "根拠", "notices": "通知の文",
    "blocks": "送れない条件", "decision_words": "決定の文", "examples": "テスト",
    "obstacle": "家から終わらないわけ",
}  # fmt: skip
OF_SECTION = {"title": "見出し", "help": "説明", "show": "出す条件", "skip": "飛ばす条件"}
OF_QUESTION = {
    "kind": "種類", "label": "見出し", "help": "説明", "required": "必須",
    "may_follow": "後からでよいか", "show": "出す条件", "skip": "飛ばす条件", "compute": "計算",
    "checks": "確かめ", "choices": "選択肢",
    "least": "下限", "most": "上限", "shortest": "短さの下限", "longest": "長さの上限",
    "statement": "確かめていただく文", "consent": "同意が要るか", "when": "日の範囲",
    "accepts": "ファイルの種類", "megabytes": "ファイルの大きさ",
}  # fmt: skip
OF_FEE = {"amount": "額", "when": "条件", "article": "条文"}


def differences(old: Definition, new: Definition) -> tuple[str, ...]:
    """Every change as a sentence; none where the versions ask and decide the same."""
    return tuple(
        (
            *_attributes("このフォーム", old, new, OF_DEFINITION),
            *_sections(old, new),
            *_questions(_by_name(old), _by_name(new)),
            *_fees(old, new),
        )
    )


def _by_name(definition: Definition) -> dict[str, Question]:
    return {question.name: question for _, question in definition.questions()}


def _attributes(what: str, old: object, new: object, names: Mapping[str, str]) -> Iterator[str]:
    for name, word in names.items():
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield f"{what}の{word}が変わりました{_shown(before, after)}。"


def _shown(before: Any, after: Any) -> str:
    """Short values are shown; the long ones only said to differ."""
    words = [_word(value) for value in (before, after)]
    if any(word is None or len(word) > 60 for word in words):
        return ""
    return f"（{words[0] or 'なし'} → {words[1] or 'なし'}）"


def _word(value: Any) -> str | None:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None or isinstance(value, str | int):
        return "" if value is None else str(value)
    if isinstance(value, tuple):
        parts = [getattr(one, "label", one if isinstance(one, str) else None) for one in value]
        return None if None in parts else "、".join(str(part) for part in parts)
    return None


def _sections(old: Definition, new: Definition) -> Iterator[str]:
    before: dict[str, Section] = {section.name: section for section in old.pages}
    after: dict[str, Section] = {section.name: section for section in new.pages}
    for name, section in after.items():
        if name not in before:
            yield f"ページ「{section.title}」が増えました。"
        else:
            yield from _attributes(f"ページ「{section.title}」", before[name], section, OF_SECTION)
    for name, section in before.items():
        if name not in after:
            yield f"ページ「{section.title}」がなくなりました。"
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield "ページの順番が変わりました。"


def _questions(
    before: Mapping[str, Question], after: Mapping[str, Question], inside: str = ""
) -> Iterator[str]:
    for name, question in after.items():
        what = f"{inside}項目「{question.label}」"
        if name not in before:
            must = "（必須）" if question.required is True else ""
            yield f"{what}が増えました{must}。"
            continue
        yield from _attributes(what, before[name], question, OF_QUESTION)
        earlier = before[name]
        if isinstance(question, GroupQuestion) and isinstance(earlier, GroupQuestion):
            yield from _questions(
                {one.name: one for one in earlier.fields},
                {one.name: one for one in question.fields},
                f"「{question.label}」の中の",
            )
    for name, question in before.items():
        if name not in after:
            yield f"{inside}項目「{question.label}」がなくなりました。"


def _fees(old: Definition, new: Definition) -> Iterator[str]:
    before = {rule.name: rule for rule in (old.fee.rules if old.fee else ())}
    after = {rule.name: rule for rule in (new.fee.rules if new.fee else ())}
    for name, rule in after.items():
        if name not in before:
            yield f"手数料「{name}」（{rule.amount}）が増えました。"
        else:
            yield from _attributes(f"手数料「{name}」", before[name], rule, OF_FEE)
    yield from (f"手数料「{name}」がなくなりました。" for name in before if name not in after)
    if old.fee and new.fee and old.fee.pay != new.fee.pay:
        yield "手数料を払う時が変わりました。"
