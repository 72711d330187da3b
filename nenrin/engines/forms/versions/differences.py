"""What changed between two versions, in words for staff and for those with a draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..definition import Definition, Section
from ..fields.contract import Question
from ..fields.kinds import kinds
from ..fields.naming import named_questions, reading
from ..fields.rich.group import GroupQuestion

OF_DEFINITION = {
    "title": "名前", "summary": "説明", "group": "分類", "owner": "担当", "decides": "決める人",
    "identity": "本人確認", "needs_card_signature": "カードの電子署名",
    "card_minutes": "カードの確認が通る時間（分）", "without_card": "カードがない人",
    "signers": "ほかに署名する人", "ending": "受け取り方",
    "minutes": "かかる時間（分）", "working_days": "処理の日数", "retention_years": "保存年数",
    "belongings": "持ち物", "guide": "案内の紙", "legal_basis": "根拠", "notices": "通知の文",
    "blocks": "送れない条件", "decision_words": "決定の文", "stages": "このあとの段階",
    "obstacle": "家から終わらないわけ",
}  # fmt: skip
OF_VALUE = {
    "identity": {
        "none": "なし", "contact": "連絡先", "login": "サインイン", "card": "マイナンバーカード",
    },
    "ending": {"online": "家から最後まで", "pickup": "窓口で受け取り", "visit": "一度来庁"},
    "when": {"any": "いつでも", "past": "過ぎた日", "future": "これからの日"},
}  # fmt: skip
OF_SECTION = {
    "title": "見出し",
    "help": "説明",
    "show": "出す条件",
    "skip": "飛ばす条件",
    "identity": "本人確認",
}
OF_QUESTION = {
    "kind": "種類", "label": "見出し", "help": "説明", "required": "必須",
    "may_follow": "後からでよいか", "show": "出す条件", "skip": "飛ばす条件", "compute": "計算",
    "checks": "確かめ", "choices": "選択肢",
    "least": "下限", "most": "上限", "shortest": "短さの下限", "longest": "長さの上限",
    "statement": "確かめていただく文", "consent": "同意が要るか", "when": "日の範囲",
    "verify": "番号での確かめ", "accepts": "ファイルの種類", "megabytes": "ファイルの大きさ",
}  # fmt: skip
LONGEST = 60
EXPRESSIONS = frozenset({"show", "skip", "required", "compute", "amount", "when"})
OF_FEE = {"amount": "額", "when": "条件", "article": "条文"}


def differences(old: Definition, new: Definition) -> tuple[str, ...]:
    """Every change as a sentence; none where the versions ask and decide the same."""
    teller = _Teller(old, new)
    return tuple(
        (
            *teller.attributes("このフォーム", old, new, OF_DEFINITION),
            *teller.sections(),
            *teller.questions(_by_name(old), _by_name(new)),
            *teller.fees(),
        )
    )


def _by_name(definition: Definition) -> dict[str, Question]:
    return {question.name: question for _, question in definition.questions()}


def _value(name: str, value: Any) -> Any:
    """What is stored as a key is told as the word staff and residents know."""
    if name == "kind":
        return kinds.get(value).label if value in kinds else value
    return OF_VALUE.get(name, {}).get(value, value) if isinstance(value, str) else value


def _word(value: Any) -> str | None:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None or isinstance(value, str | int):
        return "" if value is None else str(value)
    if isinstance(value, tuple):
        parts = [getattr(one, "label", one if isinstance(one, str) else None) for one in value]
        return None if None in parts else "、".join(str(part) for part in parts)
    return None


class _Teller:
    """Tells changes; each side's rules are read out with that side's own labels."""

    def __init__(self, old: Definition, new: Definition) -> None:
        self.old, self.new = old, new
        self.sides = [
            named_questions(question for _, question in one.questions()) for one in (old, new)
        ]

    def attributes(
        self, what: str, old: object, new: object, names: Mapping[str, str]
    ) -> Iterator[str]:
        """Each attribute that differs; short values are shown, the long ones only said to."""
        for name, word in names.items():
            before, after = getattr(old, name, None), getattr(new, name, None)
            if before != after:
                is_rule = name in EXPRESSIONS and not isinstance(new, Definition)
                shown = self._shown((_value(name, before), _value(name, after)), is_rule)
                yield f"{what}の{word}が変わりました{shown}。"

    def _shown(self, values: tuple[Any, Any], is_rule: bool) -> str:
        words = [
            reading(value, names) if is_rule and isinstance(value, str) else _word(value)
            for value, names in zip(values, self.sides, strict=True)
        ]
        if any(word is None or len(word) > LONGEST for word in words):
            return ""
        return f"（{words[0] or 'なし'} → {words[1] or 'なし'}）"

    def sections(self) -> Iterator[str]:
        """Pages that came, went, changed or moved."""
        before: dict[str, Section] = {section.name: section for section in self.old.pages}
        after: dict[str, Section] = {section.name: section for section in self.new.pages}
        for name, section in after.items():
            what = f"ページ「{section.title}」"
            if name not in before:
                yield f"{what}が増えました。"
            else:
                yield from self.attributes(what, before[name], section, OF_SECTION)
        for name, section in before.items():
            if name not in after:
                yield f"ページ「{section.title}」がなくなりました。"
        kept = [name for name in after if name in before]
        if [name for name in before if name in after] != kept:
            yield "ページの順番が変わりました。"

    def questions(
        self, before: Mapping[str, Question], after: Mapping[str, Question], inside: str = ""
    ) -> Iterator[str]:
        """Questions that came, went or changed, those of groups as well."""
        for name, question in after.items():
            what = f"{inside}項目「{question.label}」"
            if name not in before:
                must = "（必須）" if question.required is True else ""
                yield f"{what}が増えました{must}。"
                continue
            yield from self.attributes(what, before[name], question, OF_QUESTION)
            earlier = before[name]
            if isinstance(question, GroupQuestion) and isinstance(earlier, GroupQuestion):
                yield from self.questions(
                    {one.name: one for one in earlier.fields},
                    {one.name: one for one in question.fields},
                    f"「{question.label}」の中の",
                )
        for name, question in before.items():
            if name not in after:
                yield f"{inside}項目「{question.label}」がなくなりました。"

    def fees(self) -> Iterator[str]:
        """What it costs, rule by rule."""
        old, new = self.old.fee, self.new.fee
        before = {rule.name: rule for rule in (old.rules if old else ())}
        after = {rule.name: rule for rule in (new.rules if new else ())}
        for name, rule in after.items():
            if name not in before:
                yield f"手数料「{name}」（{self._amount(rule.amount)}）が増えました。"
            else:
                yield from self.attributes(f"手数料「{name}」", before[name], rule, OF_FEE)
        yield from (f"手数料「{name}」がなくなりました。" for name in before if name not in after)
        if old and new and old.pay != new.pay:
            yield "手数料を払う時が変わりました。"

    def _amount(self, amount: int | str | None) -> str:
        if amount is None:
            return "後でお知らせ"
        return f"{amount:,}円" if isinstance(amount, int) else reading(amount, self.sides[1])
